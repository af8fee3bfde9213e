"""Which figures are told of a side? Medians, spread, percentiles, and ratios round by round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.peers.job import Timing
from benchmarks.peers.sides import Told

_MS = 1e6


@dataclass(frozen=True, slots=True)
class Spread:
    """A median between the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of values; there is at least one."""
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Figures:
    """One side over all rounds; milliseconds, and lifecycles a second.

    `a_second` are the rounds' own: so many lifecycles in so much time. `slower` is how many times
    as long a lifecycle took as ours, round by round; None without ours.
    """

    lifecycles: int
    a_second: Spread
    life_p50: float
    life_p99: float
    step_p50: float
    step_p99: float
    slower: Spread | None


def figures(told: Told, ours: Told | None) -> Figures:
    """The figures of a side that has run at least one round."""
    return _of(told.rounds, told.rounds if ours is None else ours.rounds, ours is not None)


def figures_with_beside(told: Told, ours: Told | None) -> Figures | None:
    """The same with what was done beside the steps in the clock; None where there was nothing."""
    if not any(timing.beside for timings in told.rounds for timing in timings):
        return None
    whole = [
        [Timing(one.steps, one.total + one.beside) for one in timings] for timings in told.rounds
    ]
    return _of(whole, told.rounds if ours is None else ours.rounds, ours is not None)


def _of(
    rounds: Sequence[Sequence[Timing]], ours: Sequence[Sequence[Timing]], compared: bool
) -> Figures:
    lives = [timing.total / _MS for timings in rounds for timing in timings]
    steps = [step / _MS for timings in rounds for timing in timings for step in timing.steps]
    ratios = [_mean(one) / _mean(other) for one, other in zip(rounds, ours, strict=False)]
    return Figures(
        lifecycles=len(lives),
        a_second=Spread.of([1e9 / _mean(timings) for timings in rounds]),
        life_p50=median(lives),
        life_p99=percentile(lives, 0.99),
        step_p50=median(steps),
        step_p99=percentile(steps, 0.99),
        slower=Spread.of(ratios) if compared else None,
    )


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _mean(timings: Sequence[Timing]) -> float:
    return sum(timing.total for timing in timings) / len(timings)
