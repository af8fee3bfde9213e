"""How many connections to a server, and how long may anything be waited for?"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from kvob_workflow.errors import LimitInvalid

BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "writers": (1, 1_000),
    "readers": (1, 1_000),
    "connect_timeout": (2, 300),
    "lock_timeout": (0.01, 3_600),
    "statement_timeout": (0.01, 86_400),
    "answer_timeout": (0.5, 3_600),
}
"""Lowest and highest value of each; seconds where they are times."""
_WHOLE: Final = ("writers", "readers")


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """The limits of one open store; times in seconds. On a file only `lock_timeout` counts.

    `writers` and `readers` are the most connections of this program that write, and that cannot.
    `lock_timeout` bounds each wait for a lock and for a free connection. `statement_timeout` is
    how long the server may work on one statement. `answer_timeout` is how much longer a server
    may stay silent before its connection counts as gone.
    """

    writers: int = 8
    readers: int = 8
    connect_timeout: float = 10.0
    lock_timeout: float = 5.0
    statement_timeout: float = 60.0
    answer_timeout: float = 15.0

    def __post_init__(self) -> None:
        """Refuses what would wait for ever or never.

        Raises:
            LimitInvalid: a value is out of `BOUNDS`, or no number.
        """
        for one in fields(self):
            check_limit(one.name, getattr(self, one.name))


def check_limit(name: str, value: float | str, shown_as: str | None = None) -> None:
    """Refuses a value out of the bounds of the limit `name`, shown as `shown_as`.

    Raises:
        LimitInvalid: it is.
    """
    lowest, highest = BOUNDS[name]
    number = None if isinstance(value, str | bool) else value
    if name in _WHOLE and not isinstance(number, int):
        number = None
    if number is None or not lowest <= number <= highest:  # NaN is on neither side of a bound
        raise LimitInvalid(shown_as or name, f"{value}", f"{lowest:g}", f"{highest:g}")
