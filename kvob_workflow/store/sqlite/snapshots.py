"""What does a rebuild read of a file? Many estates in one moment: their events, their rows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_workflow.store.rebuilding import Changed, Snapshot, Span
from kvob_workflow.store.sqlite.rows import quoted

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import Row, View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.rebuilding import StoredEvent
    from kvob_workflow.store.sqlite.connections import Connections

_EVENTS: Final = "SELECT originator_id, originator_version, topic, state FROM stored_events"
_IN_ORDER: Final = " ORDER BY originator_id, originator_version"
# Walks the index of the primary key alone.
_BOUND: Final = (
    f"SELECT originator_id FROM stored_events WHERE originator_id > ?{_IN_ORDER} LIMIT 1 OFFSET ?"
)
_CHANGED: Final = (
    "SELECT rowid, originator_id FROM stored_events WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
_GIVEN: Final = "(SELECT value FROM json_each(?))"


class Snapshots:
    """The part of the store that reads for rebuilds."""

    _connections: Connections
    _codec: Codec

    def recorded(self, stored: StoredEvent) -> Recorded:
        """See the port."""
        estate, version, topic, state = stored
        return self._codec.decode(EstateId(estate), version, topic, state)

    def as_kept(self, row: Row) -> Row:
        """See the port."""
        return row

    def span_after(self, after: str, events: int) -> Span:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_BOUND, (after, events)).fetchone()
        return Span(after, None if found is None else found[0])

    def snapshot(self, span: Span, live: Sequence[View]) -> Snapshot:
        """See the port."""
        with self._connections.read() as reader, _one_moment(reader):
            return Snapshot(
                reader.execute(*_within(_EVENTS, "originator_id", span, _IN_ORDER)).fetchall(),
                {
                    view.name: reader.execute(
                        *_within(_rows(view), quoted(view.key[0]), span)
                    ).fetchall()
                    for view in live
                },
            )

    def snapshot_of(self, estates: Sequence[EstateId], live: Sequence[View]) -> Snapshot:
        """See the port."""
        with self._connections.read() as reader, _one_moment(reader):
            return snapshot_of(reader, estates, live)

    def changed_since(self, position: int, limit: int) -> Changed:
        """See the port."""
        with self._connections.read() as reader:
            return changed_since(reader, position, limit)


def changed_since(connection: sqlite3.Connection, position: int, limit: int) -> Changed:
    """The estates of the next events after a position."""
    found = connection.execute(_CHANGED, (position, limit + 1)).fetchall()
    taken = found[:limit]
    estates = sorted({EstateId(estate) for _, estate in taken})
    last = taken[-1][0] if taken else position
    return Changed(estates, len(taken), last, len(found) > limit)


def snapshot_of(
    connection: sqlite3.Connection, estates: Sequence[EstateId], live: Sequence[View]
) -> Snapshot:
    """These estates, within a transaction that has begun."""
    given = (json.dumps(list(estates)),)
    events = f"{_EVENTS} WHERE originator_id IN {_GIVEN}{_IN_ORDER}"
    rows = {
        view.name: connection.execute(
            f"{_rows(view)} WHERE {quoted(view.key[0])} IN {_GIVEN}", given
        ).fetchall()
        for view in live
    }
    return Snapshot(connection.execute(events, given).fetchall(), rows)


def _rows(view: View) -> str:
    table = quoted(view.table)
    # SQLite takes an unknown name in quotes for a text, unless its table stands before it.
    columns = ", ".join(f"{table}.{quoted(column)}" for column in view.columns)
    return f"SELECT {columns} FROM {table}"


def _within(query: str, column: str, span: Span, order: str = "") -> tuple[str, tuple[str, ...]]:
    """The first span has no lower bound: a row under an empty id is a row too."""
    bounds = [(f"{column} > ?", span.after)] if span.after else []
    if span.upto is not None:
        bounds.append((f"{column} <= ?", span.upto))
    where = " AND ".join(condition for condition, _ in bounds)
    return f"{query}{f' WHERE {where}' if where else ''}{order}", tuple(one for _, one in bounds)


@contextmanager
def _one_moment(reader: sqlite3.Connection) -> Generator[None]:
    reader.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):  # an earlier failure has ended it
            reader.execute("ROLLBACK")
