"""Who is faster at the same job, at equal durability? Installs, runs, and writes table and chart.

    python -m benchmarks.peers
    python -m benchmarks.peers --peers kvob-sqlite dbos-sqlite --rounds 3 --seconds 1

Each peer is installed into an environment of its own under `.bench/peers` the first time. A run
takes about six minutes then. Peers that cannot be installed or started are told in the table.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.peers.chart import chart
from benchmarks.peers.commands_of_a_life import texts
from benchmarks.peers.machine import facts
from benchmarks.peers.roster import BY_NAME, PEERS
from benchmarks.peers.rounds import Plan, take_turns
from benchmarks.peers.table import page


def main() -> None:
    """Run them in turn; exit 1 when a peer that was asked for by name did not do the job."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", nargs="+", choices=BY_NAME, default=list(BY_NAME))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each side in each round")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/0.5.0-peers.md"))
    asked = parser.parse_args()
    plan = Plan(asked.rounds, asked.seconds, warm_seconds=asked.seconds / 2)
    now = datetime.now(UTC)
    environments = Path.cwd() / ".bench" / "peers"
    environments.mkdir(parents=True, exist_ok=True)
    wanted = [peer for peer in PEERS if peer.name in asked.peers]
    # Adapters close nothing when they are killed, so the folder may not be quite empty.
    with tempfile.TemporaryDirectory(
        dir=environments.parent, prefix="run-", ignore_cleanup_errors=True
    ) as made:
        folder = Path(made)
        run = take_turns(wanted, plan, folder, environments, texts(now.date()))
        machine = facts(folder)
    command = f"python -m benchmarks.peers --rounds {plan.rounds} --seconds {plan.seconds:g}"
    if len(wanted) < len(PEERS):
        command += f" --peers {' '.join(peer.name for peer in wanted)}"
    drawn = asked.out.with_suffix(".svg")
    written = page(run, machine, command, drawn.name, f"{now:%Y-%m-%d}")
    asked.out.write_text(written, "utf-8")
    drawn.write_text(chart(run), "utf-8")
    print(written)
    named = asked.peers != list(BY_NAME)
    if named and any(told.failure for told in run.sides):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
