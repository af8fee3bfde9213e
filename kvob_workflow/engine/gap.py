"""Was somebody awake all along? A gap of over 400 days is confirmed by a person, not by a clock.

A clock that is wrong by years would otherwise announce the end of every certificate at once.
Commands ask for no confirmation: a person who acts on one estate has the day before their eyes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Final

from kvob_domain.errors import Unavailable
from kvob_domain.words import Text
from kvob_projections.pending import pending
from kvob_workflow.clock import civil_day
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.store import Diagnosis, EventStore

LONGEST_GAP: Final = timedelta(days=400)
"""Longer than a year off with a late holiday. Source: a decision of this project, 0013."""

_SWEPT: Final = "swept"
# Often enough to measure a gap of days, seldom enough to cost nothing.
_NOTED_EVERY: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)
_CLOCKS_DIFFER: Final = timedelta(minutes=5)
_AHEAD: Final = Text(
    "De laatste vastlegging ligt later dan de klok van deze machine. Zet de klok goed; is zij "
    "goed, dan is er onder een verkeerde klok vastgelegd, en wat voor die dag verviel blijft stil.",
    "The last record is later than this machine's clock. Set the clock right; if it is right, "
    "somebody recorded under a wrong clock, and what fell due before that day stays silent.",
)
_CONFIRM: Final = Text(
    "Er is langer dan 400 dagen niet gekeken. Klopt de klok, geef dan 'kvob sweep --confirm'.",
    "Nobody has looked for over 400 days. If the clock is right, give 'kvob sweep --confirm'.",
)
_HELD: Final = Text(
    "Voor een terrein lukt de kennisgeving niet; 'kvob sweep' zegt voor welk en waarom.",
    "Notice of an estate cannot be given; 'kvob sweep' tells of which one, and why.",
)
_NOBODY_SWEEPS: Final = Text(
    "Er wachten kennisgevingen. Laat 'kvob run' draaien, of 'kvob sweep' elke dag via cron.",
    "Notices are waiting. Keep 'kvob run' running, or have cron do 'kvob sweep' every day.",
)


@dataclass(eq=False)
class GapUnconfirmed(Unavailable):
    """Nobody has swept for over 400 days, or this machine's clock is far ahead."""

    code: ClassVar[str] = "gap-unconfirmed"
    nl: ClassVar[str] = (
        "De termijnen zijn {days} dagen niet nagekeken (sinds {since}; nu is het volgens deze "
        "machine {now}). Klopt de klok, geef dan de kennisgevingen van die tijd met "
        "'kvob sweep --confirm'; zet anders de klok goed."
    )
    en: ClassVar[str] = (
        "The deadlines were not looked at for {days} days (since {since}; this machine says it is "
        "{now}). If the clock is right, give the notices of that time with "
        "'kvob sweep --confirm'; otherwise set the clock right."
    )
    days: int
    since: date
    now: date


def check_gap(store: EventStore, now: datetime) -> None:
    """Refuse to go on after a gap that nobody confirmed; an empty store has missed nothing.

    Raises:
        GapUnconfirmed: when the last sweep, or the first event, is over 400 days ago.
    """
    since = _last_swept(store)
    if since is not None and now - since > LONGEST_GAP:
        raise GapUnconfirmed((now - since).days, civil_day(since), civil_day(now))


def note_sweep(store: EventStore, now: datetime) -> None:
    """Remember a sweep; a mark up to a day ahead stays, for another node's clock may be ahead."""
    last = store.mark(_SWEPT)
    since = _NOTED_EVERY if last is None else now - datetime.fromtimestamp(last, UTC)
    if since >= _NOTED_EVERY or since < -_A_DAY:
        store.set_mark(_SWEPT, int(now.timestamp()))


def _last_swept(store: EventStore) -> datetime | None:
    swept = store.mark(_SWEPT)
    if swept is not None:
        return datetime.fromtimestamp(swept, UTC)
    try:
        first = store.page(0, 1)
    except (EventUnreadable, UnknownTopic):
        return None  # the sweep tells which estate cannot be read
    return first[0][1].at if first else None


def diagnosed(store: EventStore, now: datetime) -> Iterator[Diagnosis]:
    """Whether somebody looks at the deadlines at all, under a clock that can be right."""
    newest = _newest(store)
    if newest is not None and newest - now > _CLOCKS_DIFFER:
        yield Diagnosis("clock", f"newest event {newest:%Y-%m-%d %H:%M} UTC", "warning", _AHEAD)
    swept = store.mark(_SWEPT)
    seen = None if swept is None else datetime.fromtimestamp(swept, UTC)
    day = "never" if seen is None else f"{civil_day(seen)}"
    waits = pending(store.read, civil_day(now) - _A_DAY, None, 1)
    if not waits:
        yield Diagnosis("swept", day)
        return
    since = _last_swept(store) or now
    advice = _NOBODY_SWEEPS
    if now - since > LONGEST_GAP:
        advice = _CONFIRM
    elif now - since < _A_DAY:
        advice = _HELD
    yield Diagnosis("swept", f"{day}, pending since {waits[0].due_on}", "warning", advice)


def _newest(store: EventStore) -> datetime | None:
    """When the newest event was recorded, by the clock of the node that recorded it."""
    try:
        last = store.page(store.last_position() - 1, 1)
    except (EventUnreadable, UnknownTopic):
        return None
    return last[0][1].at if last else None
