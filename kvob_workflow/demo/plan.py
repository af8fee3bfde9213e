"""What does the invented estate agree on? Goals, eight measures, agreements and figures."""

from datetime import date
from decimal import Decimal

from kvob_domain.estate.values import (
    Agreement,
    AgreementSubject,
    Figures,
    Goal,
    Measure,
    MeasureTag,
)
from kvob_domain.parties import PartyRole
from kvob_workflow.demo.people import (
    ASSOCIATION,
    MUNICIPALITY,
    PARK_MANAGEMENT,
    POLICE,
    SAFETY_REGION,
)

GOALS = (
    Goal(id="g1", text="Minder inbraken", target="ten minste 30 % minder dan in de nulmeting"),
    Goal(id="g2", text="Ondernemers voelen zich veiliger", target="ten minste een 7"),
)
_LINES = (
    ("m1", "Gevelverlichting", ASSOCIATION, PartyRole.ENTREPRENEURS, MeasureTag.SAFE),
    ("m2", "Bijeenkomst van ondernemers", ASSOCIATION, PartyRole.ENTREPRENEURS, MeasureTag.SAFE),
    ("m3", "Straatverlichting", MUNICIPALITY, PartyRole.MUNICIPALITY, MeasureTag.INTACT),
    ("m4", "Groen snoeien", MUNICIPALITY, PartyRole.MUNICIPALITY, MeasureTag.CLEAN),
    ("m5", "Camera's", PARK_MANAGEMENT, PartyRole.PARK_MANAGEMENT, MeasureTag.SAFE),
    ("m6", "Surveillance", PARK_MANAGEMENT, PartyRole.PARK_MANAGEMENT, MeasureTag.SAFE),
    ("m7", "Brandkranen", SAFETY_REGION, PartyRole.FIRE_BRIGADE, MeasureTag.INTACT),
    ("m8", "Beveiligingsscans", POLICE, PartyRole.POLICE, MeasureTag.SAFE),
)
AGREEMENTS = (
    Agreement(
        subject=AgreementSubject.MEETINGS,
        party=PARK_MANAGEMENT,
        text="De werkgroep komt bijeen",
        times_per_year=4,
    ),
    Agreement(
        subject=AgreementSubject.CAMERAS,
        party=PARK_MANAGEMENT,
        payer=ASSOCIATION,
        amount_eur=Decimal("12500.00"),
    ),
    Agreement(subject=AgreementSubject.LIGHTING, party=MUNICIPALITY, text="Storing in drie dagen"),
)
BASELINE = Figures(year=2020, burglaries=18, damage_eur=146_000)
FOLLOW_UP = Figures(year=2023, burglaries=11, damage_eur=87_000)


def measures(due_on: date, *, cameras: bool = True) -> tuple[Measure, ...]:
    """The eight measures of a plan; without cameras a shared alarm line takes their place."""
    lines = [
        Measure(id=id_, text=text, owner=owner, owner_role=role, tag=tag, goal="g1", due_on=due_on)
        for id_, text, owner, role, tag in _LINES
    ]
    if not cameras:
        alarm = {"id": "m9", "text": "Gezamenlijke alarmlijn"}
        lines = [line.model_copy(update=alarm) if line.id == "m5" else line for line in lines]
    return tuple(lines)
