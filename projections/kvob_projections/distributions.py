"""What is the middle of many numbers of days? Exact, from how often each number occurs.

The store counts how often each number of days occurs, a few thousand groups at most; nothing is
sampled and nothing is rounded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

QUARTILES_AND_TAIL: Final = (25, 75, 90)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Some numbers of days: how many, their median, percentiles and ends.

    The median of an even number is the mean of the middle two. A percentile is the smallest
    observed number that at least so many per cent do not exceed.
    """

    n: int
    median: float
    p25: int
    p75: int
    p90: int
    minimum: int
    maximum: int


def distribution(counted: Iterable[tuple[int, int]]) -> Distribution | None:
    """The distribution of (number of days, how often it occurs); None of nothing."""
    often = sorted(counted)
    n = sum(times for _, times in often)
    if not n:
        return None
    lower, upper = _at(often, (n + 1) // 2), _at(often, n // 2 + 1)
    middle = (lower + upper) / 2
    p25, p75, p90 = (_at(often, -(-n * percent // 100)) for percent in QUARTILES_AND_TAIL)
    return Distribution(n, middle, p25, p75, p90, often[0][0], often[-1][0])


def _at(often: list[tuple[int, int]], rank: int) -> int:
    """The number at a rank, from 1."""
    seen = 0
    for days, times in often:
        seen += times
        if seen >= rank:
            return days
    raise IndexError(rank)
