"""Does a random walk lead to the same place? One seed; `benchmarks.conformance_walk` takes more."""

from __future__ import annotations

from typing import Final

from tests.conformance.walking import Walk
from tests.conformance.world import World

_STEPS: Final = 150
_SEED: Final = 5


def story(world: World) -> None:
    """A short walk over five estates and those that come."""
    walk = Walk(world, _SEED)
    for number in range(1, _STEPS + 1):
        walk.step(number)
