"""How do people write and read days? In words, with how far away they are; and as they type them.

A civil day is one of Europe/Amsterdam. A day is read as 2026-12-31, or as the Dutch write it:
31-12-2026, 31/12/2026 or 31 december 2026. Nothing is guessed: two figures are no year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from kvob_domain.words import MONTHS, Text
from kvob_workflow.clock import AMSTERDAM

if TYPE_CHECKING:
    from kvob_domain.words import Language

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DUTCH: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2})\s+([a-zé]+)\.?\s+(\d{4})", re.ASCII)
_SHOWN: Final = 40

_IN_DAYS, _IN_WEEKS, _IN_MONTHS = 14, 60, 731
_UNITS: Final = {
    "day": (Text("dag", "day"), Text("dagen", "days")),
    "week": (Text("week", "week"), Text("weken", "weeks")),
    "month": (Text("maand", "month"), Text("maanden", "months")),
    "year": (Text("jaar", "year"), Text("jaar", "years")),
}


@dataclass(eq=False)
class DayUnreadable(Invalid):
    """A text that is no day, or a day that does not exist. `why` says which of the two."""

    code: ClassVar[str] = "day-unreadable"
    nl: ClassVar[str] = "'{text}' is geen dag: {why}. Schrijf een dag als 31-12-2026 of 2026-12-31."
    en: ClassVar[str] = "'{text}' is no day: {why}. Write a day as 31-12-2026 or 2026-12-31."
    text: str
    why: Text


def day_of(text: str) -> date:
    """The day that a person typed.

    Raises:
        DayUnreadable: it is none.
    """
    plain = text.strip()
    parts = _parts(plain.casefold())
    shown = plain[:_SHOWN]
    if parts is None:
        raise DayUnreadable(shown, Text("zo wordt geen dag geschreven", "no day is written so"))
    year, month, day = parts
    if not FIRST_YEAR <= year <= LAST_YEAR:
        span = f"{FIRST_YEAR}-{LAST_YEAR}"
        raise DayUnreadable(
            shown, Text(f"het jaar ligt buiten {span}", f"its year is outside {span}")
        )
    if not 1 <= month <= 12:
        raise DayUnreadable(shown, Text(f"er is geen maand {month}", f"there is no month {month}"))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = MONTHS[month - 1]
        raise DayUnreadable(
            shown,
            Text(f"{name.nl} {year} heeft {last} dagen", f"{name.en} {year} has {last} days"),
        )
    return date(year, month, day)


def in_words(day: date, language: Language) -> str:
    """Such as "3 juni 2027"."""
    return f"{day.day} {MONTHS[day.month - 1].of(language)} {day.year}"


def month_in_words(day: date, language: Language) -> str:
    """Such as "juni 2027"."""
    return f"{MONTHS[day.month - 1].of(language)} {day.year}"


def partly_in_words(day: PartialDate, language: Language) -> str:
    """A day of which only a part may be known: "juni 2027", "2027", "datum onbekend"."""
    exact = day.exact()
    if exact is not None:
        return in_words(exact, language)
    if day.earliest is None:
        return "datum onbekend" if language == "nl" else "date unknown"
    if day.precision == "month":
        return month_in_words(day.earliest, language)
    return str(day.earliest.year)


def distance(day: date, today: date, language: Language) -> str:
    """How far a day lies from today: "vandaag", "over 6 maanden", "3 weken geleden"."""
    days = (day - today).days
    if days in _NEAR:
        return _NEAR[days].of(language)
    told = length(min(day, today), max(day, today), language)
    if language == "nl":
        return f"over {told}" if days > 0 else f"{told} geleden"
    return f"in {told}" if days > 0 else f"{told} ago"


_NEAR: Final = {
    0: Text("vandaag", "today"),
    1: Text("morgen", "tomorrow"),
    -1: Text("gisteren", "yesterday"),
}


def length(first: date, last: date, language: Language) -> str:
    """How long it is from one day to a later one, in the unit that people would use."""
    days = (last - first).days
    if days < _IN_DAYS:
        return _counted(days, "day", language)
    if days < _IN_WEEKS:
        return _counted(days // 7, "week", language)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if days < _IN_MONTHS:
        return _counted(months, "month", language)
    return _counted(months // 12, "year", language)


def instant_in_words(instant: datetime, language: Language) -> str:
    """An instant as the clock stood in Amsterdam: "3 juni 2027, 14:05"."""
    local = instant.astimezone(AMSTERDAM)
    return f"{in_words(local.date(), language)}, {local:%H:%M}"


def _counted(number: int, unit: str, language: Language) -> str:
    one, many = _UNITS[unit]
    return f"{number} {(one if number == 1 else many).of(language)}"


def _parts(text: str) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DUTCH.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _NAMED.fullmatch(text):
        month = _month(found[2])
        return None if month is None else (int(found[3]), month, int(found[1]))
    return None


def _month(name: str) -> int | None:
    if len(name) < 3:
        return None
    for number, words in enumerate(MONTHS, start=1):
        if any(one.casefold().startswith(name) for one in words):
            return number
    return 3 if name == "mrt" else None
