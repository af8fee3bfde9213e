"""Does a register of a million estates answer at once? Board, search, history, and the start.

    python -m benchmarks.million_estates --store sqlite
    python -m benchmarks.million_estates --store postgres

A store of a million estates and ten million events is made (some minutes, some 10 GB beside the
checkout, gone afterwards), or one that is there is asked with --url. Then: cold starts in
processes of their own; the index of the board made; questions at random to it, some of them to
the store too, whose answers must be equal; names searched for; histories read. Prints Markdown
and appends it to benchmarks/results/0.5.0-million.md with --write.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from benchmarks.million_questions import Questions
from benchmarks.million_store import LONG, TODAY, make_store
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_workflow import Engine, PartialDate, Provenance, RecordRemark
from kvob_workflow.testing import SettableClock
from tests.postgres_server import server

RESULTS: Final = Path(__file__).parent / "results" / "0.5.0-million.md"
_COLD: Final = """
import time
from kvob_workflow import Engine
begun = time.perf_counter()
with Engine.open({url!r}, board_index=None):
    print(time.perf_counter() - begun)
"""
_STARTS: Final = 7


@dataclass
class Report:
    """A Markdown table, line by line as it is measured."""

    lines: list[str] = field(default_factory=list[str])

    def say(self, line: str) -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        self.lines.append(line)

    def times(self, what: str, aim: str, milliseconds: Sequence[float]) -> None:
        """A row of the table."""
        found = sorted(milliseconds)
        ends = (median(found), *(found[int(len(found) * part)] for part in (0.95, 0.99)), found[-1])
        cells = " | ".join(f"{one:,.1f}" for one in ends)
        self.say(f"| {what} | {aim} | {cells} | {len(found):,} |")


def main() -> None:
    """Make or open a store, measure, print; exit 1 when two answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=1_000_000)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--url", help="a store that benchmarks.million_store made")
    parser.add_argument("--asked", type=int, default=3_000)
    parser.add_argument("--compared", type=int, default=60)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report()
    with _url(given.store, given.url) as url:
        if given.url is None:
            begun = time.perf_counter()
            events = make_store(url, given.estates)
            made = f"{events:,} events made in {time.perf_counter() - begun:,.0f} s"
            report.say(f"### {given.estates:,} estates, {given.store}: {made}\n")
        _measure(url, given, report)
    report.say(f"\n`python -m benchmarks.million_estates --store {given.store}`, {versions()}\n")
    if given.write:
        title = "" if RESULTS.exists() else "# A million estates, ten million events\n\n"
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write(title + "\n".join(report.lines) + "\n")


@contextmanager
def _url(store: str, url: str | None) -> Generator[str]:
    if url is not None:
        yield url
        return
    with scratch() as folder:
        if store == "sqlite":
            yield f"sqlite:///{folder / 'million.db'}"
            return
        with server(shared_buffers="1GB", max_wal_size="4GB") as running:
            yield running.url("million")


def _measure(url: str, given: argparse.Namespace, report: Report) -> None:
    starts = [_cold_start(url) for _ in range(_STARTS)]
    before = _memory()
    clock = SettableClock(TODAY)
    with Engine.open(url, clock=clock) as engine, Engine.open(url, clock=clock) as plain:
        begun = time.perf_counter()
        taken = engine.warm()
        report.say(
            f"index made in {time.perf_counter() - begun:.1f} s, {taken / 1e6:,.0f} MB;"
            f" the process grew by {_memory() - before:,} MB at most while it was made\n"
        )
        report.say("| milliseconds | aim | median | 95 % | 99 % | most | asked |")
        report.say("|---|---|---|---|---|---|---|")
        report.times("`Engine.open` in a new process", "500", starts)
        _board(engine, plain, given, report)
        _names(engine, given, report)
        _histories(engine, given, report)


def _cold_start(url: str) -> float:
    code = _COLD.format(url=url)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1e3


def _memory() -> int:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _board(engine: Engine, plain: Engine, given: argparse.Namespace, report: Report) -> None:
    questions = Questions(TODAY, given.estates, given.seed)
    asked = [questions.next() for _ in range(given.asked)]
    times = [_timed(partial(engine.board, query)) for query in asked]
    report.times("board of 50, any filters, sorts, page", "20", times)
    slow = sorted(zip(times, asked, strict=True), key=lambda pair: -pair[0])
    for milliseconds, query in slow[:3]:
        print(f"slow: {milliseconds:.1f} ms {query}", file=sys.stderr)
    mine = [
        _timed(partial(engine.board, query)) for query in _after_acts(engine, asked, given.estates)
    ]
    report.times("the same, right after a command", "20", mine)
    stored: list[float] = []
    for query in asked[: given.compared]:
        begun = time.perf_counter()
        answer = plain.board(query)
        stored.append((time.perf_counter() - begun) * 1e3)
        if engine.board(query) != answer:
            raise SystemExit(f"the answers differ: {query}")
    report.times("the same of the store itself, equal answers", "", stored)


def _after_acts(engine: Engine, asked: Sequence[BoardQuery], estates: int) -> Iterator[BoardQuery]:
    dice = Random(1)
    for number, query in enumerate(asked[:200]):
        remark = RecordRemark(
            estate=_some(engine, dice, estates)[0],
            subject=f"ronde {number}",
            on=PartialDate.parse("2026-11"),
            text="Niets bijzonders.",
            provenance=Provenance(source="https://bron.example/"),
        )
        engine.do(remark)
        yield query


def _names(engine: Engine, given: argparse.Namespace, report: Report) -> None:
    dice = Random(given.seed)
    some = [_some(engine, dice, given.estates) for _ in range(300)]
    search = [_timed(partial(engine.board, BoardQuery(text=name, limit=50))) for _, name, _ in some]
    report.times("search for an estate's name", "20", search)
    find = [_timed(partial(engine.find, f"{name}, {place}")) for _, name, place in some]
    report.times("`find` by name and municipality", "20", find)


def _histories(engine: Engine, given: argparse.Namespace, report: Report) -> None:
    dice = Random(given.seed + 1)
    usual = [_some(engine, dice, given.estates)[0] for _ in range(300)]
    longest = engine.board(BoardQuery(sort=("-version",), limit=50)).items
    found = [EstateId(row.estate_id) for row in longest if row.version >= LONG]
    for what, estates in (("", usual), (f" of {LONG} events", found)):
        first = [_timed(partial(engine.history, one, limit=50)) for one in estates]
        if not estates:
            continue
        report.times(f"history, page of 50{what}", "5", first)
        again = [_timed(partial(engine.overview, one)) for one in estates]
        report.times(f"overview{what}", "5", again)


def _some(engine: Engine, dice: Random, estates: int) -> tuple[EstateId, str, str]:
    page = engine.board(BoardQuery(limit=1, offset=dice.randrange(estates), sort=("estate_id",)))
    (row,) = page.items
    return EstateId(row.estate_id), row.estate, row.municipality


def _timed(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1e3


if __name__ == "__main__":
    main()
