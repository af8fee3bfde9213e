"""How fast is a page on PostgreSQL beside SQLite, of the present and as of two moments?

    python -m benchmarks.postgres_read_speed --estates 100000 --pairs 24

Both stores hold the same invented portfolio; a server of our own is started for the run, with a
quarter of a gigabyte of shared buffers. Every question goes to SQLite and to PostgreSQL in turns
(A B A B), and the answers must be equal. The second asking counts: files and buffers are warm then.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.as_of_speed import TODAY, moments
from benchmarks.past_portfolio import FIRST, MUNICIPALITIES, events_of
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.preparation import PlanAdopted
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Measure, Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow.engine import Engine, packaged_book
from kvob_workflow.engine.moments import Moment
from kvob_workflow.store import Append, EventStore, RowChange, open_store
from kvob_workflow.testing import SettableClock
from tests.postgres_server import server

LIMIT: Final = 50.0
"""What a warm page should stay under, in milliseconds."""
Ask = Callable[[Engine, date, Any], object]
_EVERY: Final = 3
_MONTH: Final = timedelta(days=30)


def main() -> None:
    """Fill, ask, print; exit 1 when two answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=18)
    given = parser.parse_args()
    with scratch() as folder, server(shared_buffers="256MB") as postgres:
        stores = (_opened(folder), open_store(postgres.url(), ALL_VIEWS, durable=False))
        engines: list[Engine] = []
        for name, store in zip(("SQLite", "PostgreSQL"), stores, strict=True):
            _fill(name, store, given.estates)
            engines.append(Engine(store, clock=SettableClock(TODAY)))
        with engines[0], engines[1]:
            now = [(TODAY - number * _MONTH, None) for number in range(8)]
            _table("as it is known now, days of today on", _present(), engines, _ahead(now))
            pairs = moments(given.pairs, random.Random(given.seed))
            _table(f"as of {given.pairs} pairs of moments", _past(), engines, pairs)
    print(versions())


def _opened(folder: Path) -> EventStore:
    return open_store(f"sqlite:///{folder / 'read.db'}", ALL_VIEWS, durable=False)


def _fill(name: str, store: EventStore, estates: int) -> None:
    book = packaged_book()
    began = time.perf_counter()
    for batch in events_of(estates):
        events: list[Recorded] = []
        rows: list[RowChange] = []
        for estate, history in groupby(batch, key=lambda recorded: recorded.estate):
            whole = [*_with_plan(list(history))]
            events += whole
            state = fold(estate, whole)
            rows += [
                RowChange(view, estate, upserts=tuple(view.rows(state, book))) for view in ALL_VIEWS
            ]
        store.append(Append(events=tuple(events), rows=tuple(rows)))
    filled = time.perf_counter() - began
    began = time.perf_counter()
    with_periods = Engine(store, clock=SettableClock(TODAY))
    with_periods.build_periods()
    built = time.perf_counter() - began
    print(f"{name}: {store.last_position():,} the last position, filled in {filled:.0f} s,")
    print(f"rectangles in {built:.0f} s")


def _with_plan(history: list[Recorded]) -> Iterator[Recorded]:
    """Every third estate adopts a plan of four measures."""
    yield from history
    last = history[-1]
    if int(last.estate[:12], 16) % _EVERY:
        return
    begin = last.at.date()
    measures = tuple(
        Measure(
            id=f"m{number}",
            text="verlichting",
            owner=f"Gemeente {number}",
            owner_role=PartyRole.MUNICIPALITY,
            due_on=begin + timedelta(days=200 * number),
        )
        for number in range(4)
    )
    plan = PlanAdopted(on=begin, measures=measures)
    yield Recorded(last.estate, last.version + 1, plan, last.at)


def _ahead(days: Sequence[tuple[date, None]]) -> list[tuple[date, None]]:
    """The same distances, but from today on, which the views of the present answer."""
    return [(TODAY + (TODAY - day), None) for day, _ in days]


def _of(values: Sequence[Any], on: date) -> Any:
    return values[on.toordinal() % len(values)]


def _board(engine: Engine, on: date, at: Any, **more: Any) -> object:
    return engine.board(BoardQuery(day=on, known_at=at, limit=50, **more))


