"""How sure is a number of days? Exact, or left out of the figures and counted apart.

A figure must never rest on a day that nobody knows: what a source gives as a year or a month
has no exact duration, and what was imported with gaps hides what happened in between.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kvob_domain.terms import days_between
from kvob_domain.words import Text


class Sureness(StrEnum):
    """Why a duration counts, or does not."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    GAP = "gap"
    OPEN = "open"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _WORDS[self]


_WORDS = {
    Sureness.EXACT: Text("gemeten", "measured"),
    Sureness.ESTIMATED: Text("dag deels bekend", "day partly known"),
    Sureness.GAP: Text("tussenliggende stappen onbekend", "steps in between unknown"),
    Sureness.OPEN: Text("loopt nog", "still running"),
}


class Span(NamedTuple):
    """The days that something can have happened on: the earliest and the latest, both inclusive."""

    earliest: date | None
    latest: date | None

    @property
    def exact(self) -> date | None:
        """The day, where there is only one that it can have been."""
        return self.earliest if self.earliest == self.latest else None


def days_in(begin: Span, end: Span) -> int | None:
    """The days from one to the other; None where one is partly known, or both contradict."""
    first, last = begin.exact, end.exact
    if first is None or last is None or last < first:
        return None
    return days_between(first, last)
