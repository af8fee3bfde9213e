"""Which days does a value mean? A day, month or year, or so far from today on.

2027-03   the month    90d 12w 9m 1j   so many days, weeks, months or years ahead    vandaag
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.partial_date import PartialDate, PartialDateMalformed
from kvob_domain.terms import add_days, add_months
from kvob_domain.words import MONTHS, Language
from kvob_workflow.web.query_box.vocabulary import folded_word

_AHEAD: Final = re.compile(r"([0-9]{1,4})([dwmyj])", re.IGNORECASE)
_DUTCH: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_TODAY: Final = ("vandaag", "today")


class Days(NamedTuple):
    """The first day and the last one, inclusive; alike for a single day.

    `is_ahead`: counted from today, so that behind a colon it means up to and including that day.
    """

    first: date
    last: date
    is_ahead: bool = False


class Bounds(NamedTuple):
    """From `begin` (inclusive) to `end` (exclusive); None is no bound."""

    begin: date | None
    end: date | None


def days_of(value: str, today: date) -> Days | None:
    """The days that a value means; None when it means none that the calendar has."""
    if folded_word(value) in _TODAY:
        return Days(today, today)
    ahead = _AHEAD.fullmatch(value)
    try:
        if ahead is not None:
            day = _ahead(today, int(ahead[1]), ahead[2].lower())
            return Days(day, day, is_ahead=True)
        partial = PartialDate.parse(value)
    except (PartialDateMalformed, OverflowError, ValueError):
        return None
    if partial.earliest is None or partial.latest is None:
        return None
    return Days(partial.earliest, partial.latest)


def bounds_of(operator: str, days: Days, today: date) -> Bounds:
    """What lies before, after or within the days.

    Raises:
        OverflowError: the calendar ends there.
    """
    if operator == "<":
        return Bounds(None, days.first)
    if operator == "<=":
        return Bounds(None, add_days(days.last, 1))
    if operator == ">":
        return Bounds(add_days(days.last, 1), None)
    if operator == ">=":
        return Bounds(days.first, None)
    begin = today if days.is_ahead else days.first
    return Bounds(begin, add_days(days.last, 1))


def as_iso(value: str) -> str | None:
    """A day that was written day first, as the box reads it; None where it is none."""
    found = _DUTCH.fullmatch(value)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None


def told(bounds: Bounds, language: Language) -> str:
    """Bounds in words."""
    parts: list[str] = []
    if bounds.begin is not None:
        parts.append(("vanaf " if language == "nl" else "from ") + _day(bounds.begin, language))
    if bounds.end is not None:
        parts.append(("voor " if language == "nl" else "before ") + _day(bounds.end, language))
    return ", ".join(parts)


def _day(day: date, language: Language) -> str:
    return f"{day.day} {MONTHS[day.month - 1].of(language)} {day.year}"


def _ahead(today: date, number: int, unit: str) -> date:
    if unit in "dw":
        return add_days(today, number * (7 if unit == "w" else 1))
    return add_months(today, number * (1 if unit == "m" else 12))
