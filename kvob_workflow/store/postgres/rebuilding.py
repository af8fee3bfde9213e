"""How does PostgreSQL rebuild views? New tables in the same schema, filled by COPY.

Read next: `trading`, which makes them live.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import psycopg

from kvob_projections.view import set_aside
from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.postgres.beside import (
    LAST,
    beside,
    drop,
    exists,
    move,
    number,
    replace_rows,
    schemas_of,
)
from kvob_workflow.store.postgres.rows import RowWriter, is_row_fault, mark_behind, quoted
from kvob_workflow.store.postgres.schema import (
    MARK,
    may_prepare,
    meta,
    prepare_alone,
    run,
    translated_ddl,
)
from kvob_workflow.store.postgres.snapshots import Snapshots
from kvob_workflow.store.postgres.texts import sql_of
from kvob_workflow.store.postgres.trading import Trading
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
from kvob_workflow.store.server_faults import StoreViewsDepend

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from datetime import datetime

    from kvob_projections.view import View
    from kvob_workflow.store.postgres.connections import Connection, Connections
    from kvob_workflow.store.rebuilding import Made

_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM rebuild"
_BUILDING: Final = "SELECT 1 FROM rebuild WHERE status = 'building'"
_ALONE: Final = "LOCK TABLE rebuild IN SHARE ROW EXCLUSIVE MODE"
_COLUMNS: Final = (
    "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s)"
    " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
_OWNED: Final = (
    "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(%s)"
    " AND pg_get_userbyid(relowner) <> current_user"
)
_STANDING_ON: Final = (
    "SELECT DISTINCT r.ev_class::regclass::text FROM pg_depend d JOIN pg_rewrite r"
    " ON r.oid = d.objid WHERE d.classid = 'pg_rewrite'::regclass"
    " AND d.refobjid = to_regclass(%s) ORDER BY 1"
)
_TURN: Final = "SELECT pg_try_advisory_lock(hashtextextended('kvob rebuilds ' || %s, 0))"
_TURN_IS_OVER: Final = "SELECT pg_advisory_unlock(hashtextextended('kvob rebuilds ' || %s, 0))"
_PATIENCE: Final = 1.0
"""Seconds that somebody's turn is waited for."""


