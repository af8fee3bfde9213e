"""What does an error of SQLite mean to us? Its result codes, as our own error classes."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store.faults import (
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreNotADatabase,
    StoreReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Generator

# Source: https://www.sqlite.org/rescode.html. The low byte of an extended code is the primary.
_STORE_FAILURES: dict[int, type[StoreUnavailable]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_NOTADB: StoreNotADatabase,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_CANTOPEN: StoreUnavailable,
    sqlite3.SQLITE_IOERR: StoreUnavailable,
    sqlite3.SQLITE_NOMEM: StoreUnavailable,
    sqlite3.SQLITE_PROTOCOL: StoreUnavailable,
    sqlite3.SQLITE_NOLFS: StoreUnavailable,
    sqlite3.SQLITE_INTERRUPT: StoreUnavailable,
}

# A row that SQLite will not have: the row is wrong, the store is well.
_ROW_FAULTS = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_TOOBIG,
    }
)


def failure_of(error: sqlite3.Error, store: str) -> StoreUnavailable | None:
    """The failure of the store that `error` reports; None when the statement was at fault."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    failure = _STORE_FAILURES.get(code & 0xFF)
    return failure(store, str(error)) if failure is not None else None


def is_row_fault(error: Exception) -> bool:
    """Whether a view row was refused for what it contains.

    Python refuses some values before SQLite sees them, without a code: a type that SQLite
    does not know, an integer over 64 bits, a text that is not Unicode.
    """
    if isinstance(error, (OverflowError, UnicodeError)):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _ROW_FAULTS


@contextmanager
def store_failures(store: str) -> Generator[None]:
    """Turns the errors of SQLite that mean a failing store into ours; others pass."""
    try:
        yield
    except sqlite3.Error as error:
        failure = failure_of(error, store)
        if failure is None:
            raise
        raise failure from error
