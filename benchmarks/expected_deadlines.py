"""What must be announced? Lives of estates, and their deadlines as plain arithmetic on a calendar.

Nothing here asks the engine or its domain: `deadline_campaign` compares the two.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

BEGIN: Final = date(2016, 1, 4)
LAST_DAY_OF_ACTS: Final = 8
_DAY: Final = timedelta(days=1)


class Life(NamedTuple):
    """An estate's award and renewals, by day."""

    name: str
    awarded: tuple[date, ...]


def expected(awarded: tuple[date, ...], end: date) -> Iterator[str]:
    """What must have been announced by `end`, as plain arithmetic on a calendar."""
    expires = date.min
    for day, until in zip(awarded, (*awarded[1:], end), strict=True):
        begin = max(day, expires)
        expires = _months(begin, 36)
        due = [
            ("evaluation 1", _months(begin, 12)),
            ("evaluation 2", _months(begin, 24)),
            ("reminder 1", _months(expires, -9)),
            ("reminder 2", _months(expires, -6)),
            ("renewal_start 1", _months(expires, -6)),
            ("reminder 3", _months(expires, -3)),
            ("term_evaluation 3", expires - _DAY),
            ("expiry 1", expires),
        ]
        # What fell due by the day of the renewal is given before it; the rest is closed by it.
        yield from (f"{name} {on}" for name, on in due if on <= until)


def _months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def gaps_of(dice: random.Random, years: int) -> Iterator[tuple[date, date]]:
    """When everybody is gone: once in each half."""
    for half in (0, 1):
        length = dice.randint(420, 800)
        room = years * 365 // 2 - length
        if room > 0:
            first = BEGIN + (half * years * 365 // 2 + dice.randrange(room)) * _DAY
            yield first, first + length * _DAY


def lives_of(
    dice: random.Random, deadlines: int, end: date, gaps: tuple[tuple[date, date], ...]
) -> Iterator[Life]:
    """Estates until so many deadlines are due by `end`."""
    count, number = 0, 0
    while count < deadlines:
        awarded = [_acting_day(BEGIN + dice.randrange(900) * _DAY, gaps)]
        expires = _months(awarded[0], 36)
        while dice.random() > 0.02:
            lead = -dice.randint(0, 300) if dice.random() < 0.25 else dice.randint(0, 250)
            day = _acting_day(expires - lead * _DAY, gaps)
            if day > end:
                break
            awarded.append(day)
            expires = _months(max(day, expires), 36)
        number += 1
        life = Life(f"Terrein {number}", tuple(awarded))
        count += sum(1 for _ in expected(life.awarded, end))
        yield life


def _acting_day(day: date, gaps: tuple[tuple[date, date], ...]) -> date:
    """The first day from this one on when people are at work."""
    while day.day > LAST_DAY_OF_ACTS or any(first <= day <= last for first, last in gaps):
        day += _DAY
    return day
