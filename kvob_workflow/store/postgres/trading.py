"""How are rebuilt tables traded for the live ones, and back?

A trade waits for questions that are under way, and keeps new ones waiting meanwhile: so it waits
for a moment only, and its caller tries again.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from psycopg.errors import LockNotAvailable

from kvob_workflow.store.faults import StoreBusy
from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.postgres.append_function import function_statement
from kvob_workflow.store.postgres.beside import (
    LAST,
    REMARK,
    UNMARK,
    beside,
    check_data,
    drop,
    exists,
    hold_followers,
    move,
    number,
    rename,
    replace_rows,
    schemas_of,
    show,
)
from kvob_workflow.store.postgres.locks import lock_all_estates, lock_events
from kvob_workflow.store.postgres.rows import quoted
from kvob_workflow.store.postgres.schema import (
    MARK,
    rows_remade,
    run,
    set_meta,
)
from kvob_workflow.store.postgres.snapshots import changed_since, snapshot_of
from kvob_workflow.store.postgres.viewtables import mark_filled
from kvob_workflow.store.rebuilding import (
    NEW,
    OLD,
    Rebuild,
    RebuildTaken,
    Shown,
    TooMuchToTakeIn,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from kvob_projections.view import View
    from kvob_workflow.store.postgres.connections import Connection, Connections
    from kvob_workflow.store.rebuilding import MadeOf

_FALL_BEHIND: Final = (
    "INSERT INTO behind (view, estate, error, at_version)"
    " SELECT %s, originator_id, 'rolled back', max(originator_version) FROM stored_events"
    " WHERE originator_id IN (SELECT originator_id FROM stored_events WHERE notification_id > %s)"
    " GROUP BY originator_id"
    " ON CONFLICT (view, estate) DO UPDATE SET error = excluded.error,"
    " at_version = excluded.at_version"
)
_GRANTS: Final = (
    "SELECT format('GRANT %%s ON %%I TO %%s', privilege_type, %s::text,"
    " CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)"
    " FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(%s) AND grantee <> relowner"
)
_WAITS_MS: Final = (10, 20, 50, 100, 200)


class Trading:
    """The part of the store that trades tables."""

    _connections: Connections

    def swap_rebuild(
        self, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
    ) -> Rebuild:
        """See the port."""
        building = replace(now, status="building")
        with self._connections.write() as writer, self._brief():
            held = hold_followers(writer, now.views)  # before those who append must wait
            lock_all_estates(writer)
            lock_events(writer)
            check_data(writer, now.scheme_before)
            _take_in(writer, building, views, made_of, most)
            now = replace(now, position=number(writer, LAST), followed=held)
            move(writer, now)
            for view in views:
                _hand_on_rights(writer, view.table, beside(view.name, NEW))
                drop(writer, view.name, OLD)
            _lock_live(writer, views)
            for view in views:
                rename(writer, view.table, beside(view.name, OLD))
                rename(writer, beside(view.name, NEW), view.table)
                writer.execute(REMARK, (beside(view.name, OLD, ""), view.name))
                writer.execute(REMARK, (view.name, beside(view.name, NEW, "")))
                set_meta(writer, f"view:{view.name}", view.schema)
                run(writer, (function_statement(view),))
            show(writer, _shown_now(now))
            mark_filled(writer, [view.name for view in views])
            set_meta(writer, MARK + SCHEME_MARK, now.scheme)
            rows_remade(writer)
        return now

    def undo_rebuild(
        self, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
    ) -> Rebuild:
        """See the port."""
        live = replace(now, status="live")
        kept_up, inline = now.kept_up(views), now.inline(views)
        with self._connections.write() as writer, self._brief():
            hold_followers(writer, now.followed)
            lock_all_estates(writer)
            lock_events(writer)
            if not all(exists(writer, beside(view.name, OLD)) for view in views):
                raise RebuildTaken
            check_data(writer, now.scheme)
            move(writer, now, "live")
            if kept_up:
                _take_in(writer, live, kept_up, made_of, most)
            for view in views:
                _hand_on_rights(writer, view.table, beside(view.name, OLD))
            _lock_live(writer, views)
            for view in views:
                run(writer, (f"DROP TABLE {quoted(view.table)}",))
                rename(writer, beside(view.name, OLD), view.table)
                writer.execute(UNMARK, (view.name,))
                writer.execute(REMARK, (view.name, beside(view.name, OLD, "")))
                set_meta(writer, f"view:{view.name}", now.schemas[view.name])
                if view in inline and not kept_up:
                    writer.execute(_FALL_BEHIND, (view.name, now.position))
            show(writer, now.followed)
            if now.scheme_before is not None:
                set_meta(writer, MARK + SCHEME_MARK, now.scheme_before)
            rows_remade(writer)
        return now

    @contextmanager
    def _brief(self) -> Generator[None]:
        """Says of a live table that stayed in use that the store is busy."""
        try:
            yield
        except LockNotAvailable as error:
            reason = "a long question on the view tables"
            raise StoreBusy(self._connections.store, reason) from error


def _shown_now(now: Rebuild) -> dict[str, Shown]:
    """What the tables of followed views show after the swap."""
    return {name: Shown(now.position, now.made_with[name], None) for name in now.followed}


def _take_in(
    writer: Connection, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
) -> None:
    """Rows of what came in since the last round, within the transaction that trades."""
    changed = changed_since(writer, now.position, most)
    if changed.more:
        raise TooMuchToTakeIn
    if changed.estates:
        schemas = schemas_of(writer, views)
        live = [view for view in views if schemas.get(view.name) == view.schema]
        replace_rows(writer, now, views, made_of(snapshot_of(writer, changed.estates, live)))


def _lock_live(writer: Connection, views: Sequence[View]) -> None:
    """Takes all live tables together, waiting a little longer each time.

    Raises:
        LockNotAvailable: a question went on for longer.
    """
    tables = ", ".join(quoted(view.table) for view in views if exists(writer, view.table))
    if not tables:
        return
    for milliseconds in _WAITS_MS:
        try:
            with writer.transaction():
                writer.execute(f"SET LOCAL lock_timeout = {milliseconds}".encode())
                writer.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE".encode())
        except LockNotAvailable:
            if milliseconds == _WAITS_MS[-1]:
                raise
        else:
            return


def _hand_on_rights(connection: Connection, table: str, to: str) -> None:
    rights: list[tuple[Any, ...]] = connection.execute(_GRANTS, (to, quoted(table))).fetchall()
    run(connection, [grant for (grant,) in rights])
