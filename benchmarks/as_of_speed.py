"""How fast is a page about the past, over a million estates and any pair of moments?

    python -m benchmarks.as_of_speed --estates 1000000 --pairs 200

The store is built under `.bench` (20 minutes and 7 GB for a million) and deleted afterwards; with
`--store FILE` it is kept, and used again when it is there. A question is timed as a host asks it,
with the check that the rectangles are up to date; the pairs are random, a third of them early on
either clock, where next to nothing is known or visible. One estate of 1,000 events is asked too.
"""

import argparse
import random
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.past_histories import histories
from benchmarks.past_portfolio import DAYS, FIRST, MUNICIPALITIES, NOW, events_of
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.preparation import (
    MeasureUpdated,
    PlanAdopted,
    WalkRoundRecorded,
)
from kvob_domain.estate.events.standing import YearEvaluated
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind, Measure, Progress
from kvob_domain.ids import EditionId, EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_domain.terms import add_months
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow.engine import Engine, packaged_book
from kvob_workflow.engine.as_of import catch_up
from kvob_workflow.engine.moments import Moment, NotThereThen
from kvob_workflow.store import Append, EventStore, open_store
from kvob_workflow.testing import SettableClock

TODAY: Final = date(2026, 11, 24)
Pair = tuple[date, datetime]


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    with _place(given.store) as path:
        store = open_store(f"sqlite:///{path}", ALL_VIEWS, durable=False)
        if not store.last_position():
            _build(store, path, given.estates)
        with Engine(store, clock=SettableClock(TODAY)) as engine:
            engine.build_periods()
            _lists(engine, given.pairs, given.seed)
            _moved(engine, given.seed)
    _one_estate(given.seed)
    print(versions())


@contextmanager
def _place(path: Path | None) -> Generator[Path]:
    if path is not None:
        yield path
        return
    with scratch() as folder:
        yield folder / "past.db"


def _build(store: EventStore, path: Path, estates: int) -> None:
    events = 0
    for batch in events_of(estates):
        store.append(Append(events=tuple(batch)))
        events += len(batch)
    before = _size(path)
    began = time.perf_counter()
    catch_up(store, packaged_book())
    seconds = time.perf_counter() - began
    rate, bytes_each = events / seconds, (_size(path) - before) / estates
    print(f"{estates:,} estates, {events:,} events; follower {rate:,.0f} events/s;")
    print(f"rectangles {bytes_each:,.0f} bytes an estate, events {before / estates:,.0f}")


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))


def moments(count: int, chance: random.Random) -> list[Pair]:
    """Random pairs; of every six one is early by day, one by instant, one by both."""
    found: list[Pair] = []
    for number in range(count):
        day = FIRST + timedelta(days=chance.randrange(-30, DAYS))
        after = timedelta(seconds=chance.randrange(DAYS * 86_400))
        known_at = NOW - after
        if number % 6 in (0, 2):
            day = FIRST + timedelta(days=chance.randrange(250))
        if number % 6 in (1, 2):
            known_at = NOW - timedelta(days=DAYS) + timedelta(days=chance.randrange(-30, 250))
        found.append((day, known_at))
    return found


def _lists(engine: Engine, count: int, seed: int) -> None:
    chance = random.Random(seed)
    pairs = moments(count, chance)
    place = MUNICIPALITIES
    shapes: dict[str, Callable[[date, datetime], object]] = {
        "board": lambda on, at: engine.board(BoardQuery(day=on, known_at=at, limit=50)),
        "board, municipality": lambda on, at: engine.board(
            BoardQuery(day=on, known_at=at, municipality=chance.choice(place), limit=50)
        ),
        "board, step": lambda on, at: engine.board(
            BoardQuery(day=on, known_at=at, step=chance.choice(tuple(Step)), limit=50)
        ),
        "board, status": lambda on, at: engine.board(
            BoardQuery(day=on, known_at=at, status=chance.choice(tuple(Status)), limit=50)
        ),
        "board, step and municipality": lambda on, at: engine.board(
            BoardQuery(
                day=on,
                known_at=at,
                step=chance.choice(tuple(Step)),
                municipality=chance.choice(place),
                limit=50,
            )
        ),
        "register": lambda on, at: engine.register(RegisterQuery(day=on, known_at=at, limit=50)),
        "register, status": lambda on, at: engine.register(
            RegisterQuery(day=on, known_at=at, status=chance.choice(tuple(Status)), limit=50)
        ),
        "due within a year": lambda on, at: engine.due(
            DueQuery(day=on, known_at=at, until=on + timedelta(days=365), limit=50)
        ),
        "due": lambda on, at: engine.due(DueQuery(day=on, known_at=at, limit=50)),
        "measures": lambda on, at: engine.measures(MeasureQuery(day=on, known_at=at, limit=50)),
        "board of a day, as known now": lambda on, _: engine.board(BoardQuery(day=on, limit=50)),
    }
    print(f"\n| page of 50, {count} pairs of moments | median ms | p95 ms | max ms |")
    print("|---|---|---|---|")
    for name, ask in shapes.items():
        times = [_timed(partial(ask, *pair)) for pair in pairs]
        late = quantiles(times, n=20)[18]
        print(f"| {name} | {median(times):.1f} | {late:.1f} | {max(times):.1f} |")


