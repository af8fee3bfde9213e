"""How do the sides take turns? A B C A B C, every one open all the time, each failure kept.

The disk's own speed is measured before each round, in the same folder.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers.children import Child, Failed
from benchmarks.peers.environments import NotInstalled, python_of
from benchmarks.peers.machine import syncs_a_second
from benchmarks.peers.roster import Peer
from benchmarks.peers.servers import NotStarted, running
from benchmarks.peers.sides import Side, Told


@dataclass(frozen=True, slots=True)
class Plan:
    """How long it goes on: rounds, and seconds for each side in each."""

    rounds: int = 5
    seconds: float = 3.0
    warm_seconds: float = 2.0


@dataclass
class Run:
    """Everything that was told in one run."""

    plan: Plan
    sides: list[Told] = field(default_factory=list[Told])
    syncs: list[float] = field(default_factory=list[float])


def take_turns(
    peers: Iterable[Peer], plan: Plan, folder: Path, environments: Path, texts: Sequence[str]
) -> Run:
    """Open every peer, run the rounds, read everything back after a kill, end them all."""
    run = Run(plan)
    with ExitStack() as stack:
        sides: list[Side] = []
        for peer in peers:
            made = _made(peer, folder / peer.name, environments, texts, stack)
            run.sides.append(made.told if isinstance(made, Side) else made)
            if isinstance(made, Side):
                stack.callback(made.end)
                sides.append(made)
        _each(sides, "warming up", lambda side: side.warm(plan.warm_seconds))
        for number in range(plan.rounds):
            run.syncs.append(syncs_a_second(folder))
            _each(sides, f"round {number + 1}", lambda side: side.round(plan.seconds))
        _each(sides, "reading back after a kill", Side.check)
    return run


def _made(
    peer: Peer, folder: Path, environments: Path, texts: Sequence[str], stack: ExitStack
) -> Side | Told:
    """The side, open and warm; or what kept it from running."""
    print(f"{peer.name}: starting", file=sys.stderr)
    folder.mkdir()
    try:
        python = Path(sys.executable)
        if peer.environment:
            python = python_of(peer.environment, environments)
        home = environments / peer.environment
        server = stack.enter_context(running(peer.server, home, folder, peer.schema))

        def start() -> Child:
            return Child(python, peer.adapter, folder / "adapter.log")

        return Side(peer, server, start, folder, texts)
    except (Failed, NotInstalled, NotStarted) as error:
        print(f"{peer.name}: {error}", file=sys.stderr)
        return Told(peer, failure=f"{type(error).__name__}: {error}")


def _each(sides: Sequence[Side], what: str, act: Callable[[Side], object]) -> None:
    """Let each side act that has not failed; who fails now is out, and says why."""
    for side in sides:
        if side.told.failure:
            continue
        print(f"{what}: {side.told.peer.name}", file=sys.stderr)
        try:
            act(side)
        except (Failed, NotStarted) as error:
            print(f"{side.told.peer.name}: {error}", file=sys.stderr)
            side.told.failure = f"{what}: {error}"
            side.end()
