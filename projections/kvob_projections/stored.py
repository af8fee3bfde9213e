"""How does a value stand in a table, and how does it come back?

Days are ISO texts, which sort as the days do; lists of codes are JSON texts; flags are 0 and 1.
Only `str`, `int` and None go in: a driver would have to convert anything else in the hot path.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from kvob_projections.view import Value


class Record(Protocol):
    """A row as the driver gives it, asked by column name."""

    # Any: what a column holds is known to the view that filled it, not to the driver.
    def __getitem__(self, key: str, /) -> Any:
        """The value of a column."""
        ...


def iso(day: date | None) -> str | None:
    """A day as the tables keep it."""
    return None if day is None else day.isoformat()


@lru_cache(maxsize=4096)
def codes_text(codes: Sequence[str]) -> str:
    """A list of codes as JSON text; estates share few different lists."""
    return json.dumps(codes)


def day_in(value: Value) -> date | None:
    """The day in a column."""
    return None if value is None else date.fromisoformat(str(value))


@lru_cache(maxsize=4096)
def codes_in(value: Value) -> tuple[str, ...]:
    """The codes in a column; estates share few different lists."""
    return tuple(json.loads(str(value)))
