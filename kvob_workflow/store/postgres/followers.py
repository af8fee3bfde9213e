"""How does PostgreSQL keep followers? As a file does: a row each, held until the commit.

Of two nodes that move one, the second waits for the first and then finds another revision.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kvob_workflow.store.followers import (
    INSERT,
    LISTED,
    MOVE,
    SKIP,
    SKIPPED,
    FollowerElsewhere,
    FollowerState,
    Move,
    Skip,
    emptied,
    move_of,
    row_of,
    skip_of,
    skip_row,
    state_of,
)
from kvob_workflow.store.postgres import viewtables
from kvob_workflow.store.postgres.rows import mark_behind, quoted
from kvob_workflow.store.postgres.schema import may_prepare, prepare_alone
from kvob_workflow.store.postgres.texts import sendable, sql_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_projections.view import View
    from kvob_workflow.store.port import Behind, RowChange
    from kvob_workflow.store.postgres.connections import Connection, Connections
    from kvob_workflow.store.postgres.rows import RowWriter

_NEWEST: Final = "SELECT coalesce(max(notification_id), 0) FROM stored_events"
_CHANNELS: Final = "SELECT name, number FROM kvob_meta WHERE name LIKE 'follower:%' ORDER BY name"
_AFTER: Final = (
    "SELECT count(*) FROM"
    " (SELECT 1 FROM stored_events WHERE notification_id > %s LIMIT %s) AS found"
)
_UNMARK: Final = "DELETE FROM behind WHERE view = %s"
# Nobody else begins one meanwhile; who only reads or moves one goes on.
_ALONE: Final = "LOCK TABLE follower IN SHARE ROW EXCLUSIVE MODE"


class Followers:
    """The part of the store that keeps followers."""

    _connections: Connections
    _view_rows: RowWriter

    def followers(self) -> list[FollowerState]:
        """See the port."""
        return self._connections.reading(_listed)

    def prepare_followed(self, views: Sequence[View]) -> None:
        """See the port."""
        connections = self._connections

        def fits(reader: Connection) -> bool:
            found = viewtables.is_prepared(reader, views, connections.store)
            if found:
                viewtables.check_columns(reader, views)
            return found

        if connections.reading(fits):
            return
        with connections.write() as writer, may_prepare(connections.store, anew=False):
            prepare_alone(writer, connections.schema)
            made = viewtables.prepare(writer, views, connections.store, followed=True)
            writer.execute("DELETE FROM follower WHERE name = ANY (%s)", (made,))

    def begin_projections(self, begun: Sequence[tuple[View, int]], at: datetime) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute(_ALONE)
            position = _number(writer, _NEWEST)
            for view, fingerprint in begun:
                was = _found(writer, view.name)
                if was is not None and was.fingerprint == fingerprint:
                    continue
                writer.execute(f"DELETE FROM {quoted(view.table)}".encode())
                writer.execute(_UNMARK, (view.name,))
                now = FollowerState(view.name, "projection", position, at, fingerprint, cursor="")
                _put(writer, was, now)

    def begin_effect(self, name: str, at: datetime, *, from_start: bool) -> None:
        """See the port."""
        if any(one.name == name for one in self.followers()):
            return
        with self._connections.write() as writer:
            writer.execute(_ALONE)
            if _found(writer, name) is None:
                position = 0 if from_start else _number(writer, _NEWEST)
                _put(writer, None, FollowerState(name, "effect", position, at))

    def move_followers(
        self,
        moves: Sequence[Move],
        rows: Sequence[RowChange] = (),
        parked: Sequence[Behind] = (),
        *,
        first: bool = False,
    ) -> bool:
        """See the port."""
        begun = {change.estate for change in rows} if first else set[Any]()
        try:
            with self._connections.write() as writer:
                for move in sorted(moves, key=lambda one: one.was.name):
                    _move(writer, move)
                refused = self._view_rows.write(writer, rows, {}, begun)
                gone = [emptied(one, rows) for one in refused]
                self._view_rows.write(writer, gone, {})
                marks = (*refused, *parked)
                mark_behind(writer, [replace(one, error=sendable(one.error)) for one in marks])
        except FollowerElsewhere:
            return False
        return True

    def skip_event(self, move: Move, skip: Skip) -> bool:
        """See the port."""
        try:
            with self._connections.write() as writer:
                _move(writer, move)
                writer.execute(sql_of(SKIP), sendable(list(skip_row(skip))))
        except FollowerElsewhere:
            return False
        return True

    def skips(self, limit: int) -> list[Skip]:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(sql_of(SKIPPED), (limit,)).fetchall()
        )
        return [skip_of(row) for row in found]

    def channel_positions(self) -> dict[str, int]:
        """See the port."""
        found = self._connections.reading(lambda one: one.execute(_CHANNELS.encode()).fetchall())
        return {name.removeprefix("follower:"): number for name, number in found}

    def events_after(self, position: int, most: int) -> int:
        """See the port."""
        return self._connections.reading(
            lambda reader: int(reader.execute(_AFTER, (position, most)).fetchall()[0][0])
        )

    def count_rows(self, view: View, most: int | None) -> int:
        """See the port."""
        limit = "" if most is None else f" LIMIT {most:d}"
        asked = f"SELECT count(*) FROM (SELECT 1 FROM {quoted(view.table)}{limit}) AS found"
        return self._connections.reading(lambda reader: _number(reader, asked))


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(query.encode()).fetchall()[0][0])


def _listed(connection: Connection) -> list[FollowerState]:
    return [state_of(row) for row in connection.execute(LISTED.encode()).fetchall()]


def _found(connection: Connection, name: str) -> FollowerState | None:
    return next((one for one in _listed(connection) if one.name == name), None)


def _move(writer: Connection, move: Move) -> None:
    if writer.execute(sql_of(MOVE), sendable(list(move_of(move)))).rowcount != 1:
        raise FollowerElsewhere


def _put(writer: Connection, was: FollowerState | None, now: FollowerState) -> None:
    if was is None:
        writer.execute(sql_of(INSERT), sendable(list(row_of(now))))
    else:
        _move(writer, Move(was, now))
