"""How do people type a day of which only a part may be known?

As a day, or as 06-2019, 2019-06, juni 2019, or 2019. Nothing typed is an unknown day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvob_domain.partial_date import PartialDate, PartialDateMalformed
from kvob_domain.words import MONTHS, Text
from kvob_workflow.web.dates import DayUnreadable, day_of

if TYPE_CHECKING:
    from datetime import date

_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_DUTCH_MONTH: Final = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_NAMED_MONTH: Final = re.compile(r"([a-zé]{3,12})\.?\s+(\d{4})")
_SHOWN: Final = 40


def part_day_of(text: str) -> PartialDate:
    """The day, month or year that a person typed.

    Raises:
        DayUnreadable: it is none of them.
    """
    plain = text.strip().casefold()
    if not plain:
        return PartialDate()
    year, month = _parts(plain)
    if year is None:
        return PartialDate.of(day_of(text))
    try:
        return PartialDate(year, month)
    except PartialDateMalformed:
        shown = text.strip()[:_SHOWN]
        raise DayUnreadable(
            shown, Text("die maand of dat jaar bestaat niet", "there is no such month or year")
        ) from None


def typed(day: date) -> str:
    """A day as it stands in a form: 31-12-2026."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def typed_text(text: str) -> str:
    """A day, month or year of the record (2026-12-31, 2026-12) as it stands in a form."""
    return "-".join(reversed(text.split("-")))


def _parts(plain: str) -> tuple[int | None, int | None]:
    if _YEAR.fullmatch(plain):
        return int(plain), None
    if found := _ISO_MONTH.fullmatch(plain):
        return int(found[1]), int(found[2])
    if found := _DUTCH_MONTH.fullmatch(plain):
        return int(found[2]), int(found[1])
    if found := _NAMED_MONTH.fullmatch(plain):
        for number, name in enumerate(MONTHS, start=1):
            if any(one.casefold().startswith(found[1]) for one in name):
                return int(found[2]), number
    return None, None
