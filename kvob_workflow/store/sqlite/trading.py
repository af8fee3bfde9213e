"""How are rebuilt tables traded for the live ones, and back? In one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.rebuilding import (
    NEW,
    OLD,
    Rebuild,
    RebuildTaken,
    Shown,
    TooMuchToTakeIn,
)
from kvob_workflow.store.sqlite.beside import (
    LAST,
    REMARK,
    UNMARK,
    beside,
    check_data,
    drop,
    exists,
    hold_followers,
    move,
    rename,
    replace_rows,
    schemas_of,
    show,
)
from kvob_workflow.store.sqlite.rows import quoted
from kvob_workflow.store.sqlite.schema import MARK, rows_remade, set_meta
from kvob_workflow.store.sqlite.snapshots import changed_since, snapshot_of
from kvob_workflow.store.sqlite.viewtables import mark_filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import View
    from kvob_workflow.store.rebuilding import MadeOf
    from kvob_workflow.store.sqlite.connections import Connections

_FALL_BEHIND: Final = (
    "INSERT OR REPLACE INTO behind (view, estate, error, at_version)"
    " SELECT ?, originator_id, 'rolled back', max(originator_version) FROM stored_events"
    " WHERE originator_id IN (SELECT DISTINCT originator_id FROM stored_events WHERE rowid > ?)"
    " GROUP BY originator_id"
)


class Trading:
    """The part of the store that trades tables."""

    _connections: Connections

    def swap_rebuild(
        self, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
    ) -> Rebuild:
        """See the port."""
        building = replace(now, status="building")
        with self._connections.write() as writer:
            held = hold_followers(writer, now.views)
            check_data(writer, now.scheme_before)
            _take_in(writer, building, views, made_of, most)
            now = replace(now, position=writer.execute(LAST).fetchone()[0], followed=held)
            move(writer, now)
            for view in views:
                drop(writer, view.name, OLD)
                rename(writer, view.table, beside(view.name, OLD))
                rename(writer, beside(view.name, NEW), view.table)
                writer.execute(REMARK, (beside(view.name, OLD, ""), view.name))
                writer.execute(REMARK, (view.name, beside(view.name, NEW, "")))
                set_meta(writer, f"view:{view.name}", view.schema)
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
        with self._connections.write() as writer:
            if not all(exists(writer, beside(view.name, OLD)) for view in views):
                raise RebuildTaken
            hold_followers(writer, now.followed)
            check_data(writer, now.scheme)
            move(writer, now, "live")
            if kept_up:
                _take_in(writer, live, kept_up, made_of, most)
            for view in views:
                writer.execute(f"DROP TABLE {quoted(view.table)}")
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


def _shown_now(now: Rebuild) -> dict[str, Shown]:
    """What the tables of followed views show after the swap."""
    return {name: Shown(now.position, now.made_with[name], None) for name in now.followed}


def _take_in(
    writer: sqlite3.Connection, now: Rebuild, views: Sequence[View], made_of: MadeOf, most: int
) -> None:
    """Rows of what came in since the last round, within the transaction that trades."""
    changed = changed_since(writer, now.position, most)
    if changed.more:
        raise TooMuchToTakeIn
    if changed.estates:
        schemas = schemas_of(writer, views)
        live = [view for view in views if schemas.get(view.name) == view.schema]
        replace_rows(writer, now, views, made_of(snapshot_of(writer, changed.estates, live)))