def _register(engine: Engine, on: date, at: Any, **more: Any) -> object:
    return engine.register(RegisterQuery(day=on, known_at=at, limit=50, **more))


def _due(engine: Engine, on: date, at: Any, days: int = 0, **more: Any) -> object:
    until = on + timedelta(days=days) if days else None
    return engine.due(DueQuery(day=on, known_at=at, until=until, limit=50, **more))


def _measures(engine: Engine, on: date, at: Any, **more: Any) -> object:
    return engine.measures(MeasureQuery(day=on, known_at=at, limit=50, **more))


def _chosen(ask: Callable[..., object], field: str, values: Sequence[Any], **more: Any) -> Ask:
    """Asks for another value on each day."""
    return lambda engine, on, at: ask(engine, on, at, **{field: _of(values, on)}, **more)


def _shared() -> dict[str, Ask]:
    """What is asked of the present and of the past."""
    places = ("municipality", MUNICIPALITIES)
    return {
        "board": _board,
        "board, page 20": partial(_board, offset=1000),
        "board, municipality": _chosen(_board, *places),
        "board, step": _chosen(_board, "step", tuple(Step)),
        "board, status": _chosen(_board, "status", tuple(Status)),
        "board, text that is common": partial(_board, text="terrein 12"),
        "board, text that is rare": partial(_board, text="terrein 1234567"),
        "board, something is missing": _chosen(_board, "missing", tuple(RequirementCode)),
        "board by step": partial(_board, sort=("step",)),
        "register": _register,
        "register, status": _chosen(_register, "status", tuple(Status)),
        "register, level": partial(_register, level="basis samenwerken"),
        "due": _due,
        "due within a week": partial(_due, days=7),
        "due within a year": partial(_due, days=365),
        "due within a year, kind": _chosen(_due, "kind", tuple(DeadlineKind), days=365),
        "due or overdue": partial(_due, days=365, overdue=True),
        "due, municipality": _chosen(_due, *places),
        "measures": _measures,
        "measures, progress": _chosen(_measures, "progress", tuple(Progress)),
        "measures, municipality": _chosen(_measures, *places),
        "measures that are overdue": partial(_measures, overdue_only=True),
        "heat map": lambda engine, on, at: engine.heat_map(HeatMapQuery(day=on, known_at=at)),
    }


def _present() -> dict[str, Ask]:
    return {
        **_shared(),
        "board, last page": partial(_board, offset=99_900),
        "board by the next deadline": partial(_board, sort=("next_due_on",)),
        "board by the last valid day": partial(_board, sort=("-expires_on",)),
        "register by status": partial(_register, sort=("status",)),
    }


def _past() -> dict[str, Ask]:
    return {**_shared(), **{f"moved in {days} days": _moved(days) for days in (1, 30, 365, 3650)}}


def _moved(days: int) -> Ask:
    def ask(engine: Engine, on: date, at: Any) -> object:
        begin = min(on, FIRST + timedelta(days=10_000 - days))
        a, b = Moment(begin, at), Moment(begin + timedelta(days=days), at)
        return engine.moved(a, b, BoardQuery(limit=50))

    return ask


def _table(
    title: str, shapes: dict[str, Ask], engines: Sequence[Engine], pairs: Sequence[tuple[date, Any]]
) -> None:
    print(f"\n| page of 50, {title}, ms | SQLite | p95 | most | PostgreSQL | p95 | most | |")
    print("|---|---|---|---|---|---|---|---|")
    for name, ask in shapes.items():
        times: list[list[float]] = [[], []]
        for on, at in pairs:
            answers: list[object] = []
            for number, engine in enumerate([*engines, *engines]):
                began = time.perf_counter()
                answers.append(ask(engine, on, at))
                if number >= len(engines):
                    times[number % 2].append((time.perf_counter() - began) * 1e3)
            if answers[2] != answers[3]:
                raise SystemExit(f"{name}, {on} known at {at}: the answers differ")
        cells = [f"{one:.1f}" for side in times for one in _spread(side)]
        slower = max(times[1]) > LIMIT >= max(times[0])
        print(f"| {name} | {' | '.join(cells)} | {'slower' if slower else ''} |", flush=True)


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return median(values), quantiles(values, n=20)[18], max(values)


if __name__ == "__main__":
    main()
