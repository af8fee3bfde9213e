"""What is one line of a figure? Its numbers, what they are of, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kvob_projections.distributions import Distribution


def _nothing() -> Mapping[str, int]:
    return {}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line. `key` is a step, a body or "" for the whole; `month` is YYYY-MM.

    `n` is how many were counted, `of` the denominator of `share` (n / of; None where there is
    none or it is 0). `days` are the numbers of days of those `n`. `parts` says how `n` or what
    is beside it is made up, by code; `left_out` what could not be counted, by reason.
    """

    key: str
    n: int
    of: int | None = None
    share: float | None = None
    days: Distribution | None = None
    month: str | None = None
    parts: Mapping[str, int] = field(default_factory=_nothing)
    left_out: Mapping[str, int] = field(default_factory=_nothing)


class Counted(NamedTuple):
    """The lines of a figure, and what was left out of all of them."""

    rows: tuple[FigureRow, ...]
    left_out: Mapping[str, int]


def share_of(n: int, of: int) -> float | None:
    """Which part `n` is; None of nothing."""
    return n / of if of else None
