"""Where do we meet the eventsourcing library? Its recorder, datastore and factory for PostgreSQL.

The table `stored_events` is the library's for text ids, so its stock recorders read our schemas.
Only the connections are ours, and events go in by one statement or by COPY: the library's own
pipeline waits for ever on a large insert, and its database functions take no lock.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import psycopg
from eventsourcing import persistence
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.postgres import (
    BasePostgresFactory,
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
    PostgresSubscription,
)
from eventsourcing.utils import Environment, strtobool
from psycopg.rows import dict_row, tuple_row

from kvob_workflow.settings import variables
from kvob_workflow.store.postgres.locks import CHANNEL, lock_estates, lock_events
from kvob_workflow.store.postgres.schema import prepare_tables
from kvob_workflow.store.postgres.writing import insert_events
from kvob_workflow.store.server_faults import StoreFunctionsOn

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent, Subscription
    from psycopg.rows import DictRow

    from kvob_workflow.store.mapper import RecordedMapper
    from kvob_workflow.store.postgres.connections import Connection, Connections

_LIBRARY_ERRORS: tuple[tuple[type[psycopg.Error], type[persistence.PersistenceError]], ...] = (
    (psycopg.InterfaceError, persistence.InterfaceError),
    (psycopg.DataError, persistence.DataError),
    (psycopg.OperationalError, persistence.OperationalError),
    (psycopg.IntegrityError, persistence.IntegrityError),
    (psycopg.InternalError, persistence.InternalError),
    (psycopg.ProgrammingError, persistence.ProgrammingError),
    (psycopg.NotSupportedError, persistence.NotSupportedError),
    (psycopg.DatabaseError, persistence.DatabaseError),
)


class Datastore(PostgresDatastore):
    """The library's datastore over our connections."""

    def __init__(self, connections: Connections) -> None:
        """Opens nothing: `connections` are closed by their owner."""
        # The base class would make a pool of its own, so its __init__ is not called.
        self.connections = connections
        self.schema = connections.schema
        self.lock_timeout = round(connections.limits.lock_timeout)
        self.originator_id_type = "text"
        self.enable_db_functions = False
        self.single_row_tracking = True
        self.db_type_names = set[str]()
        self.psycopg_type_adapters = {}
        self.psycopg_python_types = {}

    @contextmanager
    def get_connection(self) -> Generator[psycopg.Connection[DictRow]]:
        """A connection that refuses to write."""
        with self.connections.read(callers_sql=True) as connection, library_errors():
            yield from _with_dicts(connection)

    @contextmanager
    def transaction(self, *, commit: bool = False) -> Generator[psycopg.Cursor[DictRow]]:
        """A cursor in a transaction, which is undone at the end without `commit`."""
        opened = self.connections.writer() if commit else self.connections.read(callers_sql=True)
        with (
            opened as connection,
            library_errors(),
            connection.transaction(force_rollback=not commit),
        ):
            for own in _with_dicts(connection):
                yield own.cursor()

    def register_type_adapters(self) -> None:
        """Nothing to register: events go in as arrays of plain types."""

    def close(self) -> None:
        """Leaves the connections alone; the library calls this when it forgets a datastore."""


class Recorder(PostgresApplicationRecorder):
    """The library's recorder; it writes the way that our own appends do."""

    datastore: Datastore

    def create_table(self) -> None:
        """Makes the tables of a store when they are missing."""
        prepare_tables(self.datastore.connections)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Inserts events of the library's applications, without guards or view rows.

        Raises:
            IntegrityError: an event with that estate and version is there already.
        """
        del kwargs
        rows = [
            (_text(one.originator_id), one.originator_version, one.topic, one.state)
            for one in stored_events
        ]
        with self.datastore.connections.write() as connection, library_errors():
            lock_estates(connection, [row[0] for row in rows])
            lock_events(connection)
            return list(insert_events(connection, rows, len(rows)))

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[persistence.ApplicationRecorder]:
        """Events as they come, woken by the server."""
        return Listening(recorder=self, gt=gt, topics=topics)


class Listening(PostgresSubscription):
    """The library's subscription; it listens on a connection outside the pools."""

    _recorder: Recorder

    def _listen(self) -> None:
        try:
            with library_errors(), self._recorder.datastore.connections.alone() as connection:
                connection.execute(f"LISTEN {CHANNEL}".encode())
                self._has_been_notified.set()  # events that came before we listened
                while not self._has_been_stopped and not self._thread_error:
                    for _ in connection.notifies(timeout=0.1, stop_after=1):
                        self._has_been_notified.set()
        except BaseException as error:
            # As the library does: the error is raised to whoever iterates.
            if self._thread_error is None:
                self._thread_error = error
            self.stop()


class Factory(PostgresFactory):
    """Hands our recorder and mapper to an application of the library."""

    application_recorder_class = Recorder

    def __init__(self, datastore: Datastore) -> None:
        """Reads no environment variables."""
        # Past PostgresFactory, whose __init__ would make a datastore of its own.
        super(BasePostgresFactory, self).__init__(Environment("kvob", {}))
        self.datastore = datastore

    def application_recorder(self) -> Recorder:
        """The recorder of the table `stored_events`, whatever the application is called."""
        return Recorder(self.datastore)


class LibraryApplication(Application[str]):
    """An application of the library over an open store, for hosts that use the library."""

    name = "kvob"

    def __init__(self, datastore: Datastore, mapper: RecordedMapper) -> None:
        """Shares the connections of the store; closing the application leaves them open.

        Raises:
            StoreFunctionsOn: the library's database functions are switched on.
        """
        self._datastore = datastore
        self._mapper = mapper
        refuse_functions(variables(), datastore.connections.store)
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


@contextmanager
def library_errors() -> Generator[None]:
    """Turns the errors of psycopg into those of the library; others pass."""
    try:
        yield
    except psycopg.Error as error:
        for ours, theirs in _LIBRARY_ERRORS:
            if isinstance(error, ours):
                raise theirs(str(error)) from error
        raise persistence.PersistenceError(str(error)) from error


def refuse_functions(settings: Mapping[str, str], store: str) -> None:
    """Refuses the library's database functions: they lock nothing, so that readers miss events.

    Raises:
        StoreFunctionsOn: they are switched on for this program.
    """
    for name, value in settings.items():
        if name.endswith("POSTGRES_ENABLE_DB_FUNCTIONS") and strtobool(value or "n"):
            raise StoreFunctionsOn(store, name)


def _with_dicts(connection: Connection) -> Generator[psycopg.Connection[DictRow]]:
    """The same connection, whose rows are dicts for as long as the library has it."""
    # psycopg types a connection by the rows it was made with; its row_factory may change.
    own = cast("psycopg.Connection[DictRow]", connection)
    own.row_factory = dict_row
    try:
        yield own
    finally:
        connection.row_factory = tuple_row


def _text(originator: UUID | str) -> str:
    return originator if isinstance(originator, str) else originator.hex
