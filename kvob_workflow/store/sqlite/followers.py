"""How does SQLite keep followers? A row each, moved by whoever saw its latest revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from kvob_workflow.store.sqlite import viewtables
from kvob_workflow.store.sqlite.rows import mark_behind, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_projections.view import View
    from kvob_workflow.store.port import Behind, RowChange
    from kvob_workflow.store.sqlite.connections import Connections
    from kvob_workflow.store.sqlite.rows import RowWriter

_NEWEST: Final = "SELECT coalesce(max(rowid), 0) FROM stored_events"
_CHANNELS: Final = "SELECT name, number FROM kvob_meta WHERE name GLOB 'follower:*' ORDER BY name"
_AFTER: Final = "SELECT count(*) FROM (SELECT 1 FROM stored_events WHERE rowid > ? LIMIT ?)"
_UNMARK: Final = "DELETE FROM behind WHERE view = ?"


class Followers:
    """The part of the store that keeps followers."""

    _connections: Connections
    _rows: RowWriter

    def followers(self) -> list[FollowerState]:
        """See the port."""
        with self._connections.read() as reader:
            return [state_of(row) for row in reader.execute(LISTED)]

    def prepare_followed(self, views: Sequence[View]) -> None:
        """See the port."""
        store = self._connections.store
        with self._connections.read() as reader:
            if viewtables.is_prepared(reader, views, store):
                viewtables.check_columns(reader, views)
                return
        with self._connections.write() as writer:
            for name in viewtables.prepare(writer, views, store, followed=True):
                writer.execute("DELETE FROM follower WHERE name = ?", (name,))

    def begin_projections(self, begun: Sequence[tuple[View, int]], at: datetime) -> None:
        """See the port."""
        with self._connections.write() as writer:
            position = writer.execute(_NEWEST).fetchone()[0]
            for view, fingerprint in begun:
                was = _found(writer, view.name)
                if was is not None and was.fingerprint == fingerprint:
                    continue
                writer.execute(f"DELETE FROM {quoted(view.table)}")
                writer.execute(_UNMARK, (view.name,))
                now = FollowerState(view.name, "projection", position, at, fingerprint, cursor="")
                _put(writer, was, now)

    def begin_effect(self, name: str, at: datetime, *, from_start: bool) -> None:
        """See the port."""
        with self._connections.read() as reader:
            if _found(reader, name) is not None:
                return
        with self._connections.write() as writer:
            if _found(writer, name) is None:
                position = 0 if from_start else writer.execute(_NEWEST).fetchone()[0]
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
        del first  # an upsert is as fast as an insert here
        try:
            with self._connections.write() as writer:
                for move in moves:
                    if writer.execute(MOVE, move_of(move)).rowcount != 1:
                        raise FollowerElsewhere
                refused = self._rows.write(writer.cursor(), rows, {})
                gone = [emptied(one, rows) for one in refused]
                self._rows.write(writer.cursor(), gone, {})
                mark_behind(writer, (*refused, *parked))
        except FollowerElsewhere:
            return False
        return True

    def skip_event(self, move: Move, skip: Skip) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if writer.execute(MOVE, move_of(move)).rowcount != 1:
                return False
            writer.execute(SKIP, skip_row(skip))
        return True

    def skips(self, limit: int) -> list[Skip]:
        """See the port."""
        with self._connections.read() as reader:
            return [skip_of(row) for row in reader.execute(SKIPPED, (limit,))]

    def channel_positions(self) -> dict[str, int]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_CHANNELS).fetchall()
        return {name.removeprefix("follower:"): number for name, number in found}

    def events_after(self, position: int, most: int) -> int:
        """See the port."""
        with self._connections.read() as reader:
            return int(reader.execute(_AFTER, (position, most)).fetchone()[0])

    def count_rows(self, view: View, most: int | None) -> int:
        """See the port."""
        asked = f"SELECT count(*) FROM {quoted(view.table)}"
        if most is not None:
            asked = f"SELECT count(*) FROM (SELECT 1 FROM {quoted(view.table)} LIMIT {most:d})"
        with self._connections.read() as reader:
            return int(reader.execute(asked).fetchone()[0])


def _found(connection: sqlite3.Connection, name: str) -> FollowerState | None:
    found = map(state_of, connection.execute(LISTED))
    return next((one for one in found if one.name == name), None)


def _put(writer: sqlite3.Connection, was: FollowerState | None, now: FollowerState) -> None:
    if was is None:
        writer.execute(INSERT, row_of(now))
    else:
        writer.execute(MOVE, move_of(Move(was, now)))
