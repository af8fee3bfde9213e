"""Are answers about the past right? Compared with a plain model, on questions from a seed.

    python -m benchmarks.as_of_campaign --questions 100000 --processes 2

Each round makes up some estates (`past_histories`), lets the engine answer on their events, and
asks `naive_past` the same: the state of one estate, and the four lists with random filters, sorts
and pages, as of pairs of moments among which are the very instants of recording. Between rounds of
questions more events are recorded. A difference ends the campaign and prints the seed.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from benchmarks.naive_past import Histories, naive_state, naive_views, reader_of
from benchmarks.past_histories import BEGIN, FIRST, PLACES, histories
from kvob_domain.errors import KvobError
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import ALL_VIEWS, board, deadlines, measures, register
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow.engine import Engine
from kvob_workflow.engine.moments import NotThereThen
from kvob_workflow.store import Append, EventStore, open_store
from kvob_workflow.testing import SettableClock

NOW: Final = date(2036, 1, 1)
Chance = random.Random
# Any: each list has a query and rows of its own.
_LISTS: Final[tuple[tuple[str, Callable[[Any, Any], Any]], ...]] = (
    ("board", board.read),
    ("register", register.read),
    ("due", deadlines.read),
    ("measures", measures.read),
)


class Wrong(Exception):
    """The engine and the model differ."""


def _in_memory() -> EventStore:
    return open_store("memory:", ALL_VIEWS)


def campaign(
    questions: int,
    seed: int,
    *,
    estates: int = 7,
    most: int = 14,
    opened: Callable[[], EventStore] = _in_memory,
) -> Counter[str]:
    """Ask so many questions; how many of each kind. `opened` gives a new store for each round.

    Raises:
        Wrong: an answer differs from the model's.
    """
    asked: Counter[str] = Counter()
    number = seed * 1_000_000
    while asked.total() < questions:
        number += 1
        chance = random.Random(number)
        whole = histories(chance, estates, most)
        try:
            asked += _round(chance, whole, questions - asked.total(), opened())
        except Wrong as wrong:
            raise Wrong(f"round {number}: {wrong}") from wrong
    return asked


def _round(
    chance: Chance, whole: Histories, most_questions: int, store: EventStore
) -> Counter[str]:
    asked: Counter[str] = Counter()
    with Engine(store, clock=SettableClock(NOW)) as engine:
        known: dict[Any, list[Any]] = {estate: [] for estate in whole}
        for part in (0.5, 1.0):
            for estate, history in whole.items():
                upto = max(round(len(history) * part), 1)
                more = history[len(known[estate]) : upto]
                known[estate] += more
                if more:
                    store.append(Append(events=tuple(more)))
            for _ in range(12):
                if asked.total() >= most_questions:
                    return asked
                asked += _pair(engine, known, chance)
    return asked


def _pair(engine: Engine, known: Histories, chance: Chance) -> Counter[str]:
    day, known_at = _moments(known, chance)
    asked: Counter[str] = Counter()
    for estate, history in known.items():
        given = None if chance.random() < 0.1 else day
        expected = naive_state(estate, history, given, known_at)
        try:
            state = engine.state(estate, given, known_at or engine_now(engine))
        except NotThereThen:
            state = None
        if (state is not None) != expected.exists or (state is not None and state != expected):
            raise Wrong(f"state of {estate} on {given} known at {known_at}")
        asked["state"] += 1
    with closing(naive_views(known, engine.book, day, known_at)) as memory:
        read = reader_of(memory)
        for _ in range(6):
            name, read_page = chance.choice(_LISTS)
            query = _query(name, day, known_at, chance)
            ask: Callable[[Any], Any] = getattr(engine, name)
            page, expected_page = ask(query), read_page(read, replace(query, known_at=None))
            if page != expected_page:
                raise Wrong(f"{query}\n  gives    {page}\n  expected {expected_page}")
            asked[name] += 1
    return asked


def engine_now(engine: Engine) -> datetime:
    """The instant the engine's clock stands at: everything is known."""
    return datetime.combine(engine.today(), datetime.min.time(), UTC)


def _moments(known: Histories, chance: Chance) -> tuple[date, datetime | None]:
    events = [recorded for history in known.values() for recorded in history]
    day = FIRST + timedelta(days=chance.randrange(-50, 8000))
    if chance.random() < 0.4:
        day = chance.choice(events).event.occurred.earliest or day
        day += timedelta(days=chance.choice((-1, 0, 0, 1)))
    known_at: datetime | None = BEGIN + timedelta(days=chance.randrange(-5, 1500))
    if chance.random() < 0.6:
        near = chance.choice((-1, 0, 0, 0, 1, 500_000))
        known_at = chance.choice(events).at + timedelta(microseconds=near)
    elif chance.random() < 0.3:
        known_at = None
    return day, known_at


def _query(name: str, day: date, known_at: datetime | None, chance: Chance) -> Any:
    given: dict[str, Any] = {"day": day, "known_at": known_at, "groups": chance.random() < 0.3}
    for filtered, values in _FILTERS[name].items():
        if chance.random() < 0.25:
            given[filtered] = chance.choice(values)
    if name == "due" and chance.random() < 0.3:
        given["until"] = day + timedelta(days=chance.randrange(3000))
    if chance.random() < 0.6:
        given["limit"] = chance.randrange(1, 5)
        given["offset"] = chance.choice((0, 0, 1, 3))
    if chance.random() < 0.25:
        given["sort"] = (chance.choice(("-estate", "municipality", "-estate_id")),)
    return _QUERIES[name](**given)


_QUERIES: Final[dict[str, Callable[..., Any]]] = {
    "board": BoardQuery,
    "register": RegisterQuery,
    "due": DueQuery,
    "measures": MeasureQuery,
}
_SHARED: Final[dict[str, tuple[object, ...]]] = {
    "municipality": (*PLACES, "SOEST", "Nergens"),
    "text": ("terrein 1", "oss", "2"),
}
_FILTERS: Final[dict[str, dict[str, tuple[object, ...]]]] = {
    "board": {**_SHARED, "step": tuple(Step), "status": tuple(Status)},
    "register": {**_SHARED, "status": tuple(Status), "level": ("basis samenwerken",)},
    "due": {**_SHARED, "kind": tuple(DeadlineKind), "overdue": (True,)},
    "measures": {**_SHARED, "progress": tuple(Progress), "overdue_only": (True,)},
}


def main() -> None:
    """Ask in several processes and print what was asked; exit 1 at a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--one", action="store_true", help="in this process, for the others")
    given = parser.parse_args()
    if given.one:
        try:
            print(json.dumps(campaign(given.questions, given.seed)))
        except (Wrong, KvobError) as error:
            raise SystemExit(f"WRONG {error}") from error
        return
    began = time.perf_counter()
    asked: Counter[str] = Counter()
    for line in _processes(given.questions, given.processes, given.seed):
        asked += Counter(json.loads(line))
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(asked.items()))
    print(f"{asked.total():,} questions ({told}), 0 differences, seed {given.seed},")
    print(f"{time.perf_counter() - began:.0f} s in {given.processes} processes")


def _processes(questions: int, processes: int, seed: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.as_of_campaign", "--one"]
    share = -(-questions // processes)
    running = [
        subprocess.Popen(
            [*command, "--questions", str(share), "--seed", str(seed + number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    for process in running:
        out, _ = process.communicate()
        if process.returncode:
            raise SystemExit(process.returncode)
        yield out


if __name__ == "__main__":
    main()
