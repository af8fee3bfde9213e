"""What does a rebuild read of a server? Many estates in one moment: their events, their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvob_domain.ids import EstateId
from kvob_workflow.store.postgres.rows import quoted
from kvob_workflow.store.postgres.texts import sendable
from kvob_workflow.store.rebuilding import Changed, Snapshot, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import Row, View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.postgres.connections import Connection, Connections
    from kvob_workflow.store.rebuilding import StoredEvent

_EVENTS: Final = "SELECT originator_id, originator_version, topic, state FROM stored_events"
_IN_ORDER: Final = " ORDER BY originator_id, originator_version"
_BOUND: Final = (
    f"SELECT originator_id FROM stored_events WHERE originator_id > %s{_IN_ORDER} LIMIT 1 OFFSET %s"
)
_CHANGED: Final = (
    "SELECT notification_id, originator_id FROM stored_events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
# What is read of several tables must be of one moment.
_ONE_MOMENT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Snapshots:
    """The part of the store that reads for rebuilds."""

    _connections: Connections
    _codec: Codec

    def recorded(self, stored: StoredEvent) -> Recorded:
        """See the port."""
        estate, version, topic, state = stored
        return self._codec.decode(EstateId(estate), version, topic, state)

    def as_kept(self, row: Row) -> Row:
        """See the port: no text of a server holds a zero byte."""
        return tuple(map(sendable, row))

    def span_after(self, after: str, events: int) -> Span:
        """See the port."""
        found = self._connections.reading(
            lambda reader: reader.execute(_BOUND, (after, events)).fetchone()
        )
        return Span(after, None if found is None else found[0])

    def snapshot(self, span: Span, live: Sequence[View]) -> Snapshot:
        """See the port."""

        def ask(reader: Connection) -> Snapshot:
            with reader.transaction():
                reader.execute(_ONE_MOMENT)
                events = _within(reader, _EVENTS, "originator_id", span, _IN_ORDER)
                rows = {
                    view.name: _within(reader, _rows(view), quoted(view.key[0]), span)
                    for view in live
                }
                return Snapshot(events, rows)

        return self._connections.reading(ask)

    def snapshot_of(self, estates: Sequence[EstateId], live: Sequence[View]) -> Snapshot:
        """See the port."""

        def ask(reader: Connection) -> Snapshot:
            with reader.transaction():
                reader.execute(_ONE_MOMENT)
                return snapshot_of(reader, estates, live)

        return self._connections.reading(ask)

    def changed_since(self, position: int, limit: int) -> Changed:
        """See the port."""
        return self._connections.reading(lambda reader: changed_since(reader, position, limit))


def changed_since(connection: Connection, position: int, limit: int) -> Changed:
    """The estates of the next events after a position."""
    found = connection.execute(_CHANGED, (position, limit + 1)).fetchall()
    taken = found[:limit]
    estates = sorted({EstateId(estate) for _, estate in taken})
    last = taken[-1][0] if taken else position
    return Changed(estates, len(taken), last, len(found) > limit)


def snapshot_of(
    connection: Connection, estates: Sequence[EstateId], live: Sequence[View]
) -> Snapshot:
    """These estates, within a transaction that has begun."""
    given = (list(estates),)
    events = f"{_EVENTS} WHERE originator_id = ANY (%s){_IN_ORDER}"
    rows = {
        view.name: connection.execute(
            f"{_rows(view)} WHERE {quoted(view.key[0])} = ANY (%s)".encode(), given
        ).fetchall()
        for view in live
    }
    return Snapshot(connection.execute(events.encode(), given).fetchall(), rows)


def _rows(view: View) -> str:
    return f"SELECT {', '.join(map(quoted, view.columns))} FROM {quoted(view.table)}"


def _within(
    reader: Connection, query: str, column: str, span: Span, order: str = ""
) -> list[tuple[Any, ...]]:
    """The first span has no lower bound: a row under an empty id is a row too."""
    bounds = [(f"{column} > %s", span.after)] if span.after else []
    if span.upto is not None:
        bounds.append((f"{column} <= %s", span.upto))
    where = " AND ".join(condition for condition, _ in bounds)
    asked = f"{query}{f' WHERE {where}' if where else ''}{order}"
    # Binary: a server needs a third of the time for the bytes of events.
    with reader.cursor(binary=True) as cursor:
        return cursor.execute(asked.encode(), [one for _, one in bounds]).fetchall()
