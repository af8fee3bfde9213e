"""Do real processes take turns? The floor runs, a peer without its program is told."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.job import STEPS
from benchmarks.peers.roster import Peer
from benchmarks.peers.rounds import Plan, take_turns

TEXTS = tuple(f"text of {step}" for step in STEPS)
FLOOR = Peer("floor", "floor", "SQLite", "adapters.raw_sqlite", against="floor")
NOBODY = Peer("nobody", "nobody", "its own", "adapters.raw_sqlite", server="umadb")


def test_a_side_runs_is_killed_and_read_back_and_one_that_cannot_start_is_told(
    tmp_path: Path,
) -> None:
    plan = Plan(rounds=2, seconds=0.01, warm_seconds=0.01)
    run = take_turns([FLOOR, NOBODY], plan, tmp_path, tmp_path, TEXTS)
    floor, nobody = run.sides
    assert len(floor.rounds) == 2 and all(timings for timings in floor.rounds)
    assert floor.read_back > 0
    assert "synchronous=FULL" in floor.facts["connection"]
    assert (floor.refused, floor.failure) == ("", "")
    assert nobody.rounds == []
    assert nobody.failure.startswith("NotStarted: ") and "bin/umadb" in nobody.failure
    assert len(run.syncs) == 2 and min(run.syncs) > 0
