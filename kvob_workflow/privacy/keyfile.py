"""How is the key file kept? SQLite with secure_delete and a rollback journal, for its owner alone.

A write-ahead log would keep the bytes of destroyed keys, so there is none. `KeyFile` knows rows
and transactions; what they mean is in `keyring`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kvob_workflow.privacy.key_errors import KeyFileDamaged, KeyFileExists, KeyFileFailed
from kvob_workflow.privacy.master import sync_folder

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

FORM: Final = 1
_TABLES: Final = (
    "CREATE TABLE key_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # `wrapped` is nonce and box; the associated data name the row and the master key.
    "CREATE TABLE data_key (person TEXT NOT NULL, purpose TEXT NOT NULL, version INTEGER NOT NULL,"
    " wrapped BLOB NOT NULL, commitment TEXT NOT NULL, created_on TEXT NOT NULL,"
    " PRIMARY KEY (person, purpose, version)) WITHOUT ROWID",
)
_LOCK_SECONDS: Final = 10.0
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})


class KeyFile:
    """An open key file. Any thread may use it; one at a time does."""

    def __init__(self, path: Path) -> None:
        """Opens a key file that is there.

        Raises:
            KeyFileDamaged: it is cut short, or no key file.
            KeyFileFailed: the system refuses.
        """
        self.path = path
        self._turn = threading.RLock()
        self._connection = self._open()
        try:
            self._check()
        except BaseException:
            self._connection.close()
            raise

    @staticmethod
    def make(path: Path, meta: dict[str, str]) -> None:
        """Makes a key file, whole or not at all.

        Raises:
            KeyFileExists: there is one.
            KeyFileFailed: the system refuses.
        """
        beside = path.with_name(path.name + ".making")
        try:
            if path.exists():
                raise KeyFileExists(str(path))
            with suppress(FileNotFoundError):
                beside.unlink()
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            connection = sqlite3.connect(beside, isolation_level=None)
            try:
                connection.execute("BEGIN")
                for statement in _TABLES:
                    connection.execute(statement)
                connection.executemany("INSERT INTO key_meta VALUES (?, ?)", meta.items())
                connection.execute("COMMIT")
            finally:
                connection.close()
            os.link(beside, path)  # unlike a rename it never replaces what somebody else made
            beside.unlink()
            sync_folder(path)
        except FileExistsError:
            raise KeyFileExists(str(path)) from None
        except (OSError, sqlite3.Error) as error:
            raise KeyFileFailed(str(path), str(error)) from None

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """The connection, for queries."""
        with self._turn, self._failures():
            yield self._connection

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction that no other process shares; undone on any error."""
        with self._turn, self._failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def meta(self, name: str) -> str | None:
        """A value of the key file."""
        with self.reading() as reader:
            return meta_of(reader, name)

    def vacuum(self) -> None:
        """Rewrites the file without free space."""
        with self._turn, self._failures():
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Closes it; closing twice is allowed."""
        with self._turn:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        with self._failures():
            connection = sqlite3.connect(
                f"file:{quote(str(self.path))}?mode=rw",
                uri=True,
                timeout=_LOCK_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        return connection

    def _check(self) -> None:
        with self._failures():
            run = self._connection.execute
            run("PRAGMA secure_delete=ON")
            run("PRAGMA synchronous=FULL")
            run("BEGIN")  # nobody can change the file's size while it is looked at
            try:
                form = meta_of(self._connection, "form")
                pages = run("PRAGMA page_count").fetchone()[0]
                size = pages * run("PRAGMA page_size").fetchone()[0]
                found = run("PRAGMA quick_check(1)").fetchone()[0]
            finally:
                if self._connection.in_transaction:
                    run("ROLLBACK")
            if self.path.stat().st_size < size or found != "ok":
                raise KeyFileDamaged(str(self.path), f"cut short or inconsistent: {found}")
            if form != str(FORM):
                raise KeyFileDamaged(str(self.path), f"form {form}, this release knows {FORM}")
            run("PRAGMA journal_mode=DELETE")

    @contextmanager
    def _failures(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            kind = KeyFileDamaged if code in _DAMAGE else KeyFileFailed
            raise kind(str(self.path), str(error)) from None
        except OSError as error:
            raise KeyFileFailed(str(self.path), error.strerror or str(error)) from None


def meta_of(connection: sqlite3.Connection, name: str) -> str | None:
    """A value of the key file, within a transaction."""
    found = connection.execute("SELECT value FROM key_meta WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Sets a value of the key file, within a transaction."""
    connection.execute("INSERT OR REPLACE INTO key_meta VALUES (?, ?)", (name, value))
