"""How long does it take to explain a field of an estate with 1,000 events?

    python -m benchmarks.explain_speed

An invented life of renewals, measures, notices and remarks; every field is explained three times
and the median of each is taken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Final

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import RemarkRecorded
from kvob_domain.estate.events.preparation import MeasureUpdated, PlanAdopted, TrajectoryStarted
from kvob_domain.estate.events.standing import YearEvaluated
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind, Measure, Progress, Provenance
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_domain.terms import add_years
from kvob_projections.explained import Seen
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.explaining import explained

ESTATE: Final = EstateId("0" * 31 + "1")
EVENTS: Final = 1_000
_BEGIN: Final = date(1999, 1, 4)
_ROUNDS: Final = 3


def life(events: int) -> list[Recorded]:
    """A registration and a life of so many events."""
    told: list[AnyEvent] = [
        EstateRegistered(
            kind=EstateKind.ESTATE,
            name="De Zilverhoek",
            municipalities=("Voorbeeldstad",),
            on=PartialDate.parse("1999"),
        ),
        TrajectoryStarted(on=_BEGIN, parties=()),
    ]
    while len(told) < events:
        number = len(told)
        told.append(_event(number, _BEGIN + timedelta(days=10 * number)))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Recorded(ESTATE, version, event, at + timedelta(seconds=version))
        for version, event in enumerate(told, start=1)
    ]


def _event(number: int, day: date) -> AnyEvent:
    if number % 100 == 50:
        return CertificateAwarded(
            on=day,
            level_derived=False,
            valid_from=day,
            valid_from_stated=True,
            expires_on=add_years(day, 3),
            expires_on_stated=False,
            renewal=number > 50,
        )
    if number % 100 == 2:
        return PlanAdopted(on=day, goals=(), measures=tuple(map(_measure, range(12))))
    if number % 36 == 0:
        return YearEvaluated(on=day)
    if number % 3:
        progress = tuple(Progress)[number % 4]
        return MeasureUpdated(on=day, measure=f"m{number % 12}", progress=progress)
    return RemarkRecorded(
        subject="other",
        on=PartialDate.of(day),
        text=f"Opmerking {number}",
        provenance=Provenance(source="https://a.example/"),
    )


def _measure(number: int) -> Measure:
    return Measure(
        id=f"m{number}",
        text="Verlichting",
        owner="Gemeente Voorbeeldstad",
        owner_role=PartyRole.MUNICIPALITY,
    )


def main() -> None:
    """Explain every field and print the medians."""
    book, history = packaged_book(), life(EVENTS)
    state, day = fold(ESTATE, history), date(2026, 11, 23)
    took: dict[str, float] = {}
    for address in Seen(book, day).values(state):
        rounds: list[float] = []
        for _ in range(_ROUNDS):
            started = perf_counter()
            explained(history, state, book, day, str(address))
            rounds.append((perf_counter() - started) * 1_000)
        took[str(address)] = median(rounds)
    worst = sorted(took, key=took.__getitem__, reverse=True)
    print(f"{len(took)} fields of an estate with {len(history)} events")
    print(f"median {median(took.values()):.1f} ms, worst:")
    for name in worst[:5]:
        print(f"  {name}: {took[name]:.1f} ms")


if __name__ == "__main__":
    main()
