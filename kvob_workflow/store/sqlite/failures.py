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

_NOT_TEXT = "bytes that are no text"


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
def store_failures(store: str, *, own_query: bool = False) -> Generator[None]:
    """Turns the errors of SQLite that mean a failing store into ours; others pass.

    From an `own_query`, a column that is not there and a value that does not fit also mean
    damage: the query fitted the tables when they were made.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own message quotes the damaged bytes
        raise StoreDamaged(store, _NOT_TEXT) from error
    except UnicodeEncodeError:  # a value of the caller
        raise
    except sqlite3.Error as error:
        failure = failure_of(error, store) or _damage_of(error, store, own_query=own_query)
        if failure is None:
            raise
        raise failure from error
    except ValueError as error:
        if not own_query:
            raise
        raise StoreDamaged(store, str(error)) from error


def _damage_of(error: sqlite3.Error, store: str, *, own_query: bool) -> StoreDamaged | None:
    if not isinstance(error, sqlite3.OperationalError):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and "decode to UTF-8" in str(error):  # Python's words, so without a code
        return StoreDamaged(store, _NOT_TEXT)
    return StoreDamaged(store, str(error)) if own_query and code == sqlite3.SQLITE_ERROR else None