class Rebuilding(Snapshots, Trading):
    """The part of the store that keeps rebuilds."""

    _connections: Connections

    @contextmanager
    def rebuild_turn(self) -> Generator[bool]:
        """See the port; a connection of its own holds the lock, and ends with its process.

        The server needs a moment to see that a process was killed, so it is asked for a second.
        """
        named = (self._connections.schema,)
        with self._connections.alone() as own:
            until = time.monotonic() + _PATIENCE
            while not (ours := own.execute(_TURN, named).fetchone() == (True,)):
                if time.monotonic() > until:
                    break
                time.sleep(_PATIENCE / 20)
            yield ours
            if ours:  # closing alone would leave it locked until the server has seen it
                own.execute(_TURN_IS_OVER, named)

    def rebuilds(self, limit: int) -> list[Rebuild]:
        """See the port."""

        def ask(reader: Connection) -> list[Rebuild]:
            if not exists(reader, "rebuild"):  # a store of an older release, only looked at
                return []
            found = reader.execute(sql_of(NEWEST), (limit,)).fetchall()
            return [rebuild_of(row) for row in found]

        return self._connections.reading(ask)

    def rebuild_differences(self, number: int) -> list[RowDifference]:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(sql_of(DIFFERENCES), (number,)).fetchall()
        )
        return [difference_of(body) for (body,) in found]

    def live_columns(self, view: View) -> tuple[str, ...]:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(_COLUMNS, (quoted(view.table),)).fetchall()
        )
        return tuple(name for (name,) in found)

    def live_schemas(self, views: Sequence[View]) -> dict[str, int]:
        """See the port."""
        return self._connections.reading(lambda reader: schemas_of(reader, views))

    def rebuild_statements(self, view: View, number: int) -> tuple[str, ...]:
        """See the port."""
        aside = set_aside(view, NEW, number)
        return (*map(translated_ddl, aside.ddl), *aside.on_postgres)

    def begin_rebuild(
        self,
        views: Sequence[View],
        made_with: Mapping[str, int],
        scheme: int,
        by: str,
        at: datetime,
    ) -> Rebuild | None:
        """See the port."""
        connections = self._connections
        with connections.write() as writer, may_prepare(connections.store, anew=False):
            prepare_alone(writer, connections.schema)
            writer.execute(_ALONE)
            if writer.execute(_BUILDING).fetchone():
                return None
            schemas = {view.name: 0 for view in views} | schemas_of(writer, views)
            begun = Rebuild(
                number(writer, _NEXT), "building", schemas, scheme,
                meta(writer, MARK + SCHEME_MARK), by, at, at, None, 1, "", False,
                number(writer, LAST), 0, 0, 0, made_with, {},
            )  # fmt: skip
            for view in views:
                _check_alone(writer, view, connections.store)
                drop(writer, view.name, NEW)
                run(writer, (translated_ddl(set_aside(view, NEW, begun.number).ddl[0]),))
                _check_owner(writer, view)
            writer.execute(sql_of(INSERT), row_of(begun))
        return begun

    def claim_rebuild(self, rebuild: Rebuild, at: datetime) -> Rebuild:
        """See the port."""
        claimed = replace(rebuild, progressed_at=at)
        with self._connections.write() as writer:
            values = (row_of(claimed)[7], rebuild.number, rebuild.claim)
            if writer.execute(sql_of(CLAIM), values).rowcount != 1:
                raise RebuildTaken
        return replace(claimed, claim=rebuild.claim + 1)

    def fill_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """See the port."""
        with self._connections.write() as writer:
            move(writer, now)
            for view in views:
                _insert(writer, view, set_aside(view, NEW, now.number), made)
                mark_behind(writer, marks_of(view, made, NEW))
            for values in differences_from(now, made):
                writer.execute(sql_of(DIFFER), values)

    def index_rebuild(self, now: Rebuild, views: Sequence[View]) -> None:
        """See the port; on a connection where a statement takes as long as it must."""
        with self._connections.maintenance() as writer:
            for view in views:
                aside = set_aside(view, NEW, now.number)
                for statement in (*map(translated_ddl, aside.ddl[1:]), *aside.on_postgres):
                    with writer.transaction():
                        move(writer, now)
                        run(writer, (_unless_there(statement),))
                writer.execute(f"ANALYZE {quoted(aside.table)}".encode())

    def catch_up_rebuild(self, now: Rebuild, views: Sequence[View], made: Made) -> None:
        """See the port."""
        with self._connections.write() as writer:
            move(writer, now, now.status)
            replace_rows(writer, now, views, made)

    def clear_rebuild(self, name: str) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            there = exists(writer, beside(name, OLD))
            if there:
                drop(writer, name, OLD)
        return there

    def cancel_rebuild(self, now: Rebuild) -> None:
        """See the port."""
        with self._connections.write() as writer:
            move(writer, now)
            for name in now.views:
                drop(writer, name, NEW)


def _insert(writer: Connection, view: View, aside: View, made: Made) -> None:
    """COPY into a table without these estates; refused, by halves of the estates."""
    columns = ", ".join(map(quoted, view.columns))
    copy_sql = f"COPY {quoted(aside.table)} ({columns}) FROM STDIN".encode()
    try:
        with writer.transaction(), writer.cursor() as cursor, cursor.copy(copy_sql) as copy:
            for row in made.rows[view.name]:
                copy.write_row(row)
    except (psycopg.Error, OverflowError, UnicodeError) as error:
        if not is_row_fault(error):
            raise
        RowWriter().write(writer, changes_of(view, aside, made), {})


def _unless_there(statement: str) -> str:
    """A statement that makes an index or statistics, which may have been made before a kill."""
    return statement.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1).replace(
        "CREATE STATISTICS ", "CREATE STATISTICS IF NOT EXISTS ", 1
    )


def _check_alone(writer: Connection, view: View, store: str) -> None:
    """Refuses when an SQL view, which follows its table whatever the name, stands on the table.

    Raises:
        StoreViewsDepend: one does.
    """
    found = writer.execute(_STANDING_ON, (quoted(view.table),)).fetchall()
    if found:
        raise StoreViewsDepend(store, ", ".join(str(name) for (name,) in found))


def _check_owner(writer: Connection, view: View) -> None:
    """Gives a new table to the owner of the live one; who may not, may not trade them either."""
    for (owner,) in writer.execute(_OWNED, (quoted(view.table),)).fetchall():
        table = quoted(beside(view.name, NEW))
        run(writer, (f"ALTER TABLE {table} OWNER TO {quoted(owner)}",))