def _moved(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    print("\n| what moved, page of 50 | median ms | max ms |\n|---|---|---|")
    for days in (1, 30, 365, 3650):
        times: list[float] = []
        for _ in range(5):
            on = FIRST + timedelta(days=chance.randrange(4000, DAYS - days))
            a, b = Moment(on), Moment(on + timedelta(days=days))
            times.append(_timed(partial(engine.moved, a, b, BoardQuery(limit=50))))
        print(f"| {days} days apart | {median(times):.0f} | {max(times):.0f} |")


def _one_estate(seed: int) -> None:
    """One estate with a long life, and one whose events make no sense together."""
    senseless = next(
        list(history)[:1000]
        for number in range(10_000)
        for history in histories(random.Random(number), 1, 1100).values()
        if len(history) >= 1000
    )
    print(
        "\n| state of one estate, 1,000 events | median ms | p95 ms | max ms |\n|---|---|---|---|"
    )
    for name, history in (("a long life", _long_life(seed)), ("senseless", senseless)):
        with scratch() as folder:
            store = open_store(f"sqlite:///{folder / 'one.db'}", ALL_VIEWS, durable=False)
            store.append(Append(events=tuple(history)))
            with Engine(store, clock=SettableClock(date(2500, 1, 1))) as engine:
                times = _states(engine, history, random.Random(seed))
        late = quantiles(times, n=20)[18]
        print(f"| {name} | {median(times):.1f} | {late:.1f} | {max(times):.1f} |")
    print()


def _states(engine: Engine, history: Sequence[Recorded], chance: random.Random) -> list[float]:
    times: list[float] = []
    for _ in range(200):
        on = FIRST + timedelta(days=chance.randrange(2000, DAYS))
        at = chance.choice(history).at
        times.append(_timed(partial(_state, engine, history[0].estate, on, at)))
    return times


def _long_life(seed: int) -> list[Recorded]:
    """Thirty years: a certificate every three, evaluations, rounds, progress; 5 % corrected."""
    chance = random.Random(seed)
    estate = EstateId("f" * 32)
    at = datetime(1998, 1, 1, 9, tzinfo=UTC)
    found = [Recorded(estate, 1, _REGISTERED, at)]
    measures = tuple(
        Measure(id=f"m{one}", text="verlichting", owner="Gemeente", owner_role=_ROLE)
        for one in range(8)
    )
    for version in range(2, 1001):
        at += timedelta(days=10, seconds=chance.randrange(9000))
        on = at.date()
        event: AnyEvent = WalkRoundRecorded(on=on, light="dark", observations=3)
        if version % 110 == 2:
            event = _award(on)
        elif version % 110 == 3:
            event = PlanAdopted(on=on, measures=measures)
        elif version % 36 == 5:
            event = YearEvaluated(on=on)
        elif version % 20 == 0:
            event = EventCorrected(on=on, version=version - 5, reason="dubbel", instead=None)
        elif version % 3 == 0:
            event = MeasureUpdated(
                on=on, measure=f"m{version % 8}", progress=chance.choice(tuple(Progress))
            )
        found.append(Recorded(estate, version, event, at))
    return found


def _award(on: date) -> AnyEvent:
    return CertificateAwarded(
        on=on,
        edition=EditionId("kvo-4.0"),
        level_derived=True,
        valid_from=on,
        valid_from_stated=False,
        expires_on=add_months(on, 36),
        expires_on_stated=False,
        renewal=True,
    )


_ROLE: Final = PartyRole.MUNICIPALITY
_REGISTERED: Final = EstateRegistered(
    kind=EstateKind.ESTATE, name="De Vaart", municipalities=("Oss",), on=PartialDate.parse("")
)


def _state(engine: Engine, estate: EstateId, on: date, at: datetime) -> None:
    try:
        engine.state(estate, on, at)
    except NotThereThen:
        return


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1e3


if __name__ == "__main__":
    main()
