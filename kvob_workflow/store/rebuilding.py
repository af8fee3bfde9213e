"""What does the store keep of a rebuild? New tables beside the live ones, and how far they are.

A part of the port, see `kvob_workflow.store.port`. A rebuild fills tables `view_<name>__new`,
takes in what happened meanwhile, and trades them for the live ones in one transaction. The live
ones of before stay as `view_<name>__old`, for a roll-back, until the next rebuild or a clearing.
Read next: `kvob_workflow.engine.rebuilding`, which does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_projections.view import Row, Value, View
    from kvob_workflow.store.port import Behind

NEW: Final = "new"
OLD: Final = "old"
MOST_DIFFERENCES: Final = 10_000
"""So many differences of a rebuild are kept; the others are counted."""
RebuildStatus = Literal["building", "live", "rolled-back", "cancelled"]
StoredEvent = tuple[str, int, str, bytes]
"""An event in stored form: estate, version, topic, state."""


class Shown(NamedTuple):
    """What the table of a followed view shows: see `FollowerState`."""

    position: int
    fingerprint: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One rebuild: which views, and how far it is.

    `schemas` are the schema numbers of the live tables that it replaces, by view, and
    `scheme_before` the mark of the scheme data that their rows were made with; `scheme` is that
    of the new rows. Estates up to `reached` are in the new tables, all of them once it is
    `filled`; so is every event up to `position` then. `events` were read and `rows` written so
    far; `differences` rows of the live tables were not those that the events give. `claim` tells
    who works on it. `made_with` are the fingerprints of what the new rows are made with, by view,
    and `followed` what the tables of followed views showed when they were traded.
    """

    number: int
    status: RebuildStatus
    schemas: Mapping[str, int]
    scheme: int
    scheme_before: int | None
    by: str
    started_at: datetime
    progressed_at: datetime
    ended_at: datetime | None
    claim: int
    reached: str
    filled: bool
    position: int
    events: int
    rows: int
    differences: int
    made_with: Mapping[str, int]
    followed: Mapping[str, Shown]

    @property
    def views(self) -> tuple[str, ...]:
        """The names of its views."""
        return tuple(self.schemas)

    @property
    def word(self) -> str:
        """Which tables beside the live ones are its own: new ones, or the old ones once live."""
        return NEW if self.status == "building" else OLD

    def inline(self, views: Sequence[View]) -> list[View]:
        """Those of the views whose rows are written with the events: no follower keeps them."""
        return [view for view in views if view.name not in self.followed]

    def kept_up(self, views: Sequence[View]) -> list[View]:
        """Those whose tables of before can be brought up to date with the rules of today.

        All inline ones, or none of them: other rules than today's made the rows then.
        """
        inline = self.inline(views)
        same = all(self.schemas[view.name] == view.schema for view in inline)
        return inline if same and self.scheme_before == self.scheme else []


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of a live view that was not the one that the events give.

    `key` is that of the right row, or of the row found where there is no right one. `found` and
    `right` hold the columns that differ; None where there is no such row. A row that is right but
    for its key is one difference, in the columns of the key. After the event with this `version`
    and topic the right row changed for the last time; both are None where no event of the estate
    ever gave a row with this key.
    """

    view: str
    estate: EstateId
    key: tuple[Value, ...]
    found: Mapping[str, Value] | None
    right: Mapping[str, Value] | None
    version: int | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """Estates with an id above `after`, up to and with `upto`; None is the end of all estates."""

    after: str
    upto: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Estates in one moment: their events by estate and version, and live rows by view."""

    events: Sequence[StoredEvent]
    live: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Made:
    """What the events of some estates give: rows by view, for all `estates` that have events.

    `behind` names the views of estates whose rows could not be made; `differing` counts the
    differences, of which the first ones are listed.
    """

    estates: Sequence[EstateId]
    events: int
    rows: Mapping[str, Sequence[Row]]
    behind: Sequence[Behind] = ()
    differences: Sequence[RowDifference] = ()
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """Estates with events after a position, up to and with another; whether there are more."""

    estates: Sequence[EstateId]
    events: int
    position: int
    more: bool


class MadeOf(Protocol):
    """The rows that the events of some estates give, for the tables that are to be live."""

    def __call__(self, snapshot: Snapshot, /) -> Made:
        """What a snapshot gives."""
        ...


class RebuildTaken(Exception):
    """Somebody else works on this rebuild now, or has ended it; nothing was written."""


class TooMuchToTakeIn(Exception):
    """More events came in than a transaction should take in; nothing was written."""


