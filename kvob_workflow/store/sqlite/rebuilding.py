"""How does SQLite rebuild views? New tables in the same file, filled in order of their key.

Readers go on with the table that they began with; the next question meets the new one. Read
next: `trading`, which makes them live.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvob_projections.view import set_aside
from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.rebuild_rows import (
    CLAIM,
    DIFFER,
    DIFFERENCES,
    INSERT,
    NEWEST,
    changes_of,
    difference_of,
    differences_from,
    marks_of,
    rebuild_of,
    row_of,
)
from kvob_workflow.store.rebuilding import (
    NEW,
    OLD,
    Rebuild,
    RebuildTaken,
    RowDifference,
)
from kvob_workflow.store.sqlite.beside import (
    LAST,
    beside,
    drop,
    exists,
    move,
    replace_rows,
    schemas_of,
)
from kvob_workflow.store.sqlite.connections import FileConnections
from kvob_workflow.store.sqlite.failures import is_row_fault
from kvob_workflow.store.sqlite.filecheck import open_lock
from kvob_workflow.store.sqlite.rows import RowWriter, mark_behind, quoted
from kvob_workflow.store.sqlite.schema import MARK, meta
from kvob_workflow.store.sqlite.snapshots import Snapshots
from kvob_workflow.store.sqlite.trading import Trading

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from datetime import datetime

    from kvob_projections.view import Row, View
    from kvob_workflow.store.rebuilding import Made

_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM rebuild"
_BUILDING: Final = "SELECT 1 FROM rebuild WHERE status = 'building'"
_INDEX: Final = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND sql = ?"
_INDEXES: Final = "SELECT name FROM sqlite_master WHERE tbl_name = ? AND sql LIKE 'CREATE INDEX%'"


class Rebuilding(Snapshots, Trading):
    """The part of the store that keeps rebuilds."""

    _turn_in_memory: threading.Lock

    @contextmanager
    def rebuild_turn(self) -> Generator[bool]:
        """See the port; the system frees a lock on a file when its process dies."""
        connections = self._connections
        if not isinstance(connections, FileConnections):
            taken = self._turn_in_memory.acquire(blocking=False)
            try:
                yield taken
            finally:
                if taken:
                    self._turn_in_memory.release()
            return
        connections.check_usable()
        lock = open_lock(connections.path.with_name(f"{connections.path.name}.rebuild"))
        try:
            yield lock.acquire(0)
        finally:
            lock.close()

    def rebuilds(self, limit: int) -> list[Rebuild]:
        """See the port."""
        with self._connections.read() as reader:
            if not exists(reader, "rebuild"):  # a store of an older release, only looked at
                return []
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
            return schemas_of(reader, views)

    def rebuild_statements(self, view: View, number: int) -> tuple[str, ...]:
        """See the port."""
        return set_aside(view, NEW, number).ddl

    def begin_rebuild(
        self,
        views: Sequence[View],
        made_with: Mapping[str, int],
        scheme: int,
        by: str,
        at: datetime,
    ) -> Rebuild | None:
        """See the port."""
        with self._connections.write() as writer:
            if writer.execute(_BUILDING).fetchone():
                return None
            number = writer.execute(_NEXT).fetchone()[0]
            last = writer.execute(LAST).fetchone()[0]
            schemas = {view.name: 0 for view in views} | schemas_of(writer, views)
            before = meta(writer, MARK + SCHEME_MARK)
            begun = Rebuild(
                number, "building", schemas, scheme, before, by, at, at, None, 1, "", False, last,
                0, 0, 0, made_with, {},
            )  # fmt: skip
            for view in views:
                drop(writer, view.name, NEW)
                writer.execute(set_aside(view, NEW, number).ddl[0])
            writer.execute(INSERT, row_of(begun))
        return begun

    def claim_rebuild(self, rebuild: Rebuild, at: datetime) -> Rebuild:
        """See the port."""
        claimed = replace(rebuild, progressed_at=at)
        with self._connections.write() as writer:
            values = (row_of(claimed)[7], rebuild.number, rebuild.claim)
            if writer.execute(CLAIM, values).rowcount != 1:
                raise RebuildTaken
        return replace(claimed, claim=rebuild.claim + 1)

    def fill_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """See the port."""
        self._connections.is_large_batch = True
        with self._connections.write() as writer:
            move(writer, now)
            cursor = writer.cursor()
            for view in views:
                _insert(cursor, view, set_aside(view, NEW, now.number), made)
                mark_behind(writer, marks_of(view, made, NEW))
            writer.executemany(DIFFER, differences_from(now, made))

    def index_rebuild(self, now: Rebuild, views: Sequence[View]) -> None:
        """See the port; one index at a time, so that writers get their turn in between."""
        for view in views:
            for statement in set_aside(view, NEW, now.number).ddl[1:]:
                with self._connections.write() as writer:
                    move(writer, now)
                    if writer.execute(_INDEX, (statement,)).fetchone() is None:
                        writer.execute(statement)

    def catch_up_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """See the port."""
        with self._connections.write() as writer:
            move(writer, now, now.status)
            replace_rows(writer, now, views, made)

    def clear_rebuild(self, name: str) -> bool:
        """See the port; indexes first, each by itself, so that writers get their turn."""
        table = beside(name, OLD)
        with self._connections.read() as reader:
            if not exists(reader, table):
                return False
            indexes = [str(index) for (index,) in reader.execute(_INDEXES, (table,))]
        for index in indexes:
            with self._connections.write() as writer:
                writer.execute(f"DROP INDEX IF EXISTS {quoted(index)}")
        with self._connections.write() as writer:
            drop(writer, name, OLD)
        return True

    def cancel_rebuild(self, now: Rebuild) -> None:
        """See the port."""
        with self._connections.write() as writer:
            move(writer, now)
            for name in now.views:
                drop(writer, name, NEW)


def _insert(cursor: sqlite3.Cursor, view: View, aside: View, made: Made) -> None:
    """Plain inserts into a table without these estates; refused, estate by estate."""
    rows: Sequence[Row] = made.rows[view.name]
    places = ", ".join("?" * len(view.columns))
    columns = ", ".join(map(quoted, view.columns))
    cursor.execute("SAVEPOINT first_rows")
    try:
        cursor.executemany(f"INSERT INTO {quoted(aside.table)} ({columns}) VALUES ({places})", rows)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        if not (cursor.connection.in_transaction and is_row_fault(error)):
            raise
        cursor.execute("ROLLBACK TO first_rows")
        cursor.execute("RELEASE first_rows")
        RowWriter().write(cursor, changes_of(view, aside, made), {})
        return
    cursor.execute("RELEASE first_rows")
