"""What does one database carry? Bytes, commands a second and page times, by number of estates.

    python -m benchmarks.postgres_scale --estates 10000 100000 1000000

A history is imported (its speed is measured); the largest stores are copies of an imported one
under other ids, made in SQL. Then first certificates are walked by commands, and pages are asked
as a host asks them. Durable commits on both sides; the server is one of our own on this disk.
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.generate_history import write_history
from benchmarks.lifecycle import GUIDE, first_certificate, registration
from benchmarks.report import versions
from benchmarks.scale_store import count, grow, settle, sizes
from benchmarks.scratch import scratch
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock
from tests.postgres_server import server

IMPORTED: Final = 100_000
"""Stores with more estates are copies of one with so many."""
TODAY: Final = date(2026, 11, 24)
_LONGEST_SECONDS: Final = 10
_FEWEST: Final = 5
_DATE: Final = 3
_LATER: Final = 12  # leap years stay leap years


@dataclass
class Measured:
    """One store of one size; times in milliseconds."""

    store: str
    estates: int
    facts_a_second: float = 0.0
    bytes_of: dict[str, int] = field(default_factory=dict[str, int])
    rows_of: dict[str, int] = field(default_factory=dict[str, int])
    commands: list[float] = field(default_factory=list[float])
    pages: dict[str, list[float]] = field(default_factory=dict[str, list[float]])


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--stores", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--asked", type=int, default=100)
    asked = parser.parse_args()
    options = {"shared_buffers": "1GB", "max_wal_size": "4GB", "listen_addresses": "127.0.0.1"}
    with scratch() as folder, server(durable=True, **options) as running:
        for estates in asked.estates:
            urls = {
                "sqlite": f"sqlite:///{folder}/{estates}.db",
                "postgres": running.url(f"scale_{estates}"),
            }
            for store in asked.stores:
                _print(_measure(store, urls[store], estates, folder, asked.asked))
    print(versions())


def _measure(store: str, url: str, estates: int, folder: Path, times: int) -> Measured:
    found = Measured(store, estates)
    history = recent_history(folder / "history.csv", min(estates, IMPORTED))
    with _engine(url) as engine:
        begin = time.perf_counter()
        report = import_file(engine, history)
        found.facts_a_second = report.rows / (time.perf_counter() - begin)
    if estates > IMPORTED:
        grow(url, estates // IMPORTED - 1)
    settle(url)
    return _look_at(found, url, times)


def _look_at(found: Measured, url: str, times: int) -> Measured:
    """Measure a store that is there."""
    found.bytes_of = dict(sizes(url))
    tables = ("stored_events", *(view.table for view in ALL_VIEWS))
    found.rows_of = {table: count(url, table) for table in tables}
    with _engine(url) as engine:
        _ask(engine, found, times)
        _command(engine, found)
    return found


def recent_history(path: Path, estates: int) -> Path:
    """An invented history of the last 23 years, so that deadlines are open today."""
    write_history(path, estates)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        if row[_DATE]:
            row[_DATE] = f"{int(row[_DATE][:4]) + _LATER}{row[_DATE][4:]}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[_DATE] < f"{TODAY.year}")])
    return path


def _engine(url: str) -> Engine:
    return Engine(open_store(url, ALL_VIEWS), clock=SettableClock(TODAY))


def _command(engine: Engine, found: Measured) -> None:
    """First certificates of new estates, one command after another."""
    for number in range(30):
        estate = engine.do(registration(10_000_000 + number), actor=GUIDE).estate
        for command, actor in first_certificate(estate):
            begin = time.perf_counter()
            engine.do(command, actor=actor)
            found.commands.append((time.perf_counter() - begin) * 1000)


def _ask(engine: Engine, found: Measured, times: int) -> None:
    dice = random.Random(7)
    listed = [row.estate_id for row in engine.board(BoardQuery(limit=500)).items]
    names = sorted({row.municipality for row in engine.board(BoardQuery(limit=500)).items})

    def place() -> str:
        return dice.choice(names)

    pages: dict[str, Callable[[], object]] = {
        "board, first page": lambda: engine.board(BoardQuery(limit=50)),
        "board of a municipality": lambda: engine.board(BoardQuery(municipality=place(), limit=50)),
        "register, first page": lambda: engine.register(RegisterQuery(limit=50)),
        "deadlines, first page": lambda: engine.due(DueQuery(limit=50)),
        "deadlines of a municipality": lambda: engine.due(DueQuery(municipality=place(), limit=50)),
        "heat map of the country": lambda: engine.heat_map(HeatMapQuery()),
        "history of an estate": lambda: engine.history(EstateId(dice.choice(listed))),
    }
    for name, page in pages.items():
        page()
        found.pages[name] = list(_asked(page, times))


def _asked(page: Callable[[], object], times: int) -> Iterator[float]:
    """So many times, or until it has taken ten seconds, five times at least."""
    ends = time.perf_counter() + _LONGEST_SECONDS
    for number in range(times):
        if number >= _FEWEST and time.perf_counter() > ends:
            return
        yield _timed(page)


def _timed(page: Callable[[], object]) -> float:
    begin = time.perf_counter()
    page()
    return (time.perf_counter() - begin) * 1000


def _print(found: Measured) -> None:
    events = found.rows_of["stored_events"]
    every = sum(found.bytes_of.values())
    print(f"### {found.store}, {found.estates:,} estates, {events:,} events\n")
    print("| what | median | 99th percentile |\n|---|---|---|")
    print(f"| import | {found.facts_a_second:,.0f} facts/s | |")
    commands = found.commands
    print(f"| one command, one writer | {_times(commands)} |")
    print(f"| ... a second | {1000 / median(commands):,.0f} | |")
    for name, times in found.pages.items():
        print(f"| {name} | {_times(times)} |")
    print("\n| table with its indexes | rows | bytes | bytes a row | bytes an estate |")
    print("|---|---|---|---|---|")
    for table, size in sorted(found.bytes_of.items(), key=lambda one: -one[1])[:8]:
        rows = found.rows_of.get(table, 0)
        each = f"{size / rows:,.0f}" if rows else ""
        print(
            f"| {table} | {rows or '':,} | {size:,} | {each} | {size / found.estates:,.0f} |"
            if rows
            else f"| {table} | | {size:,} | | {size / found.estates:,.0f} |"
        )
    print(f"| all | | {every:,} | | {every / found.estates:,.0f} |\n", flush=True)


def _times(values: Sequence[float]) -> str:
    slow = quantiles(values, n=100)[-1] if len(values) > 1 else values[0]
    return f"{median(values):,.2f} ms | {slow:,.2f} ms"


if __name__ == "__main__":
    main()