class RebuildKeeping(Protocol):
    """Keeps rebuilds. The live tables are touched by `swap_rebuild` and `undo_rebuild` alone."""

    def rebuild_turn(self) -> AbstractContextManager[bool]:
        """Whether nobody else works on a rebuild; until the end of the block nobody else can.

        The turn of a process that dies is free at once.
        """
        ...

    def rebuilds(self, limit: int) -> list[Rebuild]:
        """The newest rebuilds, newest first."""
        ...

    def rebuild_differences(self, number: int) -> list[RowDifference]:
        """What a rebuild found; at most the first 10,000."""
        ...

    def live_columns(self, view: View) -> tuple[str, ...]:
        """The columns of the view's live table as it is; empty when there is none."""
        ...

    def live_schemas(self, views: Sequence[View]) -> dict[str, int]:
        """The schema numbers of the live tables that are there."""
        ...

    def rebuild_statements(self, view: View, number: int) -> tuple[str, ...]:
        """The SQL that makes a new table and what belongs to it; nothing is done."""
        ...

    def recorded(self, stored: StoredEvent) -> Recorded:
        """An event as it is read.

        Raises:
            UnknownTopic, EventUnreadable: it cannot be.
        """
        ...

    def as_kept(self, row: Row) -> Row:
        """A row as this store gives it back once it is written."""
        ...

    def span_after(self, after: str, events: int) -> Span:
        """The next estates with some so many events together; an estate is never cut."""
        ...

    def snapshot(self, span: Span, live: Sequence[View]) -> Snapshot:
        """The estates of a span in one moment, with all rows of these views in that span."""
        ...

    def snapshot_of(self, estates: Sequence[EstateId], live: Sequence[View]) -> Snapshot:
        """These estates in one moment, with their rows of these views."""
        ...

    def changed_since(self, position: int, limit: int) -> Changed:
        """The estates of the next `limit` events after a position."""
        ...

    def begin_rebuild(
        self,
        views: Sequence[View],
        made_with: Mapping[str, int],
        scheme: int,
        by: str,
        at: datetime,
    ) -> Rebuild | None:
        """Makes the new tables, empty; None when another rebuild is being built.

        Raises:
            StoreUpgradeNeeded: this user of a server may not make tables.
        """
        ...

    def claim_rebuild(self, rebuild: Rebuild, at: datetime) -> Rebuild:
        """Takes over the work on one that is being built.

        Raises:
            RebuildTaken: somebody else was faster.
        """
        ...

    def fill_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """Writes first rows of the new tables, and how far they are now, in one transaction.

        An estate whose rows a table refuses is marked as behind.

        Raises:
            RebuildTaken: see there.
        """
        ...

    def index_rebuild(self, now: Rebuild, views: Sequence[View]) -> None:
        """Makes what belongs to filled tables beside their rows; doing so again is allowed.

        Raises:
            RebuildTaken: see there.
        """
        ...

    def catch_up_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """Replaces rows beside the live tables, new ones or old, and says how far they are now.

        Raises:
            RebuildTaken: see there.
        """
        ...

    def clear_rebuild(self, name: str) -> bool:
        """Drops the old table of a view that is kept for a roll-back; whether there was one."""
        ...

    def swap_rebuild(
        self, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
    ) -> Rebuild:
        """Takes in what happened since `position` and trades the tables, in one transaction.

        The old tables of the rebuild before are gone by then: see `clear_rebuild`. Followers of
        these views go on from there; one that was about to write starts over.

        Raises:
            RebuildTaken: see there.
            SchemeDataDiffer: the live rows were made with other data than when it began.
            TooMuchToTakeIn: more than `most` events came in; nothing was changed.
            StoreBusy: a long question kept the live tables; nothing was changed.
        """
        ...

    def undo_rebuild(
        self, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
    ) -> Rebuild:
        """Trades back, when the old tables are there; the new ones go.

        Estates with newer events get rows by `made_of` where the rules are the same, see
        `Rebuild.kept_up`; else the views fall behind on them, and the release with the rules of
        before repairs them. Followers go back to where they were at the swap.

        Raises:
            SchemeDataDiffer: the live rows were made with other data than this rebuild's.
            RebuildTaken: it is not live any more, or its old tables were cleared.
            TooMuchToTakeIn, StoreBusy: as above.
        """
        ...

    def cancel_rebuild(self, now: Rebuild) -> None:
        """Ends one that is being built; its new tables go.

        Raises:
            RebuildTaken: see there.
        """
        ...
