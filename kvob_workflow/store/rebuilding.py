"""What does the store keep of a rebuild? New tables beside the live ones, and how far they are.

A part of the port, see `kvob_workflow.store.port`. A rebuild fills tables `view_<name>__new`,
takes in what happened meanwhile, and trades them for the live ones in one transaction. The live
ones of before stay as `view_<name>__old`, for a roll-back, until the next rebuild or a clearing.
Read next: `kvob_workflow.engine.rebuilding`, which does it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, cast

from kvob_domain.ids import EstateId
from kvob_workflow.store.delivery_rows import instant_of, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import Value, View
    from kvob_workflow.store.port import RowChange

NEW: Final = "new"
OLD: Final = "old"
RebuildStatus = Literal["building", "live", "rolled-back", "cancelled"]


@dataclass(frozen=True, slots=True)
class Rebuild:
    """One rebuild: which views, and how far it is.

    `schemas` are the schema numbers of the live tables that it replaces, by view. Estates up to
    `reached` are in the new tables, all of them once it is `filled`; so is every event up to
    `position` then. `events` were read and `rows` written so far; `differences` rows of the live
    tables were not those that the events give. `claim` tells who works on it.
    """

    number: int
    status: RebuildStatus
    schemas: Mapping[str, int]
    scheme: int
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

    @property
    def views(self) -> tuple[str, ...]:
        """The names of its views."""
        return tuple(self.schemas)


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of a live view that was not the one that the events give.

    `found` and `right` hold the columns that differ; None where there is no such row. The right
    row stems from the event with this `version` and topic of its estate: after it, the row
    changed for the last time. Both are None where the estate has no events.
    """

    view: str
    estate: EstateId
    key: tuple[Value, ...]
    found: Mapping[str, Value] | None
    right: Mapping[str, Value] | None
    version: int | None
    topic: str | None


class RowsOf(Protocol):
    """The rows that the events of these estates give, for the tables that are to be live."""

    def __call__(self, streams: Mapping[EstateId, list[Recorded]], /) -> Sequence[RowChange]:
        """Each row change replaces all rows of its estate."""
        ...


class RebuildTaken(Exception):
    """Somebody else works on this rebuild now, or has ended it; nothing was written."""


class RebuildKeeping(Protocol):
    """Keeps rebuilds. The live tables are touched by `swap_rebuild` and `undo_rebuild` alone."""

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

    def begin_rebuild(
        self, views: Sequence[View], scheme: int, by: str, at: datetime
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

    def fill_rebuild(
        self,
        now: Rebuild,
        rows: Sequence[RowChange],
        differences: Sequence[RowDifference],
        *,
        first: bool,
    ) -> None:
        """Writes rows of the new tables and how far they are now, in one transaction.

        `first`: the new tables have no rows of these estates yet.

        Raises:
            RebuildTaken: see there.
        """
        ...

    def swap_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """Takes in what happened since `position` and trades the tables, in one transaction.

        `rows_of` gives the rows of estates with newer events, for the new tables.

        Raises:
            RebuildTaken: see there.
            StoreBusy: a long question kept the live tables; nothing was changed.
        """
        ...

    def undo_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """Trades back, when the old tables are there; the new ones go.

        Estates with newer events get rows by `rows_of` where a view's schema is the same; where
        it is not, the view falls behind on them, and the release of that schema repairs it.

        Raises:
            RebuildTaken: it is not live any more, or its old tables were cleared.
        """
        ...

    def cancel_rebuild(self, now: Rebuild) -> None:
        """Ends one that is being built; its new tables go.

        Raises:
            RebuildTaken: see there.
        """
        ...

    def clear_rebuilds(self, views: Sequence[View]) -> tuple[str, ...]:
        """Drops the old tables that are kept for a roll-back; answers the names of their views."""
        ...


COLUMNS: Final = (
    "number, status, schemas, scheme, made_by, started_at, progressed_at, ended_at, claim,"
    " reached, filled, position, events, row_count, differences"
)
NEWEST: Final = f"SELECT {COLUMNS} FROM rebuild ORDER BY number DESC LIMIT ?"
INSERT: Final = f"INSERT INTO rebuild ({COLUMNS}) VALUES ({', '.join('?' * 15)})"
MOVE: Final = (
    "UPDATE rebuild SET status = ?, progressed_at = ?, ended_at = ?, reached = ?, filled = ?,"
    " position = ?, events = ?, row_count = ?, differences = ?"
    " WHERE number = ? AND claim = ? AND status = ?"
)
CLAIM: Final = (
    "UPDATE rebuild SET claim = claim + 1, progressed_at = ?"
    " WHERE number = ? AND claim = ? AND status = 'building'"
)
DIFFER: Final = "INSERT INTO rebuild_difference (rebuild, number, body) VALUES (?, ?, ?)"
DIFFERENCES: Final = "SELECT body FROM rebuild_difference WHERE rebuild = ? ORDER BY number"
MOST_DIFFERENCES: Final = 10_000


def rebuild_of(row: Sequence[Any]) -> Rebuild:
    """What a stored row says."""
    number, status, schemas, scheme, by, started, progressed, ended, claim, reached, *rest = row
    filled, position, events, rows, differences = rest
    return Rebuild(
        number,
        cast("RebuildStatus", status),
        json.loads(schemas),
        scheme,
        by,
        instant_of(started),
        instant_of(progressed),
        None if ended is None else instant_of(ended),
        claim,
        reached,
        bool(filled),
        position,
        events,
        rows,
        differences,
    )


def row_of(rebuild: Rebuild) -> tuple[Value, ...]:
    """The columns of a rebuild."""
    return (
        rebuild.number,
        rebuild.status,
        json.dumps(dict(rebuild.schemas)),
        rebuild.scheme,
        rebuild.by,
        number_of(rebuild.started_at),
        number_of(rebuild.progressed_at),
        None if rebuild.ended_at is None else number_of(rebuild.ended_at),
        rebuild.claim,
        rebuild.reached,
        int(rebuild.filled),
        rebuild.position,
        rebuild.events,
        rebuild.rows,
        rebuild.differences,
    )


def move_of(now: Rebuild, status: RebuildStatus) -> tuple[Value, ...]:
    """The values of `MOVE` for a rebuild that was in this status."""
    row = row_of(now)
    return (now.status, row[6], row[7], *row[9:], now.number, now.claim, status)


def body_of(difference: RowDifference) -> str:
    """A difference as the JSON that is stored."""
    return json.dumps(
        {
            "view": difference.view,
            "estate": difference.estate,
            "key": list(difference.key),
            "found": difference.found,
            "right": difference.right,
            "version": difference.version,
            "topic": difference.topic,
        }
    )


def difference_of(body: str) -> RowDifference:
    """What is stored of a difference."""
    said = json.loads(body)
    return RowDifference(
        said["view"],
        EstateId(said["estate"]),
        tuple(said["key"]),
        said["found"],
        said["right"],
        said["version"],
        said["topic"],
    )


def differences_from(
    now: Rebuild, differences: Sequence[RowDifference]
) -> list[tuple[int, int, str]]:
    """The values of `DIFFER`; `now` counts these differences already."""
    first = now.differences - len(differences)
    kept = enumerate(differences[: max(0, MOST_DIFFERENCES - first)], start=first + 1)
    return [(now.number, number, body_of(one)) for number, one in kept]
