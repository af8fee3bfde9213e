"""How warm is a cell? Its step from 0 to 5, by where its count stands among the others.

Equal counts have equal steps; 0 is always step 0, so that an empty cell looks empty.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class HeatStep:
    """One step for the legend: its class, and the least and the greatest count that it has."""

    css: str
    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The steps of one map; `bounds` are the greatest counts of the steps from 1 on."""

    bounds: tuple[int, ...]
    counts: tuple[int, ...]

    def css(self, count: int) -> str:
        """The class of a count, such as "heat-3"."""
        return f"heat-{self._step(count)}"

    def legend(self) -> tuple[HeatStep, ...]:
        """The steps that occur, the coolest first."""
        found: dict[int, list[int]] = {}
        for count in sorted(self.counts):
            found.setdefault(self._step(count), []).append(count)
        return tuple(HeatStep(f"heat-{step}", has[0], has[-1]) for step, has in found.items())

    def _step(self, count: int) -> int:
        if count <= 0 or not self.bounds:
            return 0
        return min(bisect_left(self.bounds, count) + 1, len(self.bounds))


def heat_of(counts: Iterable[int]) -> Heat:
    """The steps of a map, so that each holds about a fifth of the cells that are not 0."""
    every = tuple(max(count, 0) for count in counts)
    positive = sorted(count for count in every if count > 0)
    if not positive:
        return Heat((), every)
    different = sorted(set(positive))
    if len(different) <= STEPS:
        return Heat(tuple(different), every)
    last = len(positive) - 1
    bounds = tuple(positive[-(-last * step // STEPS)] for step in range(1, STEPS + 1))
    return Heat(tuple(sorted(set(bounds))), every)
