"""Which histories does the campaign about the past ask? Troubled ones, from a seed.

Facts come late, partial and undated, beside ordinary commands; any event is corrected, withdrawn,
or corrected again, and some corrections are withdrawn themselves. Several are recorded at one
instant, some a microsecond apart.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import (
    AuditRecorded,
    AuditRequested,
    CertificateAwarded,
    CovenantSigned,
)
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import NoticeGiven
from kvob_domain.estate.events.identity import EstateRegistered, EstateRenamed
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    MeasureUpdated,
    PlanAdopted,
    TrajectoryStarted,
)
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import (
    AuditOutcome,
    EstateKind,
    FactKind,
    Measure,
    PastFact,
    Progress,
    Provenance,
)
from kvob_domain.ids import EditionId, EstateId, PersonId
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_domain.terms import add_months

FIRST: Final = date(2008, 1, 1)
DAYS: Final = 6500
BEGIN: Final = datetime(2020, 1, 1, tzinfo=UTC)
PLACES: Final = ("Soest", "Baarn", "Oss")
_PROVENANCE: Final = Provenance(source="https://bron.example/")
_PERSON: Final = PersonId("p-1")
Chance = random.Random
Make = Callable[[date, Chance], AnyEvent]


def histories(chance: Chance, estates: int, most: int) -> dict[EstateId, list[Recorded]]:
    """The histories of some estates, each of at most `most` events."""
    found: dict[EstateId, list[Recorded]] = {}
    for number in range(estates):
        estate = EstateId(f"{number:02x}{chance.getrandbits(120):030x}")
        found[estate] = _history(estate, chance, chance.randrange(1, most + 1))
    return found


def _history(estate: EstateId, chance: Chance, events: int) -> list[Recorded]:
    at = BEGIN + timedelta(days=chance.randrange(60))
    kind = chance.choice(
        (EstateKind.ESTATE, EstateKind.ESTATE, EstateKind.ESTATE, EstateKind.GROUP)
    )
    places = tuple(chance.sample(PLACES, chance.choice((1, 1, 2))))
    registered: AnyEvent = EstateRegistered(
        kind=kind,
        name=f"Terrein {chance.randrange(30)}",
        municipalities=places,
        on=_partial(_day(chance), chance) if chance.random() < 0.3 else PartialDate.parse(""),
    )
    found = [Recorded(estate, 1, registered, at)]
    for version in range(2, events + 1):
        at += chance.choice(
            (
                timedelta(0),
                timedelta(microseconds=1),
                timedelta(milliseconds=chance.randrange(2000)),
                timedelta(days=chance.randrange(200)),
                timedelta(days=chance.randrange(200)),
            )
        )
        event = _correction(found, chance) if chance.random() < 0.25 else _event(chance)
        found.append(Recorded(estate, version, event, at, by=_PERSON))
    return found


def _correction(history: list[Recorded], chance: Chance) -> AnyEvent:
    corrections = [one for one in history if isinstance(one.event, EventCorrected)]
    pool = corrections if corrections and chance.random() < 0.4 else history
    target = chance.choice(pool)
    instead: AnyEvent | None = None
    if isinstance(target.event, EventCorrected) and chance.random() < 0.7:
        instead = target.event.model_copy(update={"instead": _event(chance), "reason": "nog eens"})
    elif isinstance(target.event, EstateRegistered):
        instead = target.event.model_copy(update={"name": f"Terrein {chance.randrange(30)}"})
    elif chance.random() < 0.65:
        instead = _event(chance)
    return EventCorrected(
        on=_day(chance), version=target.version, instead=instead, reason="verkeerd overgenomen"
    )


def _event(chance: Chance) -> AnyEvent:
    day = _day(chance)
    if chance.random() < 0.5:
        return _fact(day, chance)
    return chance.choice(_commands())(day, chance)


def _fact(day: date, chance: Chance) -> AnyEvent:
    kind = chance.choice(
        (*FactKind, FactKind.AWARD, FactKind.AWARD, FactKind.RECERTIFICATION, FactKind.EXPIRY)
    )
    fact = PastFact(
        kind=kind,
        on=_partial(day, chance),
        outcome="negative" if chance.random() < 0.05 else None,
        level=chance.choice((None, None, "Basis Samenwerken")),
        last_valid_day=_partial(_day(chance), chance) if chance.random() < 0.1 else None,
        cycle=chance.choice((None, None, 1, 2)),
        provenance=_PROVENANCE,
    )
    if chance.random() < 0.1:
        return ProvenanceAdded(fact=fact)
    return PastFactRecorded(
        fact=fact,
        edition=chance.choice((None, EditionId("kvo-b-2.0"), EditionId("kvo-4.0"))),
        term_years=chance.choice((None, 2, 3)),
    )


def _partial(day: date, chance: Chance) -> PartialDate:
    texts = (f"{day}", f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}", "")
    return PartialDate.parse(chance.choice(texts))


def _day(chance: Chance) -> date:
    return FIRST + timedelta(days=chance.randrange(DAYS))


@cache
def _commands() -> tuple[Make, ...]:
    """Events of ordinary commands, whether or not one would be allowed."""
    return (
        lambda on, _: TrajectoryStarted(on=on, edition=EditionId("kvo-4.0")),
        lambda on, _: AnalysisAdopted(on=on),
        lambda on, chance: PlanAdopted(on=on, measures=_measures(chance)),
        lambda on, chance: MeasureUpdated(
            on=on, measure=f"m{chance.randrange(3)}", progress=chance.choice(tuple(Progress))
        ),
        lambda on, _: CovenantSigned(on=on, signatories=()),
        lambda on, _: AuditRequested(on=on),
        lambda on, chance: AuditRecorded(
            on=on, auditor=_PERSON, outcome=chance.choice(tuple(AuditOutcome))
        ),
        _awarded,
        _awarded,
        lambda on, _: YearEvaluated(on=on),
        lambda on, _: TermEvaluated(on=on),
        lambda on, _: CertificateSuspended(on=on, reason="reden"),
        lambda on, _: CertificateRestored(on=on),
        lambda on, _: CertificateWithdrawn(on=on, reason="reden"),
        lambda on, chance: EstateRenamed(on=on, name=f"Terrein {chance.randrange(30)}"),
        lambda on, chance: NoticeGiven(
            on=on,
            kind=chance.choice(tuple(DeadlineKind)),
            anchor_on=on,
            anchor_version=1,
            rule="reminder_months:9",
        ),
        lambda on, chance: RemarkRecorded(
            subject="kickoff", on=_partial(on, chance), text="iets", provenance=_PROVENANCE
        ),
    )


def _awarded(on: date, chance: Chance) -> AnyEvent:
    return CertificateAwarded(
        on=on,
        edition=EditionId("kvo-4.0"),
        level_derived=True,
        valid_from=on,
        valid_from_stated=False,
        expires_on=add_months(on, 36),
        expires_on_stated=False,
        renewal=chance.random() < 0.5,
    )


def _measures(chance: Chance) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            id=f"m{number}",
            text="verlichting",
            owner=chance.choice(("Gemeente", "Vereniging")),
            owner_role=PartyRole.MUNICIPALITY,
            due_on=_day(chance),
        )
        for number in range(chance.randrange(1, 4))
    )
