"""How is a calendar written? As text of RFC 5545, the same bytes for the same store.

No clock is asked: an entry is stamped with its estate's newest event, and its SEQUENCE is the
estate's version, which also grows when another deadline changes. Diaries fetch the feed again
every twelve hours and then hold exactly what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final, Protocol, cast

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.words import Text
from kvob_workflow.calendars.entries import Entry, entries, shown
from kvob_workflow.calendars.errors import CalendarsNotInstalled
from kvob_workflow.calendars.query import CalendarQuery

# As text: icalendar 7.3 writes a timedelta under this name as 12:00:00.
_AGAIN: Final = "PT12H"
_TITLE: Final = Text("Keurmerk Veilig Ondernemen", "Safe business mark (KVO-B)")
_END: Final = b"END:VCALENDAR"


class _Component(Protocol):
    """What is used of icalendar's components, whose own annotations leave values open."""

    def add(self, name: str, value: object, /) -> None: ...

    def add_component(self, component: _Component, /) -> None: ...

    def to_ical(self) -> bytes: ...


def feed(estates: Iterable[Estate], book: SchemeBook, query: CalendarQuery) -> bytes:
    """The calendar that the query asks for, in UTF-8 with CRLF.

    Raises:
        CalendarsNotInstalled: without the extra `ical`.
    """
    if query.estate is not None:
        estates = [one for one in estates if one.id == query.estate]
        title = [f"{one.name}, {one.municipality}" for one in estates]
    else:
        title = []
    head, end, tail = _calendar(_name(title, query), query).to_ical().partition(_END)
    # Written one by one: the objects of a whole country would not fit in memory.
    events = (
        _event(entry).to_ical()
        for estate in estates
        if query.fits(estate)
        for entry in entries(estate, book, query)
    )
    return b"".join((head, *events, end, tail))


def _name(title: list[str], query: CalendarQuery) -> str:
    filters = [name for name in (query.municipality, query.organisation) if name]
    kinds = [kind.words.of(query.language) for kind in query.kinds]
    parts = [_TITLE.of(query.language), *title, *filters, *kinds]
    return shown(" \N{EN DASH} ".join(parts)).replace("\n", " ")


def _calendar(name: str, query: CalendarQuery) -> _Component:
    try:
        from icalendar import Calendar, vText
    except ModuleNotFoundError as error:
        raise CalendarsNotInstalled from error
    calendar = _made(Calendar)
    calendar.add("prodid", f"-//kvob//kvob_workflow//{query.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", vText(_AGAIN, params={"VALUE": "DURATION"}))
    calendar.add("x-published-ttl", vText(_AGAIN))
    return calendar


def _event(entry: Entry) -> _Component:
    from icalendar import Alarm, Event

    event = _made(Event)
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.replace(microsecond=0))
    event.add("dtstart", entry.on)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.place)
    event.add("categories", [entry.kind.value])
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_done else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in entry.alarms:
        alarm = _made(Alarm)
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event


def _made(kind: Callable[[], object]) -> _Component:
    # Its components have these methods; the checkers cannot see that through their annotations.
    return cast("_Component", kind())
