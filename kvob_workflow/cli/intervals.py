"""How long is "30s"? Seconds, minutes, hours or a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from kvob_domain.errors import Invalid

_FORM: Final = re.compile(r"([0-9]{1,6})\s*([smhdu])", re.IGNORECASE)
_UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "u": timedelta(hours=1),
    "d": timedelta(days=1),
}


@dataclass(eq=False)
class IntervalMalformed(Invalid):
    """The text is no number of seconds, minutes, hours or days."""

    code: ClassVar[str] = "interval-malformed"
    nl: ClassVar[str] = (
        "--interval: '{text}' kan niet. Schrijf een aantal seconden (30s), minuten (5m), uren (1h "
        "of 1u) of een dag (1d)."
    )
    en: ClassVar[str] = (
        "--interval: '{text}' is not possible. Write a number of seconds (30s), minutes (5m), "
        "hours (1h) or a day (1d)."
    )
    text: str


def interval_of(text: str | None, default: timedelta) -> timedelta:
    """The interval that is meant; the default where none is given.

    Raises:
        IntervalMalformed: when the text has another form.
    """
    if text is None:
        return default
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise IntervalMalformed(text)
    return int(found[1]) * _UNITS[found[2].lower()]
