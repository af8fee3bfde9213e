"""What stands in the address of a page? Choices, numbers and days, each checked.

What is not there gives None, or what the page takes without it. What cannot be is refused, and
never passed over: a mistyped filter would show too much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from kvob_domain.errors import Invalid
from kvob_domain.partial_date import FIRST_YEAR, LAST_YEAR
from kvob_workflow.web.dates import day_of

if TYPE_CHECKING:
    from datetime import date
    from enum import StrEnum

    from kvob_workflow.web.asking import Ask

    Choice = TypeVar("Choice", bound=StrEnum)

PAGE: Final = 50
"""Rows of a page."""
_MOST: Final = 1_000_000_000
_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(eq=False)
class FilterUnreadable(Invalid):
    """A part of the address says what cannot be."""

    code: ClassVar[str] = "filter-unreadable"
    nl: ClassVar[str] = "'{given}' kan niet bij {name}. Kies: {known}."
    en: ClassVar[str] = "'{given}' cannot be for {name}. Choose: {known}."
    name: str
    given: str
    known: tuple[str, ...]


def text_in(ask: Ask, name: str, most: int = 200) -> str | None:
    """The words that stand there, at most so many characters of them; None where there are none."""
    return ask.query.get(name, "").strip()[:most] or None


def choice_in(ask: Ask, name: str, of: type[Choice]) -> Choice | None:
    """The choice that stands there.

    Raises:
        FilterUnreadable: it is none of them.
    """
    given = text_in(ask, name)
    if given is None:
        return None
    for one in of:
        if one.value == given:
            return one
    raise FilterUnreadable(name, given, tuple(one.value for one in of))


def number_in(ask: Ask, name: str, usual: int, most: int = _MOST) -> int:
    """The whole number that stands there, from 0.

    Raises:
        FilterUnreadable: it is no number, or above `most`.
    """
    given = text_in(ask, name)
    if given is None:
        return usual
    if not given.isascii() or not given.isdigit() or int(given[:12]) > most:
        raise FilterUnreadable(name, given, (f"0 - {most}",))
    return int(given)


def day_in(ask: Ask, name: str) -> date | None:
    """The day that stands there, as a person types it.

    Raises:
        DayUnreadable: it is none.
    """
    given = text_in(ask, name)
    return None if given is None else day_of(given)


def month_in(ask: Ask, name: str) -> date | None:
    """The first day of the month that stands there, such as 2026-12.

    Raises:
        FilterUnreadable: it is no month.
    """
    given = text_in(ask, name)
    if given is None:
        return None
    found = _MONTH.fullmatch(given)
    if found is None or not FIRST_YEAR <= int(found[1]) < LAST_YEAR:
        raise FilterUnreadable(name, given, ("2026-12",))
    return day_of(f"{given}-01")


def is_on(ask: Ask, name: str) -> bool:
    """Whether a tick stands there."""
    return ask.query.get(name, "") not in ("", "0")
