"""How far is each projection and follower, and what stopped it? One line each, whatever its kind.

Inline views are written with the commands and never lag; the others follow. Nothing here changes
how any of them works. Read next: `standing`, which makes the lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kvob_domain.ids import EstateId
from kvob_domain.words import Text

COUNTED: Final = 10_000
"""How far events and rows are counted, unless exact numbers are asked for."""


class FollowerKind(StrEnum):
    """What kind of follower it is."""

    INLINE = "inline"
    FOLLOWED = "followed"
    EFFECT = "effect"
    PERIODS = "periods"
    PROOFS = "proofs"
    CHANNEL = "channel"
    WEBHOOK = "webhook"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _KIND_WORDS[self]


class Standing(StrEnum):
    """How it is with a follower. The last three need somebody."""

    CURRENT = "current"
    UNUSED = "unused"
    LAGGING = "lagging"
    BUILDING = "building"
    BEHIND = "behind"
    FAILING = "failing"
    STALLED = "stalled"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _STANDING_WORDS[self]


_KIND_WORDS: dict[FollowerKind, Text] = {
    FollowerKind.INLINE: Text("overzicht", "view"),
    FollowerKind.FOLLOWED: Text("gevolgd overzicht", "followed view"),
    FollowerKind.EFFECT: Text("volger", "effect"),
    FollowerKind.PERIODS: Text("verleden", "past"),
    FollowerKind.PROOFS: Text("bewijslogboek", "proof log"),
    FollowerKind.CHANNEL: Text("berichten", "notices"),
    FollowerKind.WEBHOOK: Text("webhook", "webhook"),
}
_STANDING_WORDS: dict[Standing, Text] = {
    Standing.CURRENT: Text("bij", "current"),
    Standing.UNUSED: Text("niet in gebruik", "not in use"),
    Standing.LAGGING: Text("loopt achter", "lagging"),
    Standing.BUILDING: Text("wordt opgebouwd", "being built"),
    Standing.BEHIND: Text("mist terreinen", "lacks estates"),
    Standing.FAILING: Text("mislukt, wordt herhaald", "failing, tried again"),
    Standing.STALLED: Text("staat stil", "stalled"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A number; not exact where there were more than were counted."""

    number: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class EventAt:
    """An event: where it stands in all, of which estate, and what it is."""

    position: int
    estate: EstateId
    version: int
    topic: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """An estate that a projection has no right rows of, and why."""

    estate: EstateId
    version: int
    error: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An event that somebody told an effect to step over."""

    event: EventAt
    error: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastRebuild:
    """The latest rebuild that a view was in."""

    number: int
    status: str
    started_at: datetime
    ended_at: datetime | None
    differences: int


@dataclass(frozen=True, slots=True)
class ProjectionStatus:
    """One projection or follower at one moment.

    Every event up to `position` is done; `lag` counts those after it, `lag_seconds` is how long
    ago the oldest of them was recorded (None where there is none, or it cannot be read). `event`
    is where a stalled or failing one stands. `lacking` are the first estates without right rows,
    of `behind` in all. Instants are aware, in UTC.
    """

    name: str
    kind: FollowerKind
    standing: Standing
    position: int
    lag: Counted
    lag_seconds: float | None = None
    error: str | None = None
    event: EventAt | None = None
    next_attempt_at: datetime | None = None
    behind: int = 0
    lacking: tuple[Lacking, ...] = ()
    rows: Counted | None = None
    last_rebuild: LastRebuild | None = None
    skipped: tuple[Skipped, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Whether it does not go on, or not wholly, without a person."""
        return self.standing in (Standing.STALLED, Standing.BEHIND)
