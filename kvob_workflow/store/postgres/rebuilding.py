"""How does PostgreSQL rebuild views? New tables in the same schema, traded by renaming them.

A trade waits for questions that are under way, and keeps new ones waiting meanwhile: so it waits
for a fifth of a second only, and its caller tries again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvob_domain.ids import EstateId
from kvob_projections.view import set_aside
from kvob_workflow.store.postgres.append_function import function_statement
from kvob_workflow.store.postgres.locks import lock_all_estates, lock_events
from kvob_workflow.store.postgres.rows import RowWriter, quoted
from kvob_workflow.store.postgres.schema import (
    may_prepare,
    meta,
    prepare_alone,
    rows_remade,
    run,
    set_meta,
    translated_ddl,
)
from kvob_workflow.store.postgres.viewtables import mark_filled
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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.port import RowChange
    from kvob_workflow.store.postgres.connections import Connection, Connections

_LAST: Final = "SELECT coalesce(max(notification_id), 0) FROM stored_events"
_STREAMS: Final = (
    "SELECT originator_id, originator_version, topic, state FROM stored_events"
    " WHERE originator_id IN (SELECT originator_id FROM stored_events WHERE notification_id > %s)"
    " ORDER BY originator_id, originator_version"
)
_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM rebuild"
_BUILDING: Final = "SELECT 1 FROM rebuild WHERE status = 'building'"
_ALONE: Final = "LOCK TABLE rebuild IN SHARE ROW EXCLUSIVE MODE"
_COLUMNS: Final = (
    "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s)"
    " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
_UNMARK: Final = "DELETE FROM behind WHERE view = %s"
_REMARK: Final = "UPDATE behind SET view = %s WHERE view = %s"
_FALL_BEHIND: Final = (
    "INSERT INTO behind (view, estate, error, at_version)"
    " SELECT %s, originator_id, 'rolled back', max(originator_version) FROM stored_events"
    " WHERE originator_id IN (SELECT originator_id FROM stored_events WHERE notification_id > %s)"
    " GROUP BY originator_id"
)
# The rights on the live table, which its successor gets.
_GRANTS: Final = (
    "SELECT format('GRANT %%s ON %%I TO %%s', privilege_type, %s::text,"
    " CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)"
    " FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(%s) AND grantee <> relowner"
)
_BRIEFLY: Final = "SET LOCAL lock_timeout = '200ms'"


def _sql(text: str) -> bytes:
    return text.replace("?", "%s").encode()


class Rebuilding:
    """The part of the store that keeps rebuilds."""

    _connections: Connections
    _codec: Codec

    def rebuilds(self, limit: int) -> list[Rebuild]:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(_sql(NEWEST), (limit,)).fetchall()
        )
        return [rebuild_of(row) for row in found]

    def rebuild_differences(self, number: int) -> list[RowDifference]:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(_sql(DIFFERENCES), (number,)).fetchall()
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
        return self._connections.reading(lambda reader: _schemas(reader, views))

    def begin_rebuild(
        self, views: Sequence[View], scheme: int, by: str, at: datetime
    ) -> Rebuild | None:
        """See the port."""
        connections = self._connections
        with connections.write() as writer, may_prepare(connections.store, anew=False):
            prepare_alone(writer, connections.schema)
            writer.execute(_ALONE)
            if writer.execute(_BUILDING).fetchone():
                return None
            schemas = {view.name: 0 for view in views} | _schemas(writer, views)
            begun = Rebuild(
                _number(writer, _NEXT), "building", schemas, scheme, by, at, at, None, 1, "", False,
                _number(writer, _LAST), 0, 0, 0,
            )  # fmt: skip
            for view in views:
                _drop(writer, view, NEW)
                aside = set_aside(view, NEW, begun.number)
                run(writer, (*map(translated_ddl, aside.ddl), *aside.on_postgres))
            writer.execute(_sql(INSERT), row_of(begun))
        return begun

    def claim_rebuild(self, rebuild: Rebuild, at: datetime) -> Rebuild:
        """See the port."""
        claimed = replace(rebuild, progressed_at=at)
        with self._connections.write() as writer:
            values = (row_of(claimed)[6], rebuild.number, rebuild.claim)
            if writer.execute(_sql(CLAIM), values).rowcount != 1:
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
        begun = {change.estate for change in rows} if first else set[EstateId]()
        with self._connections.write() as writer:
            _move(writer, now)
            RowWriter().write(writer, rows, {}, begun)
            for values in differences_from(now, differences):
                writer.execute(_sql(DIFFER), values)
            if now.filled:
                for name in now.views:
                    writer.execute(f"ANALYZE {quoted(f'view_{name}__{NEW}')}".encode())

    def swap_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """See the port."""
        with self._connections.write() as writer:
            lock_all_estates(writer)
            lock_events(writer)
            RowWriter().write(writer, rows_of(self._changed(writer, now.position)), {})
            now = replace(now, position=_number(writer, _LAST))
            _move(writer, now)
            writer.execute(_BRIEFLY)
            for view in views:
                _hand_on_rights(writer, view.table, _aside(view, NEW))
                _drop(writer, view, OLD)
                _rename(writer, view.table, _aside(view, OLD))
                _rename(writer, _aside(view, NEW), view.table)
                _made_live(writer, view, view.schema)
                writer.execute(_REMARK, (view.name, f"{view.name}__{NEW}"))
                run(writer, (function_statement(view),))
            mark_filled(writer, [view.name for view in views])
            rows_remade(writer)
        return now

    def undo_rebuild(self, now: Rebuild, views: Sequence[View], rows_of: RowsOf) -> Rebuild:
        """See the port."""
        with self._connections.write() as writer:
            lock_all_estates(writer)
            lock_events(writer)
            if not all(_exists(writer, _aside(view, OLD)) for view in views):
                raise RebuildTaken
            _move(writer, now, was="live")
            rows_remade(writer)
            writer.execute(_BRIEFLY)
            for view in views:
                _hand_on_rights(writer, view.table, _aside(view, OLD))
                writer.execute(f"DROP TABLE {quoted(view.table)} CASCADE".encode())
                _rename(writer, _aside(view, OLD), view.table)
                schema = now.schemas[view.name]
                _made_live(writer, view, schema)
                if schema != view.schema:
                    writer.execute(_FALL_BEHIND, (view.name, now.position))
            RowWriter().write(writer, rows_of(self._changed(writer, now.position)), {})
        return now

    def cancel_rebuild(self, now: Rebuild) -> None:
        """See the port."""
        with self._connections.write() as writer:
            _move(writer, now)
            for name in now.views:
                run(writer, (f"DROP TABLE IF EXISTS {quoted(f'view_{name}__{NEW}')} CASCADE",))
                writer.execute(_UNMARK, (f"{name}__{NEW}",))

    def clear_rebuilds(self, views: Sequence[View]) -> tuple[str, ...]:
        """See the port."""
        with self._connections.write() as writer:
            there = [view for view in views if _exists(writer, _aside(view, OLD))]
            for view in there:
                _drop(writer, view, OLD)
        return tuple(view.name for view in there)

    def _changed(self, connection: Connection, position: int) -> dict[EstateId, list[Recorded]]:
        decode = self._codec.decode
        changed: dict[EstateId, list[Recorded]] = {}
        for estate, version, topic, state in connection.execute(_STREAMS, (position,)):
            changed.setdefault(estate, []).append(decode(estate, version, topic, state))
        return changed


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(query.encode()).fetchall()[0][0])


def _schemas(connection: Connection, views: Sequence[View]) -> dict[str, int]:
    there = [view for view in views if _exists(connection, view.table)]
    return {view.name: meta(connection, f"view:{view.name}") or 0 for view in there}


def _move(connection: Connection, now: Rebuild, was: RebuildStatus = "building") -> None:
    if connection.execute(_sql(MOVE), move_of(now, was)).rowcount != 1:
        raise RebuildTaken


def _made_live(connection: Connection, view: View, schema: int) -> None:
    connection.execute(_UNMARK, (view.name,))
    set_meta(connection, f"view:{view.name}", schema)


def _hand_on_rights(connection: Connection, table: str, to: str) -> None:
    rights: list[tuple[Any, ...]] = connection.execute(_GRANTS, (to, quoted(table))).fetchall()
    run(connection, [grant for (grant,) in rights])


def _aside(view: View, word: str) -> str:
    return set_aside(view, word, 0).table


def _exists(connection: Connection, table: str) -> bool:
    found = connection.execute("SELECT to_regclass(%s)", (quoted(table),)).fetchone()
    return found is not None and found[0] is not None


def _rename(connection: Connection, table: str, to: str) -> None:
    if _exists(connection, table):
        run(connection, (f"ALTER TABLE {quoted(table)} RENAME TO {quoted(to)}",))


def _drop(connection: Connection, view: View, word: str) -> None:
    run(connection, (f"DROP TABLE IF EXISTS {quoted(_aside(view, word))} CASCADE",))
    connection.execute(_UNMARK, (f"{view.name}__{word}",))
