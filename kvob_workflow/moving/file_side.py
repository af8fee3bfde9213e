"""How is a file copied from and to? Through the connections that its store has as well."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from kvob_workflow.moving.faults import TargetMoved, TargetNotEmpty
from kvob_workflow.moving.tables import (
    FILLED_WHEN_MADE,
    POSITION,
    TABLES,
    VIEW_NAMES,
    rows_sql,
)
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.half_copied import UNDER_WAY, StoreHalfCopied
from kvob_workflow.store.sqlite.connections import FileConnections
from kvob_workflow.store.sqlite.library import Datastore, Recorder
from kvob_workflow.store.sqlite.schema import (
    STORE_SCHEMA,
    check_schema,
    create_tables,
    meta,
    set_meta,
    upgrade_tables,
)
from kvob_workflow.store.sqlite.store import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from kvob_workflow.moving.tables import Row, Table

_LAST: Final = "SELECT coalesce(max(rowid), 0) FROM stored_events"


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns as SQLite calls them: a position is the row's own number."""
    return tuple("rowid" if name == POSITION else name for name in table.columns)


class FileReading:
    """A snapshot of a file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Over a connection in a transaction."""
        self._connection = connection

    def rows(self, table: Table, after: Row = ()) -> Iterator[Row]:
        """See `sides`."""
        places = ", ".join("?" * len(after))
        yield from self._connection.execute(rows_sql(table, columns_of(table), places), after)

    def last(self, table: Table) -> Row:
        """See `sides`."""
        asked = rows_sql(table, columns_of(table), last=True)
        found: Row | None = self._connection.execute(asked).fetchone()
        return found or ()


class FileWriting:
    """A transaction on a file."""

    def __init__(self, connection: sqlite3.Connection, store: str) -> None:
        """Over a connection in a transaction."""
        self._connection = connection
        self._store = store

    def last_position(self) -> int:
        """See `sides`."""
        return int(self._connection.execute(_LAST).fetchone()[0])

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """See `sides`."""
        names, places = ", ".join(columns_of(table)), ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO {table.name} ({names}) VALUES ({places})"
        try:
            self._connection.executemany(insert, rows)
        except sqlite3.IntegrityError as error:
            raise TargetMoved(self._store, table.name) from error

    def clear(self, table: Table) -> None:
        """See `sides`."""
        self._connection.execute(f"DELETE FROM {table.name} WHERE {table.where}")

    def finish(self) -> None:
        """See `sides`; the number of a new row follows the last by itself."""
        names = [str(name) for (name,) in self._connection.execute(VIEW_NAMES)]
        for name in names:
            set_meta(self._connection, f"unfilled:{name.removeprefix('view:')}", 1)
        set_meta(self._connection, "store", STORE_SCHEMA)


class FileSide:
    """A store in a file, as source or target."""

    def __init__(self, path: Path) -> None:
        """Opens the file, making it when it is missing.

        Raises:
            StoreUnavailable: one of its causes.
        """
        self._connections = FileConnections(path)
        self.shown = self._connections.store

    @contextmanager
    def reading(self) -> Generator[FileReading]:
        """See `sides`."""
        with self._connections.read() as connection:
            connection.execute("BEGIN")
            try:
                yield FileReading(connection)
            finally:
                with suppress(sqlite3.Error):  # an earlier failure has ended it
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Generator[FileWriting]:
        """See `sides`."""
        with self._connections.write() as connection:
            yield FileWriting(connection, self.shown)

    def take(self) -> bool:
        """See `sides`."""
        with self._connections.write() as writer:
            try:
                number = check_schema(writer, self.shown)
            except StoreHalfCopied as half:
                if meta(writer, "store") != UNDER_WAY + STORE_SCHEMA:
                    raise TargetNotEmpty(self.shown, half.reason) from None
                return True
            if number == 0:
                events = Recorder(Datastore(self._connections)).create_table_statements
                create_tables(writer, events)
            elif number < STORE_SCHEMA:
                upgrade_tables(writer, number)
            self._refuse_rows(writer)
            set_meta(writer, "store", UNDER_WAY + STORE_SCHEMA)
        return False

    def store(self) -> SQLiteStore:
        """See `sides`."""
        return SQLiteStore(self._connections, Codec())

    def close(self) -> None:
        """See `sides`."""
        self._connections.close()

    def _refuse_rows(self, writer: sqlite3.Connection) -> None:
        for table in TABLES:
            if table.name in FILLED_WHEN_MADE:
                continue
            if writer.execute(f"SELECT EXISTS (SELECT 1 FROM {table.name})").fetchone()[0]:
                raise TargetNotEmpty(self.shown, table.name)
