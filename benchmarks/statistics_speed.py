"""How long do the figures and the list of what is stuck take over many estates? On both stores.

    python -m benchmarks.statistics_speed                     # 20,000 estates, a minute or two
    python -m benchmarks.statistics_speed --estates 1000000

A history is imported and its followed tables are built, as the first question does; larger stores
are copies of that one under other ids. Then each figure and the list are asked as a host asks
them, one after another, so that a machine whose speed drifts slows all alike.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.postgres_scale import TODAY, recent_history
from benchmarks.report import versions
from benchmarks.scale_store import count, grow, settle
from benchmarks.scratch import scratch
from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_projections.concern_kinds import ConcernFamily
from kvob_projections.figures import FigureCode
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.store import open_store
from kvob_workflow.store.followers import Move
from kvob_workflow.testing import SettableClock
from tests.postgres_server import server

IMPORTED: Final = 25_000
"""Stores with more estates are one with so many and fifteen copies of it at most."""
Question = Callable[[Engine], object]


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=20_000)
    parser.add_argument("--stores", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--imported", type=int, default=IMPORTED)
    asked = parser.parse_args()
    options = {"shared_buffers": "1GB", "max_wal_size": "4GB", "listen_addresses": "127.0.0.1"}
    with scratch() as folder, server(durable=False, **options) as running:
        urls = {"sqlite": f"sqlite:///{folder}/kvob.db", "postgres": running.url("statistics")}
        base = max(min(asked.estates, asked.imported), asked.estates // 16)
        history = recent_history(folder / "history.csv", base)
        for store in asked.stores:
            _made(urls[store], history, asked.estates // base - 1)
        _asked({store: urls[store] for store in asked.stores}, asked.rounds)
    print(versions())


def _engine(url: str) -> Engine:
    return Engine(open_store(url, ALL_VIEWS, durable=False), clock=SettableClock(TODAY))


def _made(url: str, history: Path, copies: int) -> None:
    with _engine(url) as engine:
        import_file(engine, history)
        begin = time.perf_counter()
        engine.statistics()
        engine.stuck(StuckQuery(limit=1))
        built = time.perf_counter() - begin
    estates = count(url, "view_board")
    print(f"\n{url[:6]}: the followed tables of {estates:,} estates took {built:.0f} s to build")
    if copies:
        grow(url, copies, (*ALL_VIEWS, *FOLLOWED_VIEWS))
        with closing(open_store(url, ALL_VIEWS, durable=False)) as store:
            last = store.last_position()
            moved = [Move(one, replace(one, position=last)) for one in store.followers()]
            assert store.move_followers(moved)
    settle(url)
    rows = {view.table: count(url, view.table) for view in FOLLOWED_VIEWS}
    print(", ".join(f"{table} {number:,}" for table, number in rows.items()))


def _questions() -> Mapping[str, Question]:
    def figures(*codes: FigureCode, **filters: object) -> Question:
        named = tuple(code.value for code in codes)
        query = StatisticsQuery(figures=named, **filters)  # type: ignore[arg-type]
        return lambda engine: engine.statistics(query)

    def stuck(**filters: object) -> Question:
        query = StuckQuery(limit=50, **filters)  # type: ignore[arg-type]
        return lambda engine: engine.stuck(query)

    since = TODAY.replace(year=TODAY.year - 1)
    return {
        **{code.value: figures(code) for code in FigureCode},
        "all figures": figures(),
        "all, a year": figures(since=since),
        "all, a municipality": figures(municipality="Noorderdam 0"),
        "stuck, first page": stuck(),
        "stuck, page 21": stuck(offset=1000),
        "stuck, a municipality": stuck(municipality="Noorderdam 0"),
        **{f"stuck, {family.value}": stuck(family=family) for family in ConcernFamily},
    }


def _asked(urls: Mapping[str, str], rounds: int) -> None:
    questions = _questions()
    engines = {store: _engine(url) for store, url in urls.items()}
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for name, ask in questions.items():
            for store, engine in engines.items():
                begin = time.perf_counter()
                ask(engine)
                times.setdefault((name, store), []).append(1000 * (time.perf_counter() - begin))
    for engine in engines.values():
        engine.close()
    print(f"\n| median (most), ms | {' | '.join(urls)} |\n|---|{'---|' * len(urls)}")
    for name in questions:
        cells = (times[name, store] for store in urls)
        print(f"| {name} | {' | '.join(f'{median(one):.0f} ({max(one):.0f})' for one in cells)} |")
    print()


if __name__ == "__main__":
    main()
