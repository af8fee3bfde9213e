"""How is a day written in a picture? Short enough for a label, in words that need no key."""

from datetime import date
from typing import Final

from kvob_domain.words import MONTHS, Language, Text

SHORT_MONTHS: Final = (
    Text("jan", "Jan"),
    Text("feb", "Feb"),
    Text("mrt", "Mar"),
    Text("apr", "Apr"),
    Text("mei", "May"),
    Text("jun", "Jun"),
    Text("jul", "Jul"),
    Text("aug", "Aug"),
    Text("sep", "Sep"),
    Text("okt", "Oct"),
    Text("nov", "Nov"),
    Text("dec", "Dec"),
)
"""January comes first, at 0."""

_TO: Final = Text("t/m", "to")
_YEARS: Final = (Text("jaar", "year"), Text("jaar", "years"))
_MONTHS: Final = (Text("maand", "month"), Text("maanden", "months"))
_DAYS: Final = (Text("dag", "day"), Text("dagen", "days"))


def short_day(day: date, language: Language) -> str:
    """Such as "9 feb 2021"."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1].of(language)} {day.year}"


def short_month(day: date, language: Language) -> str:
    """Such as "feb 2021"."""
    return f"{SHORT_MONTHS[day.month - 1].of(language)} {day.year}"


def days_between(first: date | None, last: date | None, language: Language) -> str:
    """A day, or the month, the year or the stretch in which it was, both days inclusive."""
    if first is None or last is None:
        return Text("datum onbekend", "date unknown").of(language)
    if first == last:
        return short_day(first, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = (str(first.year), str(last.year))
        return years[0] if first.year == last.year else f"{years[0]} {_TO.of(language)} {years[1]}"
    is_month = (first.year, first.month) == (last.year, last.month) and first.day == 1
    if is_month and _is_last_of_month(last):
        return f"{MONTHS[first.month - 1].of(language)} {first.year}"
    return f"{short_day(first, language)} {_TO.of(language)} {short_day(last, language)}"


def length(first: date, last: date, language: Language) -> str:
    """How long it is from one day to the other, such as "2 jaar en 3 maanden"."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if last.day < first.day:
        months -= 1
    years, months = divmod(max(months, 0), 12)
    parts = [
        f"{count} {words[count != 1].of(language)}"
        for count, words in ((years, _YEARS), (months, _MONTHS))
        if count
    ]
    if not parts:
        days = (last - first).days
        return f"{days} {_DAYS[days != 1].of(language)}"
    return Text(" en ", " and ").of(language).join(parts)


def _is_last_of_month(day: date) -> bool:
    following = date.fromordinal(day.toordinal() + 1) if day < date.max else None
    return following is None or following.month != day.month
