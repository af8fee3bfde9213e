"""What can the store do with a rebuild? Begin it, fill it, trade its tables, trade them back.

A part of the port, see `kvob_workflow.store.port`; its records are in `rebuilding`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_projections.view import Row, View
    from kvob_workflow.store.rebuilding import (
        Changed,
        Made,
        MadeOf,
        Rebuild,
        RowDifference,
        Snapshot,
        Span,
        StoredEvent,
    )


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
