"""When does a term end? Exact arithmetic on whole days; deadlines and certificates build on it.

A term is always counted from its anchor, never from the end of the term before: three times one
year from 29 February 2020 and once three years give the same day. A certificate with `valid_from`
and a term of n years has `expires_on = add_years(valid_from, n)`, the first day on which it is no
longer valid; the last valid day is the day before.

Source: the scheme states terms in whole years (three since January 2015, two before:
https://nieuws.securitas.nl/beveiliging/moderner-keurmerk-veilig-ondernemen-kvo/); that a term from
29 February ends on 28 February, and that month ends clamp, are decisions of this project.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = 12
_SHORTEST_MONTH: Final = 28
_DAY: Final = timedelta(days=1)


def add_years(day: date, years: int) -> date:
    """The same calendar day `years` later (or earlier); 29 February becomes 28 February.

    Raises:
        ValueError: when the result lies outside the years 1-9999.
    """
    if day.month == 2 and day.day == 29:
        return add_months(day, years * _MONTHS)
    return date(day.year + years, day.month, day.day)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (or earlier), or that month's last day.

    Raises:
        ValueError: when the result lies outside the years 1-9999.
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if day.day <= _SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def add_days(day: date, days: int) -> date:
    """The day that is `days` later (or earlier).

    Raises:
        OverflowError: when the result lies outside the years 1-9999.
    """
    return day + timedelta(days=days)


def days_between(first: date, second: date) -> int:
    """How many days `second` is after `first`; negative when it is before."""
    return (second - first).days


def last_valid_day(expires_on: date) -> date:
    """The last day on which a certificate is valid that expires on `expires_on`."""
    return expires_on - _DAY


def expires_on_after(last_valid: date) -> date:
    """The first day no longer valid, after the last valid day that a certificate states."""
    return last_valid + _DAY
