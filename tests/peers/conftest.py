"""What do the tests of the harness share? A run that is made up, figure by figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.peers.job import STEPS, Timing
from benchmarks.peers.roster import BY_NAME
from benchmarks.peers.rounds import Plan, Run
from benchmarks.peers.sides import Told

_MS = 1_000_000
Made = Callable[..., Told]


@pytest.fixture
def made() -> Made:
    """Makes a side whose lifecycles took so many milliseconds each, round by round."""

    def make(name: str, *rounds: list[int], beside: int = 0) -> Told:
        told = Told(BY_NAME[name], facts={"version": "1"}, read_back=2)
        for lives in rounds:
            told.rounds.append(
                [Timing([one * _MS // 8] * len(STEPS), one * _MS, beside * _MS) for one in lives]
            )
        return told

    return make


@pytest.fixture
def run(made: Made) -> Run:
    """Ours, a peer that is ten times slower, and one that failed."""
    failed = Told(BY_NAME["temporal"], failure="NotStarted: no <program> | here")
    ours = made("kvob-sqlite", [2, 2], [4, 4], beside=6)
    sides = [ours, made("dbos-sqlite", [20, 20], [40, 40]), failed]
    return Run(Plan(rounds=2), sides, syncs=[1234.0, 5678.0])
