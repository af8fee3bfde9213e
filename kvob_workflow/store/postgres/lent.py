"""How is a host's own pool used? A connection is made ours for a moment, then given back.

The values that it had are noted first and put back last, the server's settings and the attributes
of psycopg. What stays: statements that were prepared, and that a setting now counts as set in the
session. A connection that cannot be put back is closed: the host's pool makes another. How long a
dead network may keep us waiting is the host's to say, in the parameters of its pool.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool, PoolClosed

from kvob_workflow.store.server_faults import StorePoolClosed

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from kvob_workflow.store.postgres.connections import Connection

HostPool = ConnectionPool[Any]
"""A pool of the host, whatever kind of rows its connections give."""

# Noted before anything changes: MATERIALIZED keeps the two apart.
_SET = (
    "WITH kept AS MATERIALIZED (SELECT name, value, current_setting(name) AS was"
    " FROM unnest(%s::text[], %s::text[]) AS asked (name, value))"
    " SELECT name, was FROM kept WHERE set_config(name, value, false) IS NOT NULL"
)
_OURS: Final[dict[str, Any]] = {
    "isolation_level": None,
    "read_only": None,
    "deferrable": None,
    "autocommit": True,
    "row_factory": tuple_row,
    "cursor_factory": psycopg.Cursor,
    "prepare_threshold": 2,
}
_ATTRIBUTES: Final = ("autocommit", *(name for name in _OURS if name != "autocommit"))


class LentPool:
    """The part of a pool that the store uses, over a pool that belongs to the host."""

    closed = False

    def __init__(self, pool: object, settings: Mapping[str, str], store: str) -> None:
        """`settings` hold while a connection is ours; `store` is named in errors.

        Raises:
            TypeError: it is no pool of psycopg, or one for asyncio.
        """
        if not isinstance(pool, ConnectionPool):
            raise TypeError(f"pool must be a psycopg_pool.ConnectionPool, not {type(pool)}")
        self._pool: HostPool = pool
        self._settings, self._store = dict(settings), store

    @contextmanager
    def connection(self, timeout: float | None = None) -> Generator[Connection]:
        """A connection that is ours until the block ends.

        Raises:
            StorePoolClosed: the host has not opened its pool, or closed it.
        """
        if self._pool.closed:
            raise StorePoolClosed(self._store, self._pool.name)
        try:
            with self._pool.connection(timeout=timeout) as lent, ours(lent, self._settings) as made:
                yield made
        except PoolClosed as error:
            raise StorePoolClosed(self._store, self._pool.name) from error

    def open(self) -> None:
        """Nothing: the host opens its pool."""

    def close(self) -> None:
        """Nothing: the host closes its pool."""

    def drain(self) -> None:
        """Have connections to a server that was restarted replaced."""
        self._pool.drain()


@contextmanager
def ours(connection: psycopg.Connection[Any], settings: Mapping[str, str]) -> Generator[Connection]:
    """The connection with our settings, for the length of the block."""
    before = {name: getattr(connection, name) for name in _ATTRIBUTES}
    were: dict[str, str] | None = None
    try:
        for name, value in _OURS.items():
            setattr(connection, name, value)
        made = cast("Connection", connection)
        were = _set(made, settings)
        yield made
    finally:
        _give_back(connection, before, were)


def _give_back(
    connection: psycopg.Connection[Any], before: Mapping[str, Any], were: Mapping[str, str] | None
) -> None:
    if were is None:  # broken off: nobody knows whether the server has our settings
        connection.close()
        return
    try:
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.rollback()
        _set(cast("Connection", connection), were)
        for name, value in before.items():
            setattr(connection, name, value)
    except psycopg.Error:
        connection.close()  # whatever went wrong with it is told by the block's own error
    except BaseException:
        connection.close()
        raise


def _set(connection: Connection, settings: Mapping[str, str]) -> dict[str, str]:
    found = connection.execute(_SET, (list(settings), list(settings.values())))
    return {name: was for name, was in found}
