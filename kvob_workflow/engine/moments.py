"""Which two moments does a question about the past name? A day on which, an instant known at.

A day alone, as it is known now: `2021-06-30`. As it was known: `2021-06-30@2021-07-05`, where
the second is a civil day in Amsterdam, which means its end, or an instant with its offset,
`2021-06-30@2021-07-05T12:00:00+02:00`. `now` is today as it is known now.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Final

from kvob_domain.errors import Invalid, NotFound
from kvob_workflow.clock import AMSTERDAM, civil_day

FINAL_AFTER: Final = timedelta(seconds=60)
"""An answer as known at an instant this long ago is final: nothing is recorded before it."""
_NOW: Final = "now"


@dataclass(eq=False)
class MomentUnreadable(Invalid):
    """A text that names no moment."""

    code: ClassVar[str] = "moment-unreadable"
    nl: ClassVar[str] = (
        "'{text}' is geen moment. Geef een dag (2021-06-30), een dag zoals toen bekend "
        "(2021-06-30@2021-07-05), of now."
    )
    en: ClassVar[str] = (
        "'{text}' is no moment. Give a day (2021-06-30), a day as known then "
        "(2021-06-30@2021-07-05), or now."
    )
    text: str


@dataclass(eq=False)
class InstantUnreadable(Invalid):
    """A text that is neither a day nor an instant with its offset."""

    code: ClassVar[str] = "instant-unreadable"
    nl: ClassVar[str] = (
        "'{text}' is geen tijdstip. Geef een dag (2021-07-05, tot en met het einde ervan) of een "
        "tijdstip met tijdzone (2021-07-05T12:00:00+02:00)."
    )
    en: ClassVar[str] = (
        "'{text}' is no instant. Give a day (2021-07-05, up to its end) or an instant with its "
        "offset (2021-07-05T12:00:00+02:00)."
    )
    text: str


@dataclass(eq=False)
class KnownInFuture(Invalid):
    """Nobody can say what will be known."""

    code: ClassVar[str] = "known-in-future"
    nl: ClassVar[str] = (
        "Wat op {known_at} bekend is, weet nog niemand; het is nu {now}. Kies een eerder tijdstip, "
        "of laat het weg: zoals nu bekend. Een dag in de toekomst vraagt u met --on."
    )
    en: ClassVar[str] = (
        "Nobody can say what will be known at {known_at}; it is {now} now. Choose an earlier "
        "instant, or leave it out: as known now. A day ahead is asked with --on."
    )
    known_at: datetime
    now: datetime


@dataclass(eq=False)
class NotThereThen(NotFound):
    """The estate was not there yet at these moments."""

    code: ClassVar[str] = "not-there-then"
    nl: ClassVar[str] = (
        "Terrein {estate} was er op {on} nog niet, of was toen niet bekend. 'kvob history {estate}'"
        " toont sinds wanneer wel."
    )
    en: ClassVar[str] = (
        "Estate {estate} was not there yet on {on}, or was not known then. 'kvob history {estate}'"
        " shows since when it is."
    )
    estate: str
    on: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A civil day in Amsterdam (None: today) as known at an aware instant (None: now)."""

    on: date | None = None
    known_at: datetime | None = None

    def __str__(self) -> str:
        day = _NOW if self.on is None else self.on.isoformat()
        if self.known_at is None:
            return day
        return f"{day}@{self.known_at.astimezone(AMSTERDAM).isoformat()}"


def moment_of(text: str, now: datetime) -> Moment:
    """The moment that a text names; see the module.

    Raises:
        MomentUnreadable: it names none.
        InstantUnreadable: what stands behind the @ is neither a day nor an instant.
    """
    day, separator, known = text.strip().partition("@")
    try:
        on = None if day == _NOW else date.fromisoformat(day)
    except ValueError as error:
        raise MomentUnreadable(text) from error
    if not separator:
        return Moment(on)
    return Moment(on, instant_of(known, now))


def instant_of(text: str, now: datetime) -> datetime:
    """The instant that a text names: an instant with its offset, or the end of a civil day.

    The present day means now, because its end is not known yet.

    Raises:
        InstantUnreadable: it names none.
    """
    try:
        if len(text) <= len("2021-07-05"):
            day = date.fromisoformat(text)
            return now if day == civil_day(now) else end_of(day)
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise InstantUnreadable(text)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InstantUnreadable(text) from error


def end_of(day: date) -> datetime:
    """The last microsecond of a civil day in Amsterdam, in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def check_known(known_at: datetime | None, now: datetime) -> None:
    """Refuse an instant that lies ahead, or that has no offset.

    Raises:
        KnownInFuture: it lies ahead.
        InstantUnreadable: it has no offset.
    """
    if known_at is None:
        return
    if known_at.tzinfo is None:
        raise InstantUnreadable(known_at.isoformat())
    if known_at > now:
        raise KnownInFuture(known_at, now)
