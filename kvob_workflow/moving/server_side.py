"""How is a schema of PostgreSQL copied from and to? By cursors of one snapshot, and by COPY."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kvob_workflow.limits import StoreLimits
from kvob_workflow.moving.faults import NoStoreThere, TargetMoved, TargetNotEmpty
from kvob_workflow.moving.tables import (
    FILLED_WHEN_MADE,
    POSITION,
    TABLES,
    VIEW_NAMES,
    rows_sql,
    shown,
)
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.half_copied import UNDER_WAY, StoreHalfCopied
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.failures import store_failures
from kvob_workflow.store.postgres.locks import lock_events
from kvob_workflow.store.postgres.schema import (
    STORE_SCHEMA,
    check_schema,
    create_tables,
    may_prepare,
    meta,
    prepare_alone,
    set_meta,
    upgrade_tables,
)
from kvob_workflow.store.postgres.store import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from kvob_workflow.moving.tables import Row, Table
    from kvob_workflow.store.postgres.address import Address
    from kvob_workflow.store.postgres.connections import Connection

_AT_ONCE: Final = 2_000
_INTEGRITY: Final = "23"
_SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_LAST: Final = "SELECT coalesce(max(notification_id), 0) FROM stored_events"
# Positions that are used are never given out again; of an empty table none is.
_NEXT: Final = (
    "SELECT setval(pg_get_serial_sequence('stored_events', 'notification_id'),"
    " max(notification_id)) FROM stored_events HAVING max(notification_id) IS NOT NULL"
)
# Both sides sort and look through whole tables; nobody else waits for that.
_STATEMENT_SECONDS: Final = 600.0


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns as the server calls them."""
    return tuple("notification_id" if name == POSITION else name for name in table.columns)


class ServerReading:
    """A snapshot of a schema."""

    def __init__(self, connection: Connection) -> None:
        """Over a connection in a transaction of one snapshot."""
        self._connection = connection
        self._cursors = 0

    def rows(self, table: Table, after: Row = ()) -> Iterator[Row]:
        """See `sides`; the server hands them over in parts."""
        places = ", ".join(["%s"] * len(after))
        asked = rows_sql(table, columns_of(table), places)
        self._cursors += 1
        with self._connection.cursor(f"moving_{self._cursors}") as cursor:
            cursor.itersize = _AT_ONCE
            yield from cursor.execute(asked.encode(), after)

    def last(self, table: Table) -> Row:
        """See `sides`."""
        asked = rows_sql(table, columns_of(table), last=True)
        return self._connection.execute(asked.encode()).fetchone() or ()


class ServerWriting:
    """A transaction on a schema."""

    def __init__(self, connection: Connection, store: str) -> None:
        """Over a connection in a transaction."""
        self._connection = connection
        self._store = store

    def last_position(self) -> int:
        """See `sides`."""
        lock_events(self._connection)
        found = self._connection.execute(_LAST).fetchone()
        return 0 if found is None else int(found[0])

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `sides`."""
        names = ", ".join(columns_of(table))
        copy_in = f"COPY {table.name} ({names}) FROM STDIN"
        try:
            with self._connection.cursor() as cursor, cursor.copy(copy_in.encode()) as copy:
                for row in rows:
                    copy.write_row(shown(row))
        except Exception as error:
            if not str(getattr(error, "sqlstate", None)).startswith(_INTEGRITY):
                raise
            raise TargetMoved(self._store, table.name) from error

    def clear(self, table: Table) -> None:
        """See `sides`."""
        self._connection.execute(f"DELETE FROM {table.name} WHERE {table.where}".encode())

    def finish(self) -> None:
        """See `sides`."""
        self._connection.execute(_NEXT)
        for (name,) in self._connection.execute(VIEW_NAMES.encode()).fetchall():
            set_meta(self._connection, f"unfilled:{name.removeprefix('view:')}", 1)
        set_meta(self._connection, "store", STORE_SCHEMA)


class ServerSide:
    """A store on a server, as source or target."""

    def __init__(self, address: Address) -> None:
        """Opens no connection yet."""
        self._connections = Connections(address, StoreLimits(statement_timeout=_STATEMENT_SECONDS))
        self.shown = address.shown

    @contextmanager
    def reading(self) -> Generator[ServerReading]:
        """See `sides`."""
        with self._connections.read() as connection, connection.transaction():
            connection.execute(_SNAPSHOT)
            yield ServerReading(connection)

    @contextmanager
    def writing(self) -> Generator[ServerWriting]:
        """See `sides`."""
        with self._connections.write() as connection:
            yield ServerWriting(connection, self.shown)

    def take(self) -> bool:
        """See `sides`."""
        # A connection of its own: a pool says only that it waited, not why it got no connection.
        schema = self._connections.schema
        with (
            store_failures(self.shown),
            self._connections.alone() as own,
            may_prepare(self.shown, anew=True),
            own.transaction(),
        ):
            prepare_alone(own, schema)
            return self._taken(own, schema)

    def _taken(self, own: Connection, schema: str) -> bool:
        try:
            number = check_schema(own, schema, self.shown)
        except StoreHalfCopied as half:
            if meta(own, "store") != UNDER_WAY + STORE_SCHEMA:
                raise TargetNotEmpty(self.shown, half.reason) from None
            return True
        if number == 0:
            create_tables(own, schema)
        elif number < STORE_SCHEMA:
            upgrade_tables(own, number)
        lock_events(own)
        self._refuse_rows(own)
        set_meta(own, "store", UNDER_WAY + STORE_SCHEMA)
        return False

    def store(self) -> PostgresStore:
        """See `sides`; one that is not there is not made.

        Raises:
            NoStoreThere: there is none.
        """
        with store_failures(self.shown), self._connections.alone() as own:
            if check_schema(own, self._connections.schema, self.shown) == 0:
                raise NoStoreThere(self.shown)
        return PostgresStore(self._connections, Codec())

    def close(self) -> None:
        """See `sides`."""
        self._connections.close()

    def _refuse_rows(self, own: Connection) -> None:
        for table in TABLES:
            if table.name in FILLED_WHEN_MADE:
                continue
            asked = f"SELECT EXISTS (SELECT 1 FROM {table.name})"
            if own.execute(asked.encode()).fetchone() == (True,):
                raise TargetNotEmpty(self.shown, table.name)
