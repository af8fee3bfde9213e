"""Which two moments does an address name? Days as people write them, and as known at an instant.

`31-12-2020`, `2020-12-31@5 juli 2021`, `nu`: as `kvob_workflow.engine.moments`, with the days that
`dates.day_of` reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Invalid
from kvob_workflow.engine.moments import check_known
from kvob_workflow.web.dates import DayUnreadable, day_of, in_words, instant_in_words

if TYPE_CHECKING:
    from datetime import date

    from kvob_domain.words import Language
    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.engine.moments import Moment
    from kvob_workflow.web.asking import Ask

_NOW: Final = frozenset({"", "now", "nu", "vandaag", "today"})
_LONGEST_DAY: Final = len("31 december 2026")
_LONGEST: Final = 100
_ISO_DAY: Final = re.compile(r"\A\s*(\d{4})-(\d\d)-(\d\d)\s*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class TwoMoments:
    """The moments of a comparison; None where the text of the field names none, told in `errors`.

    `texts` are what stands in the fields, `from` and `to`.
    """

    a: Moment | None
    b: Moment | None
    texts: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict[str, str])


def two_moments(ask: Ask, usual: date) -> TwoMoments:
    """The moments in the address: without `from` the usual day, without `to` that of the page."""
    texts = {
        "from": ask.query.get("from", usual.isoformat())[:_LONGEST],
        "to": ask.query.get("to", _of_page(ask))[:_LONGEST],
    }
    errors: dict[str, str] = {}
    found: dict[str, Moment] = {}
    for name, text in texts.items():
        try:
            found[name] = moment_typed(ask.desk, text)
        except Invalid as error:
            errors[name] = error.message(ask.language)
    shown = {
        name: text if name in errors else _as_people_write(text) for name, text in texts.items()
    }
    return TwoMoments(found.get("from"), found.get("to"), shown, errors)


def _as_people_write(text: str) -> str:
    """2026-12-31 as 31-12-2026, each day of it; anything else as it was typed."""
    return "@".join(_ISO_DAY.sub(r"\3-\2-\1", part) for part in text.split("@"))


def moment_typed(desk: Mandated, text: str) -> Moment:
    """The moment that a person typed.

    Raises:
        DayUnreadable: the day is none.
        InstantUnreadable: what stands behind the @ is neither a day nor an instant.
        KnownInFuture: that lies ahead.
    """
    day, separator, known = (part.strip() for part in text.partition("@"))
    on = "now" if day.casefold() in _NOW else day_of(day).isoformat()
    if not separator:
        return desk.moment(on)
    moment = desk.moment(f"{on}@{_known(known)}")
    check_known(moment.known_at, desk.instant(desk.today().isoformat()))
    return moment


def in_plain_words(moment: Moment, today: date, language: Language) -> str:
    """A moment for people: the day, and since when that was known where it is asked."""
    told = in_words(moment.on or today, language)
    if moment.known_at is None:
        return told
    known = instant_in_words(moment.known_at, language)
    return f"{told}, {'zoals bekend op' if language == 'nl' else 'as known on'} {known}"


def a_year_before(day: date) -> date:
    """The same calendar day a year ago; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def a_month_before(day: date) -> date:
    """Thirty days earlier."""
    return day - timedelta(days=30)


def _of_page(ask: Ask) -> str:
    if ask.is_now:
        return "now"
    day = "now" if ask.on is None else ask.on.isoformat()
    return day if ask.known_at is None else f"{day}@{ask.known_at.isoformat()}"


def _known(text: str) -> str:
    try:
        return day_of(text).isoformat()
    except DayUnreadable:
        if len(text) <= _LONGEST_DAY:
            raise
        return text
