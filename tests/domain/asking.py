"""The commands that stories are told with: each with the days and counts of an ordinary cycle.

`up_to(step)` is an estate that has come as far as that step, in a cycle in which every rule of
the scheme is met. The days are those of the cycle in `CYCLE`, all long before `TODAY`.
"""

from datetime import date
from typing import Any, Protocol

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    CloseFinding,
    RecordAudit,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    AdoptPlan,
    DeclareIntent,
    RecordFigures,
    RecordSurvey,
    RecordWalkRound,
    StartTrajectory,
    UpdateMeasure,
)
from kvob_domain.estate.commands.standing import EvaluateTerm
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.values import (
    AuditFinding,
    AuditOutcome,
    FactKind,
    Figures,
    FindingSeverity,
    Goal,
    Measure,
    PastFact,
    Progress,
    Provenance,
)
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import Party, PartyRole, Signatory
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario

TODAY = date(2026, 11, 23)
ESTATE = EstateId(f"{1:032x}")
OTHER_ESTATE = EstateId(f"{2:032x}")

ASSOCIATION = Party(organisation="Ondernemersvereniging", role=PartyRole.ENTREPRENEURS)
MUNICIPALITY = Party(organisation="Gemeente Voorbeeldstad", role=PartyRole.MUNICIPALITY)
POLICE = Party(organisation="Politie", role=PartyRole.POLICE)
SAFETY_REGION = Party(organisation="Veiligheidsregio", role=PartyRole.FIRE_BRIGADE)
PARTIES = (ASSOCIATION, MUNICIPALITY, POLICE, SAFETY_REGION)


class Given(Protocol):
    """How a test opens a story; the fixture brings the scheme and the day."""

    def __call__(self, *happened: Command | AnyEvent, by: Actor | None = None) -> Scenario: ...


class Under(Protocol):
    """How a test opens a story under a scheme of its own."""

    def __call__(self, book: SchemeBook) -> Scenario: ...


def signing(*parties: Party) -> tuple[Signatory, ...]:
    """These parties, as those who sign."""
    return tuple(Signatory(organisation=party.organisation, role=party.role) for party in parties)


def register(**changed: Any) -> RegisterEstate:
    """An estate that exists since 1998."""
    stated = {"name": "De Zilverhoek", "municipalities": ("Voorbeeldstad",), "on": "1998"}
    return RegisterEstate.model_validate(stated | changed)


def register_group(**changed: Any) -> RegisterGroup:
    """A group of estates."""
    stated = {"name": "Alle terreinen", "municipalities": ("Voorbeeldstad",)}
    return RegisterGroup.model_validate(stated | changed)


def start(on: date = date(2020, 9, 15), **changed: Any) -> StartTrajectory:
    """The four required parties start."""
    stated: dict[str, Any] = {"estate": ESTATE, "on": on, "parties": PARTIES, "body": "Kiwa"}
    return StartTrajectory.model_validate(stated | changed)


def declare(on: date = date(2020, 10, 6), *parties: Party) -> DeclareIntent:
    """The intent, declared by the four required parties unless others are named."""
    return DeclareIntent(estate=ESTATE, on=on, signatories=signing(*(parties or PARTIES)))


def survey(on: date = date(2020, 11, 30), returned: int = 41, sent: int = 113) -> RecordSurvey:
    """A survey with a response of 36 percent."""
    return RecordSurvey(estate=ESTATE, on=on, sent=sent, returned=returned)


def walk_by_day(on: date = date(2020, 11, 19)) -> RecordWalkRound:
    """A walk-round by daylight."""
    return RecordWalkRound(estate=ESTATE, on=on, light="day", observations=14)


def walk_in_the_dark(on: date = date(2020, 12, 10)) -> RecordWalkRound:
    """A walk-round in the dark."""
    return RecordWalkRound(estate=ESTATE, on=on, light="dark", observations=22)


def figures(on: date = date(2021, 1, 14), **counts: int) -> RecordFigures:
    """The incident figures of the year before."""
    stated = {"year": on.year - 1, "burglaries": 18} | counts
    return RecordFigures(estate=ESTATE, on=on, figures=Figures.model_validate(stated))


def adopt_analysis(on: date = date(2021, 1, 14)) -> AdoptAnalysis:
    """The safety analysis is adopted."""
    return AdoptAnalysis(estate=ESTATE, on=on)


def measure(number: int, **changed: Any) -> Measure:
    """A line of the measures matrix; the municipality owns it."""
    stated: dict[str, Any] = {
        "id": f"m{number}",
        "text": f"Maatregel {number}",
        "owner": MUNICIPALITY.organisation,
        "owner_role": MUNICIPALITY.role,
    }
    return Measure.model_validate(stated | changed)


