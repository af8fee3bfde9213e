"""How fast are all views rebuilt, against the floor, and do readers notice?

    python -m benchmarks.rebuild_speed --events 1000000 --rounds 2 --processes 1 2
    python -m benchmarks.rebuild_speed --store postgres --write

The sides run in turn in every round, each rebuild in a process of its own: `engine.rebuild()` is
timed whole, from the opened store to the swap, with and without the comparison of every row with
the live one. N processes beside the one that writes make the rows; 1 means that it does all.
Memory is that of the process and all it started, as the system counts it (shared pages twice). A
reader asks for pages of the board all the time, in one more process, in a run of its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Final, TypedDict

from benchmarks.mixed_portfolio import make
from benchmarks.rebuild_sides import Timed, floor, one_by_one
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_projections.board import BoardQuery
from kvob_workflow.engine import Engine
from kvob_workflow.testing import SettableClock
from tests.postgres_server import server

_TODAY: Final = date(2026, 11, 28)
_RESULT: Final = Path("benchmarks/results/0.5.0-rebuild.md")
_SECONDS_BEFORE: Final = 8.0
_ONE_BY_ONE: Final = 5_000


class Run(TypedDict):
    """One rebuild: from when to when (monotonic), and when its swap began; its memory in MiB.

    `cpu` are the seconds that it and what it started computed, on this side of a server.
    """

    begin: float
    swap: float
    end: float
    events: int
    cpu: float
    peak: float


def main() -> None:
    """Measure, print."""
    asked = _asked()
    if asked.child == "rebuild":
        print(json.dumps(_rebuild(asked.url, asked.processes[0], compare=asked.compare)))
    elif asked.child == "read":
        _read(asked.url)
    else:
        with _place(asked) as url:
            text = _measured(url, asked)
        print(text)
        if asked.write:
            _RESULT.touch()
            _RESULT.write_text(_RESULT.read_text() + text)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--url", help="a store that is there, made by mixed_portfolio")
    parser.add_argument("--write", action="store_true", help=f"add the tables to {_RESULT}")
    parser.add_argument("--child", choices=("rebuild", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--compare", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def _place(asked: argparse.Namespace) -> Generator[str]:
    if asked.url is not None:
        yield asked.url
    elif asked.store == "sqlite":
        with scratch() as folder:
            url = f"sqlite:///{folder / 'rebuilt.db'}"
            make(url, asked.events)
            yield url
    else:
        with server(durable=True) as running:
            make(running.url(), asked.events)
            yield running.url()


def _measured(url: str, asked: argparse.Namespace) -> str:
    sides = [(number, compare) for number in asked.processes for compare in (True, False)]
    floors: list[Timed] = []
    runs: dict[tuple[int, bool], list[Run]] = {side: [] for side in sides}
    for _ in range(asked.rounds):
        floors.append(floor(url))
        for side in sides:
            runs[side].append(_child(url, *side))
    slow = one_by_one(url, _ONE_BY_ONE)
    events = runs[sides[0]][0]["events"]
    lines = [
        f"### Rebuild of all views from {events:,} events, {asked.store}\n",
        f"`python -m benchmarks.rebuild_speed --events {asked.events} --rounds {asked.rounds}"
        f" --processes {' '.join(map(str, asked.processes))} --store {asked.store}`,"
        f" {versions()}\n",
        "| side | events/s, median | lowest | highest | of the floor | CPU µs an event |"
        " peak MiB |",
        "|---|---|---|---|---|---|---|",
        _line("floor: orjson and the same rows", floors, floors, ()),
    ]
    for (number, compare), found in runs.items():
        times = [Timed(one["events"], one["end"] - one["begin"], one["cpu"]) for one in found]
        name = f"rebuild, {number} process{'es' if number > 1 else ''}"
        name += "" if compare else ", not compared"
        lines.append(_line(name, times, floors, [one["peak"] for one in found]))
    name = f"one event a transaction ({slow.events:,} events)"
    lines += [_line(name, [slow], floors, ()), "", *_readers(url), ""]
    return "\n".join(lines)


def _line(
    name: str, times: Sequence[Timed], floors: Sequence[Timed], peaks: Sequence[float]
) -> str:
    rates = [one.rate for one in times]
    share = median(one.rate / other.rate for one, other in zip(times, floors, strict=False))
    cpu = median(one.cpu / one.events for one in times) * 1e6
    cells = (*(f"{one:,.0f}" for one in (median(rates), min(rates), max(rates))), f"{share:.2f}")
    cells = (*cells, f"{cpu:.1f}")
    return f"| {name} | {' | '.join(cells)} | {f'{max(peaks):,.0f}' if peaks else ''} |"


def _readers(url: str) -> list[str]:
    """What a reader of the board waits before, while and just when tables are traded."""
    command = [*_command(url), "--child", "read"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        time.sleep(_SECONDS_BEFORE)
        run = _child(url, 1, compare=True)
        time.sleep(1)
        out, _ = reader.communicate(b"enough\n")
    asked: list[tuple[float, float]] = json.loads(out)
    first = min(at for at, _ in asked)
    parts = {
        "nothing else": [ms for at, ms in asked if first + 1 < at < run["begin"]],
        "the whole rebuild": [ms for at, ms in asked if run["begin"] < at < run["end"]],
        "the swap, from a second before it": [
            ms for at, ms in asked if run["swap"] - 1 < at < run["end"] + 0.5
        ],
    }
    lines = [
        "| a page of 50 of the board during | pages | median ms | p99 ms | longest ms |",
        "|---|---|---|---|---|",
    ]
    for name, waits in parts.items():
        late = quantiles(waits, n=100)[98]
        figures = f"{median(waits):.1f} | {late:.1f} | {max(waits):.1f}"
        lines.append(f"| {name} | {len(waits)} | {figures} |")
    return [*lines, "", f"The swap took {(run['end'] - run['swap']) * 1e3:.0f} ms."]


def _child(url: str, processes: int, compare: bool) -> Run:
    """One rebuild in a process of its own, and the most memory that all of it held."""
    command = [*_command(url), "--child", "rebuild", "--processes", str(processes)]
    command += ["--compare"] if compare else []
    peak = [0.0]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as started:
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(started.pid, peak, over))
        watch.start()
        out, _ = started.communicate()
        over.set()
        watch.join()
    if started.returncode:
        sys.exit(f"the rebuild ended with {started.returncode}")
    run: Run = json.loads(out)
    run["peak"] = peak[0]
    return run


def _command(url: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.rebuild_speed", "--url", url]


def _watch(pid: int, peak: list[float], over: threading.Event) -> None:
    """Looks every twentieth of a second what a process and its children hold (Linux)."""
    while not over.wait(0.05):
        peak[0] = max(peak[0], sum(map(_held, _tree(pid))))


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        found += map(int, children)
    return found


def _held(pid: int) -> float:
    try:
        return (
            int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            * os.sysconf("SC_PAGESIZE")
            / 2**20
        )
    except OSError:
        return 0.0


def _rebuild(url: str, processes: int, *, compare: bool) -> Run:
    """In a child."""
    swaps: list[float] = []

    def progress(now: object) -> None:
        if getattr(now, "stage", "") == "swapping":
            swaps.append(time.monotonic())

    with closing(Engine.open(url, clock=SettableClock(_TODAY))) as engine:
        begin, spent = time.monotonic(), _spent()
        report = engine.rebuild(processes=processes, compare=compare, progress=progress)
        end = time.monotonic()
        if report.differing or report.behind:
            sys.exit(f"{report.differing} rows differ, {len(report.behind)} are behind")
    cpu = _spent() - spent
    return Run(begin=begin, swap=swaps[0], end=end, events=report.events, cpu=cpu, peak=0.0)


def _spent() -> float:
    here, ended = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return here.ru_utime + here.ru_stime + ended.ru_utime + ended.ru_stime


def _read(url: str) -> None:
    """In a child: page after page, until a line comes in."""
    enough = threading.Event()

    def wait() -> None:
        sys.stdin.readline()
        enough.set()

    threading.Thread(target=wait, daemon=True).start()
    asked: list[tuple[float, float]] = []
    with closing(Engine.open(url, clock=SettableClock(_TODAY))) as engine:
        places = [None, *(f"Gemeente {number}" for number in range(0, 342, 7))]
        while not enough.is_set():
            place = places[len(asked) % len(places)]
            begin = time.monotonic()
            engine.board(BoardQuery(day=_TODAY, municipality=place, limit=50))
            asked.append((begin, (time.monotonic() - begin) * 1e3))
    print(json.dumps(asked))


if __name__ == "__main__":
    main()
