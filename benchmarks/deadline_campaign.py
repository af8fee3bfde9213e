"""Is any deadline missed or doubled in twenty years of trouble? Counted against a model of its own.

    python -m benchmarks.deadline_campaign --deadlines 1000000 --years 20 --processes 2

The estates are spread over four machines, each in another time zone, each with one file and
five nodes. Their certificates are renewed by facts, in the first eight days of a month, mostly in
time, some late, some never. Meanwhile nodes crash before and after commits, restart, sweep at
once and in each other's way, have clocks that are minutes to weeks ahead or behind while nobody
acts, and twice everybody is gone for over 400 days, which a person confirms. `expected` tells
what must have been given without asking the engine. A failure prints the seed.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from benchmarks.expected_deadlines import (
    BEGIN,
    LAST_DAY_OF_ACTS,
    Life,
    expected,
    gaps_of,
    lives_of,
)
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.partial_date import PartialDate
from kvob_workflow import FactKind
from kvob_workflow.errors import StoreUnavailable
from tests.engine.sweep_world import (
    FalteringNode,
    by_alarm,
    fact,
    midnight,
    noon,
    sweep_confirmed,
    told,
)

ZONES: Final = ("Europe/Amsterdam", "UTC", "America/Los_Angeles", "Pacific/Auckland")
SEED: Final = 20261123
_NODES: Final = 5
_DAY: Final = timedelta(days=1)


class Verdict(NamedTuple):
    """What a campaign found; `wrong_days` are notices recorded before the day they fell due."""

    zone: str
    expected: int
    missed: int
    doubled: int
    unexpected: int
    wrong_days: int
    troubles: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether every deadline was announced once, on its day or later."""
        return not (self.missed or self.doubled or self.unexpected or self.wrong_days)


def main() -> None:
    """Run the campaign in the four zones; exit 1 when anything is missed or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadlines", type=int, default=1_000_000)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--child", choices=ZONES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        verdict = campaign(asked.child, asked.deadlines, asked.years, asked.seed)
        print(json.dumps(verdict._asdict()))
        return
    share = -(-asked.deadlines // len(ZONES))
    verdicts = list(_in_zones(share, asked.years, asked.seed, asked.processes))
    _report(verdicts, asked.deadlines, asked.years, asked.seed)
    sys.exit(0 if all(verdict.is_clean for verdict in verdicts) else 1)


def campaign(zone: str, deadlines: int, years: int, seed: int) -> Verdict:
    """One machine's twenty years, on a new file, and what came of them."""
    began = time.perf_counter()
    dice = random.Random(f"{seed}/{zone}")
    end = BEGIN + years * 365 * _DAY
    gaps = tuple(gaps_of(dice, years))
    lives = list(lives_of(dice, deadlines, end, gaps))
    with scratch() as folder:
        machine = _Machine(f"sqlite:///{folder / 'kvob.db'}", dice)
        machine.live(lives, end, gaps)
        counts = _compared(machine.node, lives, end)
        machine.close()
    return Verdict(zone, *counts, machine.troubles, time.perf_counter() - began)