GOAL = Goal(id="g1", text="Minder inbraken", target="minder dan 10 in 2023")
MEASURES = tuple(measure(number) for number in range(1, 9))


def adopt_plan(on: date = date(2021, 2, 9), **changed: Any) -> AdoptPlan:
    """A plan with one goal and eight measures."""
    stated: dict[str, Any] = {"estate": ESTATE, "on": on, "goals": (GOAL,), "measures": MEASURES}
    return AdoptPlan.model_validate(stated | changed)


def finish(*numbers: int, on: date = date(2021, 4, 1)) -> tuple[UpdateMeasure, ...]:
    """These measures are done."""
    return tuple(
        UpdateMeasure(estate=ESTATE, on=on, measure=f"m{number}", progress=Progress.DONE)
        for number in numbers
    )


def sign(on: date = date(2021, 4, 15), *parties: Party, **changed: Any) -> SignCovenant:
    """The covenant, signed by the four required parties unless others are named."""
    stated: dict[str, Any] = {
        "estate": ESTATE,
        "on": on,
        "signatories": signing(*(parties or PARTIES)),
    }
    return SignCovenant.model_validate(stated | changed)


def request_audit(on: date = date(2021, 4, 20), **changed: Any) -> RequestAudit:
    """The audit is asked for."""
    return RequestAudit.model_validate({"estate": ESTATE, "on": on} | changed)


def finding(number: int) -> AuditFinding:
    """A minor shortcoming."""
    text = f"Tekortkoming {number}"
    return AuditFinding(id=f"f{number}", severity=FindingSeverity.MINOR, text=text)


def audit(
    on: date = date(2021, 5, 11),
    *findings: AuditFinding,
    outcome: AuditOutcome = AuditOutcome.POSITIVE,
) -> RecordAudit:
    """An audit with a positive advice and no findings."""
    auditor = PersonId("auditor-1")
    return RecordAudit(estate=ESTATE, on=on, auditor=auditor, outcome=outcome, findings=findings)


def close(number: int = 1, on: date = date(2021, 5, 25)) -> CloseFinding:
    """A finding is mended."""
    return CloseFinding(estate=ESTATE, on=on, finding=f"f{number}")


def award(on: date = date(2021, 6, 3), **changed: Any) -> AwardCertificate:
    """The decision to award."""
    return AwardCertificate.model_validate({"estate": ESTATE, "on": on} | changed)


def evaluate_term(on: date = date(2024, 1, 18), **changed: Any) -> EvaluateTerm:
    """The evaluation of the term."""
    return EvaluateTerm.model_validate({"estate": ESTATE, "on": on} | changed)


def approve(on: date, proposal: str) -> ApproveAct:
    """The second person's approval."""
    return ApproveAct(estate=ESTATE, on=on, proposal=proposal)


def fact(
    kind: FactKind | str, on: str, source: str = "https://a.example/", **more: Any
) -> RecordPastFact:
    """What a source states about the past."""
    stated = PastFact(
        kind=FactKind(kind),
        on=PartialDate.parse(on),
        provenance=Provenance(source=source),
        **more,
    )
    return RecordPastFact(estate=ESTATE, fact=stated)


CYCLE: dict[Step, tuple[Command, ...]] = {
    Step.REGISTERED: (register(),),
    Step.KICKOFF: (start(),),
    Step.INVENTORY: (declare(),),
    Step.ACTION_PLAN: (
        walk_by_day(),
        survey(),
        walk_in_the_dark(),
        figures(),
        adopt_analysis(),
    ),
    Step.COVENANT: (adopt_plan(), *finish(1, 2, 3, 4)),
    Step.AWARD: (sign(), request_audit(), audit()),
    Step.EVALUATION: (award(),),
    Step.RECERTIFICATION: (
        survey(date(2023, 10, 6), 45, 118),
        walk_by_day(date(2023, 10, 12)),
        walk_in_the_dark(date(2023, 11, 16)),
        figures(date(2024, 1, 10)),
        evaluate_term(),
    ),
}
"""What is done to enter each step, in their order."""

RENEWAL = (adopt_plan(date(2024, 2, 8)), audit(date(2024, 4, 9)))
"""What a recertification needs before its award."""


def up_to(step: Step) -> tuple[Command, ...]:
    """All that an estate has done that has just entered this step."""
    steps = list(CYCLE)
    return tuple(one for entered in steps[: steps.index(step) + 1] for one in CYCLE[entered])


def without(*left_out: type[Command], until: Step) -> tuple[Command, ...]:
    """The same, with some evidence left out."""
    return tuple(one for one in up_to(until) if not isinstance(one, left_out))
