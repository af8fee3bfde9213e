"""Was somebody awake all along? A gap of over 400 days is confirmed by a person, not by a clock.

A clock that is wrong by years would otherwise announce the end of every certificate at once.
Commands ask for no confirmation: a person who acts on one estate has the day before their eyes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Final

from kvob_domain.errors import Unavailable
from kvob_domain.words import Text
from kvob_projections.pending import pending
from kvob_workflow.clock import civil_day
from kvob_workflow.store import Diagnosis, EventStore

LONGEST_GAP: Final = timedelta(days=400)
"""Longer than a year off with a late holiday. Source: a decision of this project, 0013."""

_SWEPT: Final = "swept"
# Often enough to measure a gap of days, seldom enough to cost nothing.
_NOTED_EVERY: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)
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
    """Remember a sweep; never back in time, for another node's clock may be ahead."""
    last = store.mark(_SWEPT)
    if last is None or now.timestamp() - last >= _NOTED_EVERY.total_seconds():
        store.set_mark(_SWEPT, int(now.timestamp()))


def _last_swept(store: EventStore) -> datetime | None:
    swept = store.mark(_SWEPT)
    if swept is not None:
        return datetime.fromtimestamp(swept, UTC)
    first = store.page(0, 1)
    return first[0][1].at if first else None


def diagnosed(store: EventStore, today: date) -> Diagnosis:
    """Whether somebody looks at the deadlines at all."""
    swept = store.mark(_SWEPT)
    seen = f"{civil_day(datetime.fromtimestamp(swept, UTC))}" if swept is not None else "never"
    waits = pending(store.read, today - _A_DAY, None, 1)
    if not waits:
        return Diagnosis("swept", seen)
    return Diagnosis("swept", f"{seen}, pending since {waits[0].due_on}", "warning", _NOBODY_SWEEPS)
