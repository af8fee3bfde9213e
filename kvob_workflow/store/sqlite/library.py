"""Where do we meet the eventsourcing library? Its datastore, recorder and factory for SQLite.

The table `stored_events` is the library's, so its stock recorders read our files. Only the
connections are ours: the library's pool can lose its writer lock and knows no durability
setting. The recorder's `_insert_events` hook takes what else belongs in the transaction.
Read next: `writing`, the rest of that transaction.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from eventsourcing import persistence
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteFactory,
)
from eventsourcing.utils import Environment

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from eventsourcing.persistence import StoredEvent

    from kvob_workflow.store.mapper import RecordedMapper
    from kvob_workflow.store.sqlite.connections import Connections
    from kvob_workflow.store.sqlite.writing import InlineWork

_LIBRARY_ERRORS: tuple[tuple[type[sqlite3.Error], type[persistence.PersistenceError]], ...] = (
    (sqlite3.InterfaceError, persistence.InterfaceError),
    (sqlite3.DataError, persistence.DataError),
    (sqlite3.OperationalError, persistence.OperationalError),
    (sqlite3.IntegrityError, persistence.IntegrityError),
    (sqlite3.InternalError, persistence.InternalError),
    (sqlite3.ProgrammingError, persistence.ProgrammingError),
    (sqlite3.NotSupportedError, persistence.NotSupportedError),
    (sqlite3.DatabaseError, persistence.DatabaseError),
)


class Datastore(SQLiteDatastore):
    """The library's datastore over our connections."""

    def __init__(self, connections: Connections) -> None:
        """Opens nothing: `connections` are open already and are closed by their owner."""
        # The base class would make a pool of its own, so its __init__ is not called.
        self.single_row_tracking = True
        self.originator_id_type: Literal["uuid", "text"] = "text"
        self._connections = connections

    @contextmanager
    def transaction(self, *, commit: bool) -> Generator[SQLiteCursor]:
        """A cursor in a write transaction, or on a connection that refuses to write."""
        opened = self._connections.write() if commit else self._connections.read(callers_sql=True)
        try:
            with opened as connection:
                cursor = connection.cursor()
                cursor.row_factory = sqlite3.Row
                try:
                    yield SQLiteCursor(cursor)
                finally:
                    cursor.close()
        except sqlite3.Error as error:
            raise _library_error(error) from error

    def close(self) -> None:
        """Leaves the connections alone; the library calls this when it forgets a datastore."""


def _library_error(error: sqlite3.Error) -> persistence.PersistenceError:
    for ours, theirs in _LIBRARY_ERRORS:
        if isinstance(error, ours):
            return theirs(error)
    return persistence.PersistenceError(error)


class Recorder(SQLiteApplicationRecorder):
    """The library's recorder; with `inline=` it writes commands, names and view rows as well."""

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        inline: InlineWork | None = None,
        **kwargs: Any,
    ) -> Sequence[int] | None:
        if inline is None:
            return super()._insert_events(c, stored_events, **kwargs)
        cursor = c.sqlite_cursor
        inline.before(cursor)
        positions = self._insert_all(cursor, stored_events)
        inline.after(cursor, positions)
        return positions

    def _insert_all(
        self, cursor: sqlite3.Cursor, stored_events: Sequence[StoredEvent]
    ) -> Sequence[int]:
        if not stored_events:
            return ()
        if len(stored_events) == 1:
            one = stored_events[0]
            row = (one.originator_id, one.originator_version, one.topic, one.state)
            cursor.execute(self.insert_events_statement, row)
            return (cursor.lastrowid or 0,)
        cursor.executemany(
            self.insert_events_statement,
            [(s.originator_id, s.originator_version, s.topic, s.state) for s in stored_events],
        )
        # Rowids follow each other: no other writer is active and no event is ever deleted.
        last = cursor.execute("SELECT last_insert_rowid()").fetchone()[0]
        return range(last - len(stored_events) + 1, last + 1)


class Factory(SQLiteFactory):
    """Hands our recorder and mapper to an application of the library."""

    application_recorder_class = Recorder

    def __init__(self, datastore: Datastore) -> None:
        """Reads no environment variables."""
        # Past SQLiteFactory, whose __init__ would make a datastore of its own.
        super(SQLiteFactory, self).__init__(Environment("kvob", {}))
        self.datastore = datastore


class LibraryApplication(Application[str]):
    """An application of the library over an open store, for hosts that use the library."""

    name = "kvob"

    def __init__(self, datastore: Datastore, mapper: RecordedMapper) -> None:
        """Shares the connections of the store; closing the application leaves them open."""
        self._datastore = datastore
        self._mapper = mapper
        super().__init__()

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """No settings from outside: they could name a cipher or another database."""
        del env
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Our factory."""
        del env
        return Factory(self._datastore)

    def construct_mapper(self) -> RecordedMapper:
        """Our mapper."""
        return self._mapper
