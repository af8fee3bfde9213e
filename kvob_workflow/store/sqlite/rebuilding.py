"""How does SQLite rebuild views? New tables in the same file, traded by renaming them.

Readers go on with the table that they began with; the next question meets the new one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_projections.view import set_aside
from kvob_workflow.store.rebuilding import (
    CLAIM,
    DIFFER,
    DIFFERENCES,
    INSERT,
    MOVE,
    NEW,
    NEWEST,
    OLD,
    Rebuild,
    RebuildStatus,
    RebuildTaken,
    RowDifference,
    RowsOf,
    difference_of,
    differences_from,
    move_of,
    rebuild_of,
    row_of,
)
from kvob_workflow.store.sqlite.rows import RowWriter, quoted
from kvob_workflow.store.sqlite.schema import meta, rows_remade, set_meta
from kvob_workflow.store.sqlite.viewtables import mark_filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.port import RowChange
    from kvob_workflow.store.sqlite.connections import Connections

_LAST: Final = "SELECT coalesce(max(rowid), 0) FROM stored_events"
_CHANGED: Final = "SELECT DISTINCT originator_id FROM stored_events WHERE rowid > ?"
_STREAM: Final = (
    "SELECT originator_version, topic, state FROM stored_events"
    " WHERE originator_id = ? ORDER BY originator_version"
)
_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM rebuild"
_BUILDING: Final = "SELECT 1 FROM rebuild WHERE status = 'building'"
_TABLE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
_UNMARK: Final = "DELETE FROM behind WHERE view = ?"
_REMARK: Final = "UPDATE behind SET view = ? WHERE view = ?"
_FALL_BEHIND: Final = (
    "INSERT OR REPLACE INTO behind (view, estate, error, at_version)"
    " SELECT ?, originator_id, 'rolled back', max(originator_version) FROM stored_events"
    " WHERE originator_id IN (SELECT DISTINCT originator_id FROM stored_events WHERE rowid > ?)"
    " GROUP BY originator_id"
)


class Rebuilding:
    """The part of the store that keeps rebuilds."""

    _connections: Connections
    _codec: Codec

    def rebuilds(self, limit: int) -> list[Rebuild]:
        """See the port."""
        with self._connections.read() as reader:
            return [rebuild_of(row) for row in reader.execute(NEWEST, (limit,))]

    def rebuild_differences(self, number: int) -> list[RowDifference]:
        """See the port."""
        with self._connections.read() as reader:
            return [difference_of(body) for (body,) in reader.execute(DIFFERENCES, (number,))]

    def live_columns(self, view: View) -> tuple[str, ...]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute("SELECT name FROM pragma_table_info(?)", (view.table,))
            return tuple(name for (name,) in found)

    def live_schemas(self, views: Sequence[View]) -> dict[str, int]:
        """See the port."""
        with self._connections.read() as reader:
            return _schemas(reader, views)

    def begin_rebuild(
        self, views: Sequence[View], scheme: int, by: str, at: datetime
    ) -> Rebuild | None:
        """See the port."""
        with self._connections.write() as writer:
            if writer.execute(_BUILDING).fetchone():
                return None
            number = writer.execute(_NEXT).fetchone()[0]
            last = writer.execute(_LAST).fetchone()[0]
            schemas = {view.name: 0 for view in views} | _schemas(writer, views)
            begun = Rebuild(
                number, "building", schemas, scheme, by, at, at, None, 1, "", False, last, 0, 0, 0
            )  # fmt: skip
            for view in views:
                _drop(writer, view, NEW)
                for statement in set_aside(view, NEW, number).ddl:
                    writer.execute(statement)
            writer.execute(INSERT, row_of(begun))
        return begun

    def claim_rebuild(self, rebuild: Rebuild, at: datetime) -> Rebuild:
        """See the port."""
        claimed = replace(rebuild, progressed_at=at)
        with self._connections.write() as writer:
            values = (row_of(claimed)[6], rebuild.number, rebuild.claim)
            if writer.execute(CLAIM, values).rowcount != 1:
                raise RebuildTaken
        return replace(claimed, claim=rebuild.claim + 1)

    def fill_rebuild(
        self,
        now: Rebuild,
        rows: Sequence[RowChange],
        differences: Sequence[RowDifference],
        *,
        first: bool,
    ) -> None:
        """See the port."""
        del first  # an upsert is as fast as an insert here
        with self._connections.write() as writer:
            _move(writer, now)
            RowWriter().write(writer.cursor(), rows, {})
            writer.executemany(DIFFER, differences_from(now, differences))

    def swap_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """See the port."""
        with self._connections.write() as writer:
            RowWriter().write(writer.cursor(), rows_of(self._changed(writer, now.position)), {})
            now = replace(now, position=writer.execute(_LAST).fetchone()[0])
            _move(writer, now)
            for view in views:
                _drop(writer, view, OLD)
                _rename(writer, view.table, _aside(view, OLD))
                _rename(writer, _aside(view, NEW), view.table)
                writer.execute(_UNMARK, (view.name,))
                writer.execute(_REMARK, (view.name, f"{view.name}__{NEW}"))
                set_meta(writer, f"view:{view.name}", view.schema)
            mark_filled(writer, [view.name for view in views])
            rows_remade(writer)
        return now

    def undo_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """See the port."""
        with self._connections.write() as writer:
            if not all(_exists(writer, _aside(view, OLD)) for view in views):
                raise RebuildTaken
            _move(writer, now, was="live")
            rows_remade(writer)
            for view in views:
                writer.execute(f"DROP TABLE {quoted(view.table)}")
                _rename(writer, _aside(view, OLD), view.table)
                writer.execute(_UNMARK, (view.name,))
                set_meta(writer, f"view:{view.name}", now.schemas[view.name])
                if now.schemas[view.name] != view.schema:
                    writer.execute(_FALL_BEHIND, (view.name, now.position))
            RowWriter().write(writer.cursor(), rows_of(self._changed(writer, now.position)), {})
        return now

    def cancel_rebuild(self, now: Rebuild) -> None:
        """See the port."""
        with self._connections.write() as writer:
            _move(writer, now)
            for name in now.views:
                writer.execute(f"DROP TABLE IF EXISTS {quoted(f'view_{name}__{NEW}')}")
                writer.execute(_UNMARK, (f"{name}__{NEW}",))

    def clear_rebuilds(self, views: Sequence[View]) -> tuple[str, ...]:
        """See the port."""
        with self._connections.write() as writer:
            there = [view for view in views if _exists(writer, _aside(view, OLD))]
            for view in there:
                _drop(writer, view, OLD)
        return tuple(view.name for view in there)

    def _changed(
        self, connection: sqlite3.Connection, position: int
    ) -> dict[EstateId, list[Recorded]]:
        decode = self._codec.decode
        changed = [EstateId(estate) for (estate,) in connection.execute(_CHANGED, (position,))]
        return {
            estate: [decode(estate, *row) for row in connection.execute(_STREAM, (estate,))]
            for estate in changed
        }


def _schemas(connection: sqlite3.Connection, views: Sequence[View]) -> dict[str, int]:
    there = [view for view in views if _exists(connection, view.table)]
    return {view.name: meta(connection, f"view:{view.name}") or 0 for view in there}


def _move(connection: sqlite3.Connection, now: Rebuild, was: RebuildStatus = "building") -> None:
    if connection.execute(MOVE, move_of(now, was)).rowcount != 1:
        raise RebuildTaken


def _aside(view: View, word: str) -> str:
    return set_aside(view, word, 0).table


def _exists(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(_TABLE, (table,)).fetchone() is not None


def _rename(connection: sqlite3.Connection, table: str, to: str) -> None:
    if _exists(connection, table):
        connection.execute(f"ALTER TABLE {quoted(table)} RENAME TO {quoted(to)}")


def _drop(connection: sqlite3.Connection, view: View, word: str) -> None:
    connection.execute(f"DROP TABLE IF EXISTS {quoted(_aside(view, word))}")
    connection.execute(_UNMARK, (f"{view.name}__{word}",))
