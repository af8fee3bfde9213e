"""How fast are many deadlines of one minute announced, and how soon is the next day found?

    python -m benchmarks.sweep_speed --deadlines 100000 --sample 2000 --rounds 3
    python -m benchmarks.sweep_speed --rows 1000000

Swept by group commit against `GiveNotice` commands one by one, both on estates whose yearly
evaluation falls due on the same day, both durable (synchronous=FULL), in turn in every round. The
commands come from a fresh engine, so that both sides read each estate first; a second figure
is that of commands whose estates were all written to just before, so that their states are at
hand. The rows of the second measurement are put into the view
table itself, in a file of its own without events: only the look-up is measured.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_projections import ALL_VIEWS
from kvob_projections.deadlines import DEADLINES
from kvob_projections.pending import next_due
from kvob_workflow import (
    Engine,
    EstateId,
    EstateKind,
    FactItem,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RenameEstate,
)
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

AWARDED: Final = date(2024, 3, 4)
DUE: Final = date(2025, 3, 4)
_CHUNK: Final = 1000
_LOOKUPS: Final = 2000
_FASTER: Final = "times faster swept"


def main() -> None:
    """Measure what is asked; without `--rows` both, at their full size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadlines", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("sweep", "lookup"))
    asked = parser.parse_args()
    if asked.only != "lookup":
        _sweeps(asked.deadlines, asked.sample, asked.rounds)
    if asked.only != "sweep":
        _lookups(asked.rows)


def _sweeps(deadlines: int, sample: int, rounds: int) -> None:
    swept: list[float] = []
    cold: list[float] = []
    hot: list[float] = []
    with scratch() as folder:
        for number in range(rounds):
            swept.append(_swept(folder / f"{number}-swept.db", deadlines))
            cold.append(_one_by_one(folder / f"{number}-cold.db", sample, hot=False))
            hot.append(_one_by_one(folder / f"{number}-hot.db", sample, hot=True))
            for path in folder.glob(f"{number}-*"):
                path.unlink()
    ratios = [_ratio(swept, slow) for slow in (cold, hot)]
    print_report(
        f"{deadlines:,} deadlines of one day",
        f"python -m benchmarks.sweep_speed --only sweep --deadlines {deadlines}"
        f" --sample {sample} --rounds {rounds}",
        [
            Figure("swept by group commit", tuple(swept), "notices/s"),
            Figure("one by one", tuple(cold), "notices/s", {_FASTER: ratios[0]}),
            Figure("one by one, states hot", tuple(hot), "notices/s", {_FASTER: ratios[1]}),
        ],
    )


def _ratio(fast: list[float], slow: list[float]) -> float:
    return median(one / other for one, other in zip(fast, slow, strict=True))


def _swept(path: Path, deadlines: int) -> float:
    _fill(path, deadlines)
    with Engine.open(f"sqlite:///{path}", clock=SettableClock(DUE)) as engine:
        began = time.perf_counter()
        report = engine.sweep()
        seconds = time.perf_counter() - began
    if report.given != deadlines or report.held:
        raise SystemExit(f"{report.given} given, {len(report.held)} held")
    return deadlines / seconds


def _one_by_one(path: Path, sample: int, *, hot: bool) -> float:
    estates = _fill(path, sample)
    commands = [GiveNotice(estate=one, on=DUE, kind=DeadlineKind.EVALUATION) for one in estates]
    clock = SettableClock(AWARDED)
    with Engine.open(f"sqlite:///{path}", clock=clock) as engine:
        for number, estate in enumerate(estates if hot else ()):
            engine.do(RenameEstate(estate=estate, on=AWARDED, name=f"Noord {number}"))
        clock.set_day(DUE)
        began = time.perf_counter()
        for command in commands:
            engine.do(command)
        seconds = time.perf_counter() - began
    return sample / seconds


def _fill(path: Path, count: int) -> list[EstateId]:
    """Estates awarded on one day, so that the evaluation of each falls due on one day."""
    estates: list[EstateId] = []
    clock = SettableClock(AWARDED)
    with Engine.open(f"sqlite:///{path}", clock=clock, synchronous="NORMAL") as engine:
        for first in range(0, count, _CHUNK):
            items = [_award(number) for number in range(first, min(first + _CHUNK, count))]
            estates += [one.estate for one in engine.take_facts(items) if one.estate]
    return estates


def _award(number: int) -> FactItem:
    fact = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.of(AWARDED),
        provenance=Provenance(source="https://example.org"),
    )
    return FactItem(f"Terrein {number}", ("Voorbeeldstad",), EstateKind.ESTATE, fact)


def _lookups(rows: int) -> None:
    with scratch() as folder:
        path = folder / "rows.db"
        open_store(f"sqlite:///{path}", ALL_VIEWS).close()
        with closing(sqlite3.connect(path)) as connection:
            marks = ", ".join("?" for _ in DEADLINES.columns)
            connection.executemany(f"INSERT INTO view_deadlines VALUES ({marks})", _rows(rows))
            connection.execute("ANALYZE")
            connection.commit()
        clock = SettableClock(DUE)
        with Engine.open(f"sqlite:///{path}", clock=clock) as engine:
            asked = [_timed(engine.next_due_on) for _ in range(_LOOKUPS)]
        store = open_store(f"sqlite:///{path}", ALL_VIEWS)
        raw = [_timed(lambda: next_due(store.read, DUE)) for _ in range(_LOOKUPS)]
        store.close()
    figures = [
        Figure(name, tuple(times), "µs", {"99th percentile, µs": quantiles(times, n=100)[98]})
        for name, times in (("engine.next_due_on()", asked), ("the query alone", raw))
    ]
    print_report(
        f"The next day, among {rows:,} open deadlines ({_LOOKUPS:,} times)",
        f"python -m benchmarks.sweep_speed --only lookup --rows {rows}",
        figures,
    )


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1e6


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    """Open deadlines over three years; two of three wait for their notice."""
    for number in range(count):
        due_on = (DUE + timedelta(days=number * 7919 % 1096 - 300)).isoformat()
        given = {
            "estate_id": f"{number // 8:032x}",
            "due_on": due_on,
            "kind": "reminder",
            "ordinal": number % 8 + 1,
            "anchor_on": AWARDED.isoformat(),
            "anchor_version": 2,
            "rule": "reminder_months:9",
            "holder": "practice",
            "source": "https://example.org",
            "estimated": 0,
            "edition": "kvo-4.0",
            "computed_on": due_on,
            "reason": "",
            "notice": "pending" if due_on > DUE.isoformat() else "given",
        }
        yield tuple(given.get(name) for name in DEADLINES.columns)


if __name__ == "__main__":
    main()
