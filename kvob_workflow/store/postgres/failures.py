"""What do PostgreSQL's errors mean? SQLSTATE by SQLSTATE, which failure of the store they are.

Errors that come without a state are those of the connection: the server cannot be reached, went
away, or the network did. What is about a statement or a value passes unchanged.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from kvob_workflow.store.faults import (
    StoreBusy,
    StoreClosed,
    StoreDamaged,
    StoreFull,
    StoreLoginRefused,
    StoreNotPrepared,
    StoreReadOnly,
    StoreRightMissing,
    StoreUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kvob_workflow.errors import StoreUnavailable

_BY_STATE: Final[dict[str, type[StoreUnavailable]]] = {
    "25006": StoreReadOnly,  # read-only transaction: a replica, or our own reading connections
    "25P03": StoreUnreachable,  # idle in transaction for too long: the server ended it
    "28000": StoreLoginRefused,
    "28P01": StoreLoginRefused,
    "3D000": StoreLoginRefused,  # no such database
    "40001": StoreBusy,
    "40P01": StoreBusy,  # deadlock
    "42501": StoreRightMissing,
    "53100": StoreFull,
    "53200": StoreBusy,
    "53300": StoreBusy,  # too many connections
    "55P03": StoreBusy,  # lock time-out
    "57014": StoreBusy,  # statement time-out
    "57P01": StoreUnreachable,
    "57P02": StoreUnreachable,
    "57P03": StoreUnreachable,
    "57P05": StoreUnreachable,
    "58030": StoreDamaged,  # input or output error
    "58P01": StoreDamaged,  # a file of the server is gone
    "XX001": StoreDamaged,
    "XX002": StoreDamaged,
}
# libpq tells no state of a connection that was refused, only the server's words. In another
# language they are not known here, and the reason is shown all the same.
_REFUSED_LOGIN: Final = re.compile(
    r"authentication failed for user|no password supplied|no pg_hba\.conf entry"
    r'|(role|database) ".*" does not exist|is not permitted to log in'
    r"|permission denied for database"
)
_FULL_UP: Final = re.compile(r"too many (clients|connections)|remaining connection slots")
_UNKNOWN_NAME: Final = frozenset({"3F000", "42P01", "42703", "42883"})


def is_lost(error: BaseException) -> bool:
    """Whether the connection is gone, so that nobody knows what became of the statement."""
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    state = error.sqlstate
    return state is None or state.startswith("08") or _BY_STATE.get(state) is StoreUnreachable


def failure_of(error: Exception, store: str, *, own_query: bool = False) -> StoreUnavailable | None:
    """The failure of the store that `error` reports; None when the statement was at fault."""
    if isinstance(error, PoolTimeout | TooManyRequests):
        return StoreBusy(store, _short(error))
    if isinstance(error, PoolClosed):
        return StoreClosed(store, _short(error))
    if not isinstance(error, psycopg.Error):
        return None
    if is_lost(error):
        return _lost(error)(store, _short(error))
    state = error.sqlstate or ""
    if own_query and state in _UNKNOWN_NAME:
        return StoreNotPrepared(store, _short(error))
    kind = _BY_STATE.get(state)
    return None if kind is None else kind(store, _short(error))


def _lost(error: psycopg.Error) -> type[StoreUnavailable]:
    if error.sqlstate is None and _REFUSED_LOGIN.search(str(error)):
        return StoreLoginRefused
    if error.sqlstate is None and _FULL_UP.search(str(error)):
        return StoreBusy
    return StoreUnreachable


@contextmanager
def store_failures(store: str, *, own_query: bool = False) -> Generator[None]:
    """Turns the errors of psycopg that mean a failing store into ours; others pass.

    From an `own_query`, a table that is not there means that nobody prepared the schema.
    """
    try:
        yield
    except (psycopg.Error, PoolTimeout, PoolClosed, TooManyRequests) as error:
        failure = failure_of(error, store, own_query=own_query)
        if failure is None:
            raise
        raise failure from error


def _short(error: Exception) -> str:
    """The first line; the others quote statements and values."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
