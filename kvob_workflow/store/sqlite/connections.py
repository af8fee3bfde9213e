"""Who may touch the database? One writer at a time, any number of readers that cannot write.

`FileConnections` serves a file, `MemoryConnections` one shared connection; all other code is
the same for both. Read next: `lockfile` (why writers of all processes take turns).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store.faults import StoreBusy, StoreClosed, StoreForked, StoreReplaced
from kvob_workflow.store.sqlite import forks
from kvob_workflow.store.sqlite.failures import store_failures
from kvob_workflow.store.sqlite.filecheck import check_file, identity_of, open_lock

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from kvob_workflow.store.sqlite.filecheck import FileIdentity

# Enough for the tables of one transaction of 5,000 events; the default of 2 MB is not.
_WRITER_CACHE_KIB = 64_000
# The log is copied into the file from this size on, and then written anew from its beginning: a
# commit that overwrites is faster than one that makes the log longer (hot commands 1.5 times bare
# eventsourcing instead of 1.15). Large batches make it longer anyway and gain 10 % by waiting.
_LOG_PAGES = 1000
_LOG_PAGES_OF_A_LARGE_BATCH = 4000
# A large import leaves a large log, which SQLite would keep for good.
_KEPT_LOG_BYTES = 16_000_000
_IDLE_READERS = 8
_CACHED_STATEMENTS = 256


class Connections(ABC):
    """The connections of one store, as two context managers: `write` and `read`."""

    def __init__(self, store: str, lock_timeout: float) -> None:
        self.store = store
        self.lock_timeout = lock_timeout
        self._pid, self._closed = os.getpid(), False
        self._turn = threading.RLock()
        self.is_large_batch = False

    @contextmanager
    def write(self) -> Generator[sqlite3.Connection]:
        """One transaction that is committed at the end, and rolled back on any error.

        Raises:
            StoreUnavailable: nothing was written.
        """
        with self.maintenance() as writer, transaction(writer):
            yield writer
            self._check_in_place()  # the work before a commit may take seconds

    @contextmanager
    def maintenance(self) -> Generator[sqlite3.Connection]:
        """The writer outside any transaction, for what rewrites the whole file."""
        self.check_usable()
        with self._exclusive(), store_failures(self.store):
            self._check_in_place()
            yield self._writer()

    @abstractmethod
    def read(self, *, callers_sql: bool = False) -> AbstractContextManager[sqlite3.Connection]:
        """A connection that refuses to write, for one or more queries.

        A query of our own that does not fit the tables means damage; one of the caller's does not.
        """

    @abstractmethod
    def close(self) -> None:
        """Closes every connection; closing twice is allowed."""

    @abstractmethod
    def _writer(self) -> sqlite3.Connection: ...

    @abstractmethod
    def _exclusive(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def _check_in_place(self) -> None: ...

    def check_usable(self) -> None:
        """Refuses when the store is closed, or was opened in a parent process."""
        if self._pid != os.getpid():
            raise StoreForked(self.store, f"process {self._pid}")
        if self._closed:
            raise StoreClosed(self.store, "closed by this program")

    @contextmanager
    def _thread_turn(self, timeout: float) -> Generator[None]:
        if not self._turn.acquire(timeout=timeout):
            raise StoreBusy(self.store, f"{self.lock_timeout:g} s, another thread")
        try:
            self.check_usable()
            yield
        finally:
            self._turn.release()


class MemoryConnections(Connections):
    """A database in memory: one connection, used by one thread at a time."""

    def __init__(self, *, lock_timeout: float = 5.0) -> None:
        super().__init__("memory:", lock_timeout)
        self._connection = _connect(":memory:", lock_timeout)

    @contextmanager
    def read(self, *, callers_sql: bool = False) -> Generator[sqlite3.Connection]:
        own = not callers_sql
        with self._thread_turn(self.lock_timeout), store_failures(self.store, own_query=own):
            self._connection.execute("PRAGMA query_only=1")
            try:
                yield self._connection
            finally:
                self._connection.execute("PRAGMA query_only=0")

    def close(self) -> None:
        if self._closed or self._pid != os.getpid():
            return
        with self._turn:  # closing a connection that another thread uses ends the process
            self._closed = True
            self._connection.close()

    def _writer(self) -> sqlite3.Connection:
        return self._connection

    def _exclusive(self) -> AbstractContextManager[None]:
        return self._thread_turn(self.lock_timeout)

    def _check_in_place(self) -> None:
        """Nobody can take the memory away."""


class FileConnections(Connections):
    """A database file: one writer under a thread lock and a lock file, a pool of readers.

    `durable` waits for the disk at every commit (synchronous=FULL). Without it a power cut may
    lose the last commits, though the file stays whole (synchronous=NORMAL).
    """

    def __init__(self, path: Path, *, durable: bool = True, lock_timeout: float = 5.0) -> None:
        """Opens the writer, making the file when it is missing.

        Raises:
            StoreUnavailable: one of its causes, see `kvob_workflow.store.faults`.
        """
        super().__init__(str(path), lock_timeout)
        self.path = path
        self._durable = durable
        self._idle: list[sqlite3.Connection] = []
        check_file(path)
        forks.entered(path, self.store)
        try:
            self._lock = open_lock(path)
        except BaseException:
            forks.left(path)
            raise
        self._writing: sqlite3.Connection | None = None
        self._log_pages = 0
        self._identity: FileIdentity | None = None
        try:
            with self._exclusive(), store_failures(self.store, own_query=True):
                self._writer()
                self._identity = identity_of(path)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self, *, callers_sql: bool = False) -> Generator[sqlite3.Connection]:
        self.check_usable()
        with store_failures(self.store, own_query=not callers_sql):
            self._check_in_place()
            reader = self._take_reader()
            try:
                yield reader
            finally:
                self._give_back(reader)

    def _take_reader(self) -> sqlite3.Connection:
        # A list's pop and append are atomic, so the pool needs no lock of its own.
        try:
            return self._idle.pop()
        except IndexError:
            return self._open_reader()

    def _give_back(self, reader: sqlite3.Connection) -> None:
        if len(self._idle) >= _IDLE_READERS:
            reader.close()
            return
        self._idle.append(reader)
        if self._closed:  # closed while this reader was out
            self._close_idle()

    def _close_idle(self) -> None:
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def close(self) -> None:
        """Closes every connection. In a forked child it does nothing: see `forks`."""
        if self._closed or self._pid != os.getpid():
            return
        with self._turn:
            self._closed = True
            # SQLite's last connection removes the log by its name, which may be another file's
            # log by now. A reader never does, so there the readers go last.
            if self._is_in_place():
                self._close_idle()
            # Without the lock somebody else has the file open, so closing does not checkpoint.
            self._lock.acquire(self.lock_timeout)
            if self._writing is not None:
                self._writing.close()
            self._close_idle()
            self._lock.close()
        forks.left(self.path)

    def _check_in_place(self) -> None:
        # SQLite goes on in a file without a name, and every commit there would be lost.
        if self._identity is not None and identity_of(self.path) != self._identity:
            raise StoreReplaced(self.store, "another file")

    def _is_in_place(self) -> bool:
        try:
            self._check_in_place()
        except StoreUnavailable:
            return False
        return True

    def _writer(self) -> sqlite3.Connection:
        if self._writing is None:
            self._writing = self._open_writer()
        pages = _LOG_PAGES_OF_A_LARGE_BATCH if self.is_large_batch else _LOG_PAGES
        if pages != self._log_pages:
            self._writing.execute(f"PRAGMA wal_autocheckpoint={pages}")
            self._log_pages = pages
        return self._writing

    @contextmanager
    def _exclusive(self) -> Generator[None]:
        with self._thread_turn(self.lock_timeout):
            if not self._lock.acquire(self.lock_timeout):
                raise StoreBusy(self.store, f"{self.lock_timeout:g} s, another process")
            try:
                yield
            finally:
                self._lock.release()

    def _open_writer(self) -> sqlite3.Connection:
        writer = _connect(f"file:{quote(str(self.path))}?mode=rwc", self.lock_timeout)
        try:
            writer.execute("PRAGMA journal_mode=WAL")
            writer.execute(f"PRAGMA synchronous={'FULL' if self._durable else 'NORMAL'}")
            writer.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB}")
            writer.execute(f"PRAGMA journal_size_limit={_KEPT_LOG_BYTES}")
        except BaseException:
            writer.close()
            raise
        return writer

    def _open_reader(self) -> sqlite3.Connection:
        # mode=ro: such a connection never checkpoints, so it cannot meet the WAL-reset defect.
        return _connect(f"file:{quote(str(self.path))}?mode=ro", self.lock_timeout)


def _connect(database: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(
        database,
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_CACHED_STATEMENTS,
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """BEGIN IMMEDIATE, then COMMIT, or ROLLBACK on any error."""
    if connection.in_transaction:  # an earlier rollback failed
        connection.execute("ROLLBACK")
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite has rolled back already; a second rollback would be an error.
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise
