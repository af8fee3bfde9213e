"""How many facts come in per second, and in how much memory? Against raw sqlite3.

    python -m benchmarks.import_speed --estates 100000 --rounds 3

Measured end to end on one core into a new file with durable commits: read the CSV, parse,
decide, encode, insert, view rows, commit. The floor inserts the stored bytes of the same import
with `executemany`, as many events a transaction; it writes no view rows. Both run in turn in
every round, each in its own process, whose peak memory is that of the import alone.
"""

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TypedDict

from benchmarks.floor import open_floor
from benchmarks.generate_history import write_history
from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.importing.run import ROWS_PER_CHUNK


class Run(TypedDict):
    """What one process measured; `peak` is in MiB."""

    seconds: float
    facts: int
    peak: float


def main() -> None:
    """Run the rounds and print the medians and the ratio."""
    asked = _asked()
    if asked.child == "import":
        print(json.dumps(measure_import(asked.history, asked.store)))
    elif asked.child == "floor":
        print(json.dumps(measure_floor(asked.history, asked.store)))
    else:
        _rounds(asked)


def measure_import(history: Path, store: Path) -> Run:
    """Import a history into a new store."""
    with Engine.open(f"sqlite:///{store}") as engine:
        begin = time.perf_counter()
        report = import_file(engine, history)
        seconds = time.perf_counter() - begin
    if report.accepted + report.duplicates != report.rows:
        sys.exit(f"not all rows were taken in: {report.rejected[:3]}")
    return Run(seconds=seconds, facts=report.rows, peak=_peak())


def measure_floor(imported: Path, store: Path) -> Run:
    """Insert the stored bytes of an import; reading them is not counted."""
    source = sqlite3.connect(f"file:{imported}?mode=ro", uri=True)
    target = open_floor(store)
    events = source.execute(
        "SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
    )
    seconds, count = 0.0, 0
    while chunk := events.fetchmany(ROWS_PER_CHUNK):
        begin = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        target.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?)", chunk)
        target.execute("COMMIT")
        seconds += time.perf_counter() - begin
        count += len(chunk)
    source.close()
    target.close()
    return Run(seconds=seconds, facts=count, peak=_peak())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("--child", choices=("import", "floor"), help=argparse.SUPPRESS)
    parser.add_argument("--history", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _rounds(asked: argparse.Namespace) -> None:
    imports: list[Run] = []
    floors: list[Run] = []
    with scratch() as folder:
        history = Path(folder) / "history.csv"
        write_history(history, asked.estates, shuffle=asked.shuffle)
        for number in range(asked.rounds):
            stores = [Path(folder) / f"{number}-{side}.db" for side in ("import", "floor")]
            imports.append(_child("import", history, stores[0]))
            floors.append(_child("floor", stores[0], stores[1]))
            for store in stores:
                store.unlink()
    shuffled = " --shuffle" if asked.shuffle else ""
    command = (
        f"python -m benchmarks.import_speed --estates {asked.estates} --rounds {asked.rounds}"
        f"{shuffled}"
    )
    _report(command, imports, floors)


def _child(side: str, history: Path, store: Path) -> Run:
    """One side in a process of its own, kept to one core where the system can."""
    arguments = ["--child", side, "--history", str(history), "--store", str(store)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.import_speed", *arguments],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        preexec_fn=_keep_to_one_core if hasattr(os, "sched_setaffinity") else None,
    )
    measured: Run = json.loads(done.stdout)
    return measured


def _keep_to_one_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _peak() -> float:
    """The most memory that this process has held, in MiB; macOS counts bytes, Linux KiB."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _report(command: str, imports: list[Run], floors: list[Run]) -> None:
    fast = [run["facts"] / run["seconds"] for run in imports]
    raw = [run["facts"] / run["seconds"] for run in floors]
    ratios = sorted(one / other for one, other in zip(fast, raw, strict=True))
    peaks = tuple(run["peak"] for run in imports)
    figures = [
        Figure("import", tuple(fast), "facts/s", {"share of the floor": ratios[len(ratios) // 2]}),
        Figure("raw sqlite3 (floor)", tuple(raw), "events/s"),
        Figure("peak memory of the import", peaks, "MiB"),
    ]
    print_report(f"Import of {imports[0]['facts']:,} facts", command, figures)


if __name__ == "__main__":
    main()