class _Machine:
    """Five nodes on one file, and what happens to them."""

    def __init__(self, url: str, dice: random.Random) -> None:
        self.clock_at = noon(BEGIN)
        self._url = url
        self._dice = dice
        self.nodes = [FalteringNode(url, self, self._new_id) for _ in range(_NODES)]
        self.troubles = 0

    @property
    def node(self) -> FalteringNode:
        return self.nodes[0]

    def now(self) -> datetime:
        return self.clock_at

    def _new_id(self) -> str:
        return f"{self._dice.getrandbits(128):032x}"

    def close(self) -> None:
        for node in self.nodes:
            node.close()

    def live(self, lives: list[Life], end: date, gaps: tuple[tuple[date, date], ...]) -> None:
        acts: dict[date, list[tuple[str, FactKind]]] = defaultdict(list)
        for life in lives:
            for index, day in enumerate(life.awarded):
                kind = FactKind.RECERTIFICATION if index else FactKind.AWARD
                acts[day].append((life.name, kind))
        back = {last + _DAY for _, last in gaps}
        day = BEGIN
        while day <= end:
            if day in back:
                self.clock_at = noon(day) - timedelta(hours=6)
                sweep_confirmed(self.node.engine)
            if not any(first <= day <= last for first, last in gaps):
                self._day(day, acts.get(day, []))
            day += _DAY
        self.clock_at = noon(end)
        sweep_confirmed(self.node.engine)

    def _day(self, day: date, acts: list[tuple[str, FactKind]]) -> None:
        if self._dice.random() < 0.4:
            self._sweep(noon(day) - timedelta(minutes=self._dice.randint(60, 700)))
        if acts:
            self.clock_at = noon(day)
            self._any().engine.take_facts([fact(name, kind, day) for name, kind in acts])
        if self._dice.random() < 0.3:
            self._suffer(day)

    def _any(self) -> FalteringNode:
        return self._dice.choice(self.nodes)

    def _sweep(self, at: datetime) -> None:
        self.clock_at = at
        sweep_confirmed(self._any().engine)

    def _suffer(self, day: date) -> None:
        """Some trouble in the afternoon; a clock is only wrong while nobody acts."""
        self.troubles += 1
        dice, at = self._dice, noon(day) + timedelta(minutes=self._dice.randint(60, 660))
        node = self._any()
        others = [one for one in self.nodes if one is not node]
        roll = dice.randrange(6)
        self.clock_at = at
        if roll < 2:
            node.store.fail_after(dice.randrange(3), committed=roll == 1)
        elif roll == 2:
            node = self._restarted(node)
        elif roll == 3:
            several = dice.sample(others, dice.randint(1, len(others)))
            node.store.before = lambda: [sweep_confirmed(one.engine) for one in several]
        elif roll == 4:
            self.clock_at = at + self._ahead(day)
        else:
            self.clock_at = at - timedelta(minutes=dice.choice((3, 10, 300, 10_000, 60_000)))
        try:
            sweep_confirmed(node.engine)
        except StoreUnavailable:
            node = self._restarted(node)
        node.store.before = node.store.after = None

    def _ahead(self, day: date) -> timedelta:
        if day.day < LAST_DAY_OF_ACTS:
            return timedelta(minutes=self._dice.randint(1, 4))
        next_month = (day.replace(day=1) + 32 * _DAY).replace(day=1)
        return self._dice.random() * (noon(next_month) - noon(day) - _DAY)

    def _restarted(self, node: FalteringNode) -> FalteringNode:
        place = self.nodes.index(node)
        node.close()
        self.nodes[place] = FalteringNode(self._url, self, self._new_id)
        return self.nodes[place]


def _compared(node: FalteringNode, lives: list[Life], end: date) -> tuple[int, int, int, int, int]:
    """Expected, missed, doubled, unexpected, and recorded before the day."""
    totals = [0, 0, 0, 0, 0]
    for life in lives:
        wanted = Counter(expected(life.awarded, end))
        history = node.store.stream(node.engine.find(life.name))
        given = Counter(told(one.event) for one in history if by_alarm(one))
        early = sum(
            1 for one in history if by_alarm(one) and one.at < midnight(_due(one.event.occurred))
        )
        found = (
            sum(wanted.values()),
            sum((wanted - given).values()),
            sum(count - 1 for count in given.values()),
            len(given.keys() - wanted.keys()),
            early,
        )
        totals = [total + more for total, more in zip(totals, found, strict=True)]
    return totals[0], totals[1], totals[2], totals[3], totals[4]


def _due(on: PartialDate) -> date:
    return on.earliest or date.max


def _in_zones(share: int, years: int, seed: int, processes: int) -> Iterator[Verdict]:
    """Each zone in a process of its own, so many at a time."""
    for first in range(0, len(ZONES), processes):
        running = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "benchmarks.deadline_campaign", "--child", zone),
                    *("--deadlines", f"{share}", "--years", f"{years}", "--seed", f"{seed}"),
                ],
                env={**os.environ, "TZ": zone},
                stdout=subprocess.PIPE,
                text=True,
            )
            for zone in ZONES[first : first + processes]
        ]
        for process in running:
            answer, _ = process.communicate()
            if process.returncode:
                sys.exit(f"the campaign broke off; seed {seed}")
            yield Verdict(**json.loads(answer))


def _report(verdicts: list[Verdict], deadlines: int, years: int, seed: int) -> None:
    print(f"### {sum(one.expected for one in verdicts):,} deadlines over {years} years\n")
    print(
        f"`python -m benchmarks.deadline_campaign --deadlines {deadlines} --years {years}"
        f" --seed {seed}`, {versions()}\n"
    )
    names = Verdict._fields
    print(f"| {' | '.join(name.replace('_', ' ') for name in names)} |")
    print(f"|{'---|' * len(names)}")
    for one in verdicts:
        cells = [f"{value:,.0f}" if not isinstance(value, str) else value for value in one]
        print(f"| {' | '.join(cells)} |")
    print()


if __name__ == "__main__":
    main()
