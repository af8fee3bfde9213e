"""How long do ten years of 100,000 estates take, and in how much memory? On a virtual clock.

    python -m benchmarks.ten_years --estates 100000 --years 10 --processes 2

The engine and the SQLite file are the real ones; only the clock is set. A sweep runs every day.
Half of the yearly evaluations take place; of the certificates 70 in 100 are renewed, at about
sixty days before the expiry and now and then after it. Both come in as facts, in bulk, as an
import brings them. Each process has its share of the estates on a file of its own, without
waiting for the disk at every commit (synchronous=NORMAL), as a simulation needs no power cut.

Every year the register is compared with a count of its own; at the end every stream is read and
must hold no deadline twice. A failure prints the seed.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.terms import add_years
from kvob_projections.register import RegisterQuery
from kvob_workflow import Engine, EstateKind, FactItem, FactKind, PartialDate, PastFact, Provenance
from kvob_workflow.engine.states import all_streams
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

SEED: Final = 20261123
BEGIN: Final = date(2027, 1, 1)
_CHUNK: Final = 1000
_DAY: Final = timedelta(days=1)
_SOURCE: Final = Provenance(source="https://example.org")


class Run(NamedTuple):
    """What one process did; `peak` is in MiB, times in seconds."""

    living: float
    checking: float
    facts: int
    notices: int
    doubled: int
    wrong_counts: int
    peak: float


def main() -> None:
    """Run the processes side by side; exit 1 when something does not add up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child is not None:
        share = range(asked.child, asked.estates, asked.processes)
        print(json.dumps(_run(share, asked.years, asked.seed)))
        return
    began = time.perf_counter()
    runs = list(_side_by_side(asked))
    wall = time.perf_counter() - began
    _report(asked, runs, wall)
    if any(run.doubled or run.wrong_counts for run in runs):
        sys.exit(f"something does not add up; seed {asked.seed}")


def _side_by_side(asked: argparse.Namespace) -> Iterator[Run]:
    given = [f"--{name}={getattr(asked, name)}" for name in ("estates", "years", "seed")]
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.ten_years", *given),
                *(f"--processes={asked.processes}", f"--child={number}"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(asked.processes)
    ]
    for process in running:
        answer, _ = process.communicate()
        if process.returncode:
            sys.exit(f"a process failed; seed {asked.seed}")
        yield Run(*json.loads(answer))


def _run(numbers: range, years: int, seed: int) -> Run:
    with scratch() as folder:
        path = folder / "kvob.db"
        began = time.perf_counter()
        lived = _Lived(path, numbers, random.Random(f"{seed}/{numbers.start}"))
        lived.through(years)
        middle = time.perf_counter()
        notices, doubled = _read(path)
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return Run(
            living=middle - began,
            checking=time.perf_counter() - middle,
            facts=lived.facts,
            notices=notices,
            doubled=doubled + abs(notices - lived.given),
            wrong_counts=lived.wrong_counts,
            peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
        )


class _Lived:
    """The years of one file: what is to happen by day, and when each certificate ends."""

    def __init__(self, path: Path, numbers: range, dice: random.Random) -> None:
        self.facts = self.given = self.wrong_counts = 0
        self._dice = dice
        self._numbers = numbers
        self._ahead: defaultdict[date, list[tuple[int, FactKind]]] = defaultdict(list)
        self._expires: dict[int, date] = {}
        self._clock = SettableClock(BEGIN)
        self._url = f"sqlite:///{path}"

    def through(self, years: int) -> None:
        """Live: every day a sweep, then what people report."""
        with Engine.open(self._url, clock=self._clock, synchronous="NORMAL") as engine:
            self._begin(engine)
            day, end = BEGIN, add_years(BEGIN, years)
            while day < end:
                self._clock.set_day(day)
                # After it nothing is owed: the facts of the day bring no notice of their own.
                self.given += engine.sweep().given
                acts = self._ahead.pop(day, [])
                self._take(engine, [(number, kind, day) for number, kind in acts])
                day += _DAY
                if (day.month, day.day) == (1, 1):
                    self._compare(engine, day - _DAY)

    def _begin(self, engine: Engine) -> None:
        awards = [
            (number, FactKind.AWARD, BEGIN - self._dice.randrange(1, 1095) * _DAY)
            for number in self._numbers
        ]
        self._take(engine, awards)

    def _take(self, engine: Engine, acts: list[tuple[int, FactKind, date]]) -> None:
        for first in range(0, len(acts), _CHUNK):
            chunk = acts[first : first + _CHUNK]
            engine.take_facts([_fact(*act) for act in chunk])
        self.facts += len(acts)
        for number, kind, day in acts:
            if kind is not FactKind.EVALUATION:
                self._certified(number, day)

    def _certified(self, number: int, day: date) -> None:
        begin = max(day, self._expires.get(number, day))
        expires = add_years(begin, 3)
        self._expires[number] = expires
        dice = self._dice
        for year in (1, 2):
            if dice.random() < 0.5:
                on = add_years(begin, year) - dice.randrange(60) * _DAY
                self._plan(on, number, FactKind.EVALUATION)
        if dice.random() < 0.7:
            on = expires - round(dice.gauss(60, 40)) * _DAY
            self._plan(on, number, FactKind.RECERTIFICATION)

    def _plan(self, day: date, number: int, kind: FactKind) -> None:
        if day >= BEGIN:
            self._ahead[day].append((number, kind))

    def _compare(self, engine: Engine, day: date) -> None:
        shown = len(engine.register(RegisterQuery(day=day, status=Status.VALID, limit=None)).items)
        if shown != sum(1 for expires in self._expires.values() if day < expires):
            self.wrong_counts += 1
            print(f"{day}: the register shows {shown}", file=sys.stderr)


def _fact(number: int, kind: FactKind, day: date) -> FactItem:
    fact = PastFact(kind=kind, on=PartialDate.of(day), provenance=_SOURCE)
    return FactItem(f"Terrein {number}", (f"Gemeente {number % 342}",), EstateKind.ESTATE, fact)


def _read(path: Path) -> tuple[int, int]:
    """How many notices the streams hold, and how many of them twice."""
    notices = doubled = 0
    store = open_store(f"sqlite:///{path}")
    for _, history in all_streams(store):
        keys = [
            one.event.key
            for one in history
            if isinstance(one.event, NoticeGiven | CertificateExpired)
        ]
        notices += len(keys)
        doubled += len(keys) - len(set(keys))
    store.close()
    return notices, doubled


def _report(asked: argparse.Namespace, runs: list[Run], wall: float) -> None:
    print_report(
        f"{asked.years} years of {asked.estates:,} estates, {asked.processes} processes",
        f"python -m benchmarks.ten_years --estates {asked.estates} --years {asked.years}"
        f" --seed {asked.seed} --processes {asked.processes}",
        [
            Figure("whole run, with checking", (wall,), "s"),
            Figure("a process: the years", tuple(run.living for run in runs), "s"),
            Figure("a process: reading every stream", tuple(run.checking for run in runs), "s"),
            Figure("facts taken in", (sum(run.facts for run in runs),), ""),
            Figure("notices given", (sum(run.notices for run in runs),), ""),
            Figure("deadlines announced twice", (sum(run.doubled for run in runs),), ""),
            Figure(
                "years in which the register differed", (sum(r.wrong_counts for r in runs),), ""
            ),
            Figure("peak memory, all processes", (sum(run.peak for run in runs),), "MiB"),
        ],
    )


if __name__ == "__main__":
    main()
