"""How far ahead is "90d"? Days, weeks, months and years from a day on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.terms import add_days, add_months

_FORM: Final = re.compile(r"([0-9]{1,4})\s*([dwmyj])", re.IGNORECASE)


@dataclass(eq=False)
class WindowMalformed(Invalid):
    """The text is no number of days, weeks, months or years."""

    code: ClassVar[str] = "window-malformed"
    nl: ClassVar[str] = (
        "--within: '{text}' kan niet. Schrijf een aantal dagen (90d), weken (12w), maanden (6m) "
        "of jaren (1y of 1j)."
    )
    en: ClassVar[str] = (
        "--within: '{text}' is not possible. Write a number of days (90d), weeks (12w), "
        "months (6m) or years (1y)."
    )
    text: str


def until_of(text: str | None, day: date) -> date | None:
    """The last day of a window that begins on `day`; None where no window is asked for.

    Raises:
        WindowMalformed: when the text has another form, or reaches beyond the calendar.
    """
    if text is None:
        return None
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise WindowMalformed(text)
    number, unit = int(found[1]), found[2].lower()
    try:
        if unit in "dw":
            return add_days(day, number * (7 if unit == "w" else 1))
        return add_months(day, number * (1 if unit == "m" else 12))
    except (OverflowError, ValueError):
        raise WindowMalformed(text) from None
