"""What does the store keep of a follower? How far it is, what stopped it, what was skipped.

A part of the port, see `kvob_workflow.store.port`. A follower reads the events by position. A
projection keeps a table of its own, whose rows move in one transaction with its position; an
effect tells the outside world, and its position moves after that. Read next:
`kvob_workflow.followers`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, cast

from kvob_domain.ids import EstateId
from kvob_workflow.store.delivery_rows import instant_of, number_of
from kvob_workflow.store.periods import Touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_projections.view import Value, View
    from kvob_workflow.store.port import Behind, RowChange

FollowerKind = Literal["projection", "effect"]


@dataclass(frozen=True, slots=True)
class FollowerState:
    """How far a follower is.

    Every event up to `position` is done, for a projection once `cursor` is None; until then a
    build goes through the estates in order of id, and `cursor` is the last one done.
    `fingerprint` is that of what a projection's rows are made with. `revision` goes up with every
    change. An effect is run by one node at a time, until `claimed_until`; after `failures` in a
    row with the event `failed` the next attempt is at `next_at`, or it has stalled.
    """

    name: str
    kind: FollowerKind
    position: int
    moved_at: datetime
    fingerprint: int = 0
    cursor: str | None = None
    revision: int = 0
    claimed_until: datetime | None = None
    failures: int = 0
    next_at: datetime | None = None
    stalled: bool = False
    error: str | None = None
    failed: Touched | None = None

    def moved(self, position: int, at: datetime) -> FollowerState:
        """The same follower after it got so far, and with nothing wrong."""
        return replace(
            self,
            position=position,
            moved_at=at,
            failures=0,
            next_at=None,
            stalled=False,
            error=None,
            failed=None,
        )


class Move(NamedTuple):
    """From which state a follower goes to which; it is not moved when it is elsewhere by now."""

    was: FollowerState
    now: FollowerState


@dataclass(frozen=True, slots=True)
class Skip:
    """An event that an effect did not do, because a person said so."""

    follower: str
    event: Touched
    error: str
    reason: str
    by: str
    at: datetime


class FollowerElsewhere(Exception):
    """A follower is not where it was: somebody was faster."""


class FollowerKeeping(Protocol):
    """Keeps followers beside the events. Nothing here is done while events are appended."""

    def followers(self) -> list[FollowerState]:
        """Every follower that ever began, by name."""
        ...

    def prepare_followed(self, views: Sequence[View]) -> None:
        """Creates the tables of followed views that are missing or of an older schema.

        Such a table starts empty, and its follower begins anew.

        Raises:
            StoreTooNew: a newer release made one of the tables.
        """
        ...

    def begin_projections(self, begun: Sequence[tuple[View, int]], at: datetime) -> None:
        """Empties tables for a build up to the newest event, where there is none for this yet.

        Each view comes with the fingerprint of what its rows are to be made with.
        """
        ...

    def begin_effect(self, name: str, at: datetime, *, from_start: bool) -> None:
        """Lets an effect begin before the first event, or after the newest; once in its life."""
        ...

    def move_followers(
        self,
        moves: Sequence[Move],
        rows: Sequence[RowChange] = (),
        parked: Sequence[Behind] = (),
        *,
        first: bool = False,
    ) -> bool:
        """Writes rows and how far the followers are now, in one transaction.

        False, and nothing written, when one of them is not where it was: somebody was faster.
        The rows of an estate that its table refuses go, and the view is behind on that estate; so
        it is on the `parked`. `first`: the tables have no rows of these estates yet.
        """
        ...

    def skip_event(self, move: Move, skip: Skip) -> bool:
        """Moves an effect over an event and keeps why; False when it is elsewhere by now."""
        ...

    def skips(self, limit: int) -> list[Skip]:
        """The events that were skipped, the latest first."""
        ...

    def channel_positions(self) -> dict[str, int]:
        """How far each channel of notices has read."""
        ...

    def events_after(self, position: int, most: int) -> int:
        """How many events stand after a position; no more than `most` are counted."""
        ...

    def count_rows(self, view: View, most: int | None) -> int:
        """How many rows the live table of a view has; no more than `most` are counted."""
        ...


COLUMNS: Final = (
    "name, kind, position, moved_at, fingerprint, cursor, revision, claimed_until, failures,"
    " next_at, stalled, error, failed_position, failed_estate, failed_version"
)
LISTED: Final = f"SELECT {COLUMNS} FROM follower ORDER BY name"
_PLACES: Final = ", ".join("?" * 15)
INSERT: Final = f"INSERT INTO follower ({COLUMNS}) VALUES ({_PLACES})"
MOVE: Final = (
    "UPDATE follower SET position = ?, moved_at = ?, fingerprint = ?, cursor = ?, revision = ?,"
    " claimed_until = ?, failures = ?, next_at = ?, stalled = ?, error = ?, failed_position = ?,"
    " failed_estate = ?, failed_version = ? WHERE name = ? AND revision = ?"
)
HOLD: Final = (
    "UPDATE follower SET revision = revision + 1 WHERE name = ? AND kind = 'projection'"
    " RETURNING position, fingerprint, cursor"
)
"""Whoever was about to move a projection starts over; others wait until the end of this."""
SHOW: Final = "UPDATE follower SET position = ?, fingerprint = ?, cursor = ? WHERE name = ?"
SKIP_COLUMNS: Final = "follower, position, estate, version, error, reason, skipped_by, skipped_at"
SKIP: Final = (
    f"INSERT INTO follower_skip (number, {SKIP_COLUMNS})"
    " SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM follower_skip"
)
SKIPPED: Final = f"SELECT {SKIP_COLUMNS} FROM follower_skip ORDER BY number DESC LIMIT ?"


def row_of(state: FollowerState) -> tuple[Value, ...]:
    """The columns of a follower."""
    failed = state.failed or (None, None, None)
    return (
        state.name,
        state.kind,
        state.position,
        number_of(state.moved_at),
        state.fingerprint,
        state.cursor,
        state.revision,
        None if state.claimed_until is None else number_of(state.claimed_until),
        state.failures,
        None if state.next_at is None else number_of(state.next_at),
        int(state.stalled),
        state.error,
        *failed,
    )


def state_of(row: Sequence[Any]) -> FollowerState:
    """What a stored row says."""
    name, kind, position, moved, fingerprint, cursor, revision, claimed, *rest = row
    failures, next_at, stalled, error, failed, estate, version = rest
    return FollowerState(
        name,
        cast("FollowerKind", kind),  # the table lets no other kind in
        position,
        instant_of(moved),
        fingerprint,
        cursor,
        revision,
        None if claimed is None else instant_of(claimed),
        failures,
        None if next_at is None else instant_of(next_at),
        bool(stalled),
        error,
        None if failed is None else Touched(failed, EstateId(estate), version),
    )


def move_of(move: Move) -> tuple[Value, ...]:
    """The values of `MOVE`; the new revision follows the old one."""
    row = row_of(replace(move.now, revision=move.was.revision + 1))
    return (*row[2:], move.was.name, move.was.revision)


def skip_row(skip: Skip) -> tuple[Value, ...]:
    """The columns of a skipped event."""
    return (
        skip.follower,
        *skip.event,
        skip.error,
        skip.reason,
        skip.by,
        number_of(skip.at),
    )


def skip_of(row: Sequence[Any]) -> Skip:
    """What a stored row says of a skipped event."""
    follower, position, estate, version, error, reason, by, at = row
    event = Touched(position, EstateId(estate), version)
    return Skip(follower, event, error, reason, by, instant_of(at))


def emptied(refused: Behind, rows: Sequence[RowChange]) -> RowChange:
    """What takes away the rows of an estate that a view could not take."""
    change = next(one for one in rows if one.view.name == refused.view)
    return replace(change, estate=refused.estate, replace_all=True, upserts=())
