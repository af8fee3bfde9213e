"""Which entries does an estate have in a calendar? One per deadline of its latest certificate.

An entry keeps its identity when its day moves and when the certificate is renewed: the diary then
moves it instead of showing it twice. One that is done stays, as cancelled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kvob_domain.estate.deadlines import Deadline, DeadlineKind, ladder
from kvob_domain.estate.deadlines.explained import explained
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.words import Language, Text
from kvob_workflow.calendars.query import CalendarQuery

_BINDING: Final = (30, 7)
# Days before an entry at which a diary rings. An entry that is a reminder itself rings on its day.
# A renewal takes months: its alarms come early. No source says how early anybody wants to be
# called; these days are a choice of this project.
ALARMS: Final[dict[DeadlineKind, tuple[int, ...]]] = {
    DeadlineKind.REMINDER: (0,),
    DeadlineKind.EVALUATION: _BINDING,
    DeadlineKind.TERM_EVALUATION: (90, 30),
    DeadlineKind.RENEWAL_START: (90, 30),
    DeadlineKind.EXPIRY: (180, 90, 30),
    DeadlineKind.SUSPENSION_LIMIT: _BINDING,
    DeadlineKind.CORRECTIVE_ACTION: _BINDING,
    DeadlineKind.TARGET: (14,),
    DeadlineKind.RETENTION: (30,),
}
_ESTIMATED: Final = Text("datum geschat", "date estimated")
_SOURCE: Final = Text("Bron", "Source")
# A line break ends a line of the file; what nobody can see has no place in a diary.
_HIDDEN: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    **dict.fromkeys((0x0A, 0x2028, 0x2029), "\n"),
    0x09: " ",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar, on a civil day in the Netherlands.

    `uid` stays the same for ever; `sequence` only goes up; `stamped_at` is the instant (aware,
    UTC) of the estate's newest event. `alarms` are days before the day.
    """

    uid: str
    on: date
    kind: DeadlineKind
    summary: str
    description: str
    place: str
    sequence: int
    stamped_at: datetime
    is_done: bool
    alarms: tuple[int, ...]


def entries(estate: Estate, book: SchemeBook, query: CalendarQuery) -> Iterator[Entry]:
    """The entries of one estate, in the order of their days."""
    stamped_at = estate.last_at
    if stamped_at is None:
        return
    for deadline in sorted(ladder(estate, book), key=lambda one: one.place):
        if not query.kinds or deadline.kind in query.kinds:
            yield _entry(deadline, estate, stamped_at, query.language)


def shown(text: str) -> str:
    """A text without what a diary would not show; line breaks become a plain one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HIDDEN)


def _entry(deadline: Deadline, estate: Estate, stamped_at: datetime, language: Language) -> Entry:
    name, place = (shown(text).replace("\n", " ") for text in (estate.name, estate.municipality))
    mark = f" ({_ESTIMATED.of(language)})" if deadline.estimated else ""
    return Entry(
        uid=f"{estate.id}-{deadline.kind.value}-{deadline.ordinal}@kvob",
        on=deadline.due_on,
        kind=deadline.kind,
        summary=f"{deadline.kind.words.of(language)}: {name}, {place}{mark}",
        description=_described(deadline, language),
        place=place,
        sequence=estate.version,
        stamped_at=stamped_at,
        is_done=deadline.is_done,
        alarms=() if deadline.is_done else ALARMS[deadline.kind],
    )


def _described(deadline: Deadline, language: Language) -> str:
    told = explained(
        deadline.kind,
        deadline.rule,
        deadline.anchor_on,
        deadline.computed_on,
        deadline.due_on,
        deadline.estimated,
        deadline.reason,
        deadline.holder,
    )
    why = told.of(language)
    lines = [f"{deadline.kind.words.of(language)}, {why}."]
    if deadline.source:
        lines.append(f"{_SOURCE.of(language)}: {deadline.source}")
    return shown("\n".join(lines))
