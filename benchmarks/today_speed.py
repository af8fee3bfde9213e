"""How long do the first screens take over many estates? Today's work, and the board by step.

    python -m benchmarks.today_speed                              # 100,000 estates, some minutes
    python -m benchmarks.today_speed --url sqlite:///there.db     # of `benchmarks.million_store`

Each question is asked anew (`made`), as after an event, and then again as it stands (`again`). The
columns of the board are asked with the extra `scale` as well, whose index is made first. One
question after another, on a machine that does nothing else.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from statistics import median, quantiles
from typing import Final

from benchmarks.million_store import TODAY, make_store, municipalities
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.actor import Role
from kvob_domain.mandates import Bond, BondKind, Reach
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BoardQuery
from kvob_projections.today_query import TodayQuery, TodaySection
from kvob_workflow.engine import Engine
from kvob_workflow.engine.core import LARGE_BOARDS
from kvob_workflow.engine.remembering import Remembered
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

Question = Callable[[Engine], object]
_PLACES: Final = 5
"""Municipalities of the bounded reach, the 20th largest and the following ones."""
_FIRST_PLACE: Final = 20


class Forgetful(Remembered):
    """Works every answer out."""

    def answer(self, asked: object, state: object, work_out: Callable[[], object]) -> object:  # type: ignore[override]
        del asked, state
        return work_out()


class Asked(Engine):
    """An engine that is told how to remember."""

    def remember(self, how: Remembered) -> None:
        """Answer with what this remembers."""
        self._remembered = how


def main() -> None:
    """Make a store, or take one; ask; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--url")
    parser.add_argument("--rounds", type=int, default=100)
    asked = parser.parse_args()
    with scratch() as folder:
        url = asked.url or f"sqlite:///{folder / 'today.db'}"
        if asked.url is None:
            make_store(url, asked.estates)
        with _engine(url, indexed=False) as engine:
            begin = time.perf_counter()
            engine.today_work()
            print(f"the first question took {time.perf_counter() - begin:.0f} s")
            _table(engine, {**_today(), **_board()}, asked.rounds)
        with _engine(url, indexed=True) as engine:
            print(f"\nwith the index of the board, {engine.warm() / 1e6:.0f} MB")
            _table(engine, _board(), asked.rounds)
    print(versions())


def _engine(url: str, *, indexed: bool) -> Asked:
    store = open_store(url, ALL_VIEWS, durable=False)
    indexing = LARGE_BOARDS if indexed else None
    return Asked(store, clock=SettableClock(TODAY), board_index=indexing)


def _reach() -> Reach:
    places = municipalities()[_FIRST_PLACE : _FIRST_PLACE + _PLACES]
    return Reach(bonds=frozenset(Bond.to(BondKind.MUNICIPALITY, one) for one in places))


def _today() -> Mapping[str, Question]:
    def work(**asked: object) -> Question:
        query = TodayQuery(**asked)  # type: ignore[arg-type]
        return lambda engine: engine.today_work(query)

    return {
        "today": work(),
        "today, a municipality": work(municipality=municipalities()[_FIRST_PLACE]),
        "today, five municipalities in reach": work(reach=_reach()),
        "today, as decider": work(role=Role.DECIDER),
        **{f"today, {one.value}": work(sections=(one,)) for one in TodaySection},
    }


def _board() -> Mapping[str, Question]:
    def columns(query: BoardQuery) -> Question:
        return lambda engine: engine.board_columns(query)

    whole = BoardQuery()
    return {
        "columns": columns(whole),
        "columns, a municipality": columns(
            replace(whole, municipality=municipalities()[_FIRST_PLACE])
        ),
        "columns, five municipalities in reach": columns(replace(whole, reach=_reach())),
        "columns, a word": columns(replace(whole, text="haven")),
        "counts": lambda engine: engine.board_counts(whole),
    }


def _table(engine: Asked, questions: Mapping[str, Question], rounds: int) -> None:
    print("\n| ms | made: median | p99 | of one core | again: median |\n|---|---|---|---|---|")
    remembering, forgetful = Remembered(), Forgetful()
    for name, ask in questions.items():
        engine.remember(forgetful)  # an event before each would cost more
        begin = time.thread_time()
        made = _times(engine, ask, rounds)
        core = 1000 * (time.thread_time() - begin) / rounds
        engine.remember(remembering)
        ask(engine)
        again = _times(engine, ask, rounds)
        most = quantiles(made, n=100)[-1]
        print(f"| {name} | {median(made):.1f} | {most:.1f} | {core:.1f} | {median(again):.2f} |")


def _times(engine: Engine, ask: Question, rounds: int) -> list[float]:
    found: list[float] = []
    for _ in range(rounds):
        begin = time.perf_counter()
        ask(engine)
        found.append(1000 * (time.perf_counter() - begin))
    return found


if __name__ == "__main__":
    main()
