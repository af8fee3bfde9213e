"""Who talks to the server? One pool of connections that write, one of connections that cannot.

Both belong to one store. All waiting is bounded: for a connection, for a lock, for a statement,
and for a server that no longer answers (`tcp_user_timeout`, keepalives, and a bound of our own,
see `bounded`). Times in seconds.
"""

from __future__ import annotations

import os
import threading
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from kvob_workflow.errors import StoreUrlInvalid
from kvob_workflow.store.faults import StoreClosed, StoreForked
from kvob_workflow.store.postgres.bounded import AnswerOverdue, BoundedConnection
from kvob_workflow.store.postgres.failures import is_lost, store_failures
from kvob_workflow.store.postgres.lent import HostPool, LentPool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import TypeVar

    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.store.postgres.address import Address

    T = TypeVar("T")

BESIDE_THE_POOLS: Final = 2
"""LISTEN, and the one that prepares tables and tidies up."""

Connection = psycopg.Connection[tuple[Any, ...]]


class Pool(Protocol):
    """What a store needs of a pool of connections."""

    @property
    def closed(self) -> bool:
        """Whether it gives no connections: before it is opened, and after it is closed."""
        ...

    def connection(self, timeout: float | None = None) -> AbstractContextManager[Connection]:
        """A connection for the length of a block."""
        ...

    def open(self) -> None:
        """Gives connections from now on."""
        ...

    def close(self) -> None:
        """Ends them."""
        ...

    def drain(self) -> None:
        """Replaces them."""
        ...


class Connections:
    """The connections of one store, as two context managers: `write` and `read`."""

    def __init__(
        self,
        address: Address,
        limits: StoreLimits,
        *,
        durable: bool = True,
        name: str = "kvob",
        pool: HostPool | None = None,
    ) -> None:
        """Opens no connection yet; `durable` waits for the disk at every commit.

        A `pool` of the host stands in place of both of ours. LISTEN and VACUUM have connections
        of their own even then.

        Raises:
            StoreUrlInvalid: libpq does not know an option of the address.
            TypeError: `pool` is no pool of psycopg, or one for asyncio.
        """
        try:
            conninfo_to_dict(address.conninfo)
        except psycopg.ProgrammingError:
            raise StoreUrlInvalid(address.conninfo) from None
        self.store = address.shown
        self.address = address
        self.limits = limits
        self.durable = durable
        self.schema = address.schema
        self.name = name
        self._pid, self._closed = os.getpid(), False
        self._opening = threading.Lock()
        self.owns_pools = pool is None
        self._writing = self._pool("write", limits.writers, pool)
        self._reading = self._pool("read", limits.readers, pool)

    @property
    def most(self) -> int:
        """The most connections that this store opens by itself."""
        of_pools = self.limits.writers + self.limits.readers if self.owns_pools else 0
        return of_pools + BESIDE_THE_POOLS

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A connection in a transaction that is committed at the end, undone on any error.

        Raises:
            StoreUnavailable: nothing was written; `StoreUnreachable` says when nobody knows.
        """
        with self.writer() as connection, connection.transaction():
            yield connection

    @contextmanager
    def writer(self) -> Generator[Connection]:
        """A connection that commits every statement by itself."""
        self.check_usable()
        with store_failures(self.store, own_query=True), self._opened(self._writing) as connection:
            yield connection

    @contextmanager
    def read(self, *, callers_sql: bool = False) -> Generator[Connection]:
        """A connection that refuses to write; every statement sees the newest commits."""
        self.check_usable()
        failures = store_failures(self.store, own_query=not callers_sql)
        with failures, self._opened(self._reading) as connection:
            yield connection

    def reading(self, ask: Callable[[Connection], T], *, callers_sql: bool = False) -> T:
        """What `ask` answers; once more on another connection when the first one was gone."""
        self.check_usable()
        with store_failures(self.store, own_query=not callers_sql):
            try:
                with self._opened(self._reading) as connection:
                    return ask(connection)
            except psycopg.Error as error:
                if not is_lost(error) or isinstance(error, AnswerOverdue):
                    raise  # who waited out the whole limit does not wait it out again
            # The others of a server that was restarted are gone too. They are let go of without
            # a look: behind a cut network each look would take its time.
            self._reading.drain()
            with self._opened(self._reading) as connection:
                return ask(connection)

    @contextmanager
    def maintenance(self) -> Generator[Connection]:
        """A connection of its own, where a statement may take as long as it must (VACUUM).

        Locks are waited for as elsewhere; TCP alone notices a server that is gone.
        """
        self.check_usable()
        with store_failures(self.store, own_query=True):
            arguments = self._arguments("maintenance")
            with psycopg.connect(self.address.conninfo, **arguments) as connection:
                connection.execute("SET statement_timeout = 0")
                yield connection

    def alone(self) -> Connection:
        """A connection outside the pools, for LISTEN; its user closes it."""
        self.check_usable()
        with store_failures(self.store):
            return self._bounded().connect(self.address.conninfo, **self._arguments("listen"))

    def close(self) -> None:
        """Closes every connection; closing twice is allowed. A forked child does nothing."""
        if self._closed or self._pid != os.getpid():
            return
        self._closed = True
        self._writing.close()
        self._reading.close()

    def check_usable(self) -> None:
        """Refuses when the store is closed, or was opened in a parent process."""
        if self._pid != os.getpid():
            raise StoreForked(self.store, f"process {self._pid}")
        if self._closed:
            raise StoreClosed(self.store, "closed by this program")

    @contextmanager
    def _opened(self, pool: Pool) -> Generator[Connection]:
        if pool.closed:
            with self._opening:
                if pool.closed and not self._closed:
                    pool.open()
        with pool.connection(timeout=self.limits.lock_timeout) as connection:
            yield connection

    def _pool(self, role: str, size: int, lent: HostPool | None) -> Pool:
        if lent is not None:
            return LentPool(lent, self.settings(role), self.store)
        return ConnectionPool(
            self.address.conninfo,
            connection_class=self._bounded(),
            kwargs=self._arguments(role),
            configure=self._configure,
            min_size=0,
            max_size=size,
            timeout=self.limits.lock_timeout,
            max_idle=600,
            reconnect_timeout=self.limits.connect_timeout,
            name=f"{self.name}-{role}",
            num_workers=1,
            open=False,
        )

    def _bounded(self) -> type[BoundedConnection]:
        """Connections on which no answer is waited for longer than these limits say."""
        longest = self.limits.statement_timeout + self.limits.answer_timeout
        return type("StoreConnection", (BoundedConnection,), {"longest": longest})

    def settings(self, role: str) -> dict[str, str]:
        """What holds on each connection of a role, in the words and units of pg_settings."""
        limits = self.limits
        return {
            "search_path": self.schema,
            "statement_timeout": str(_milliseconds(limits.statement_timeout)),
            "lock_timeout": str(_milliseconds(limits.lock_timeout)),
            "idle_in_transaction_session_timeout": str(_milliseconds(limits.statement_timeout)),
            "default_transaction_read_only": "on" if role == "read" else "off",
            # A statement after a lock must see what was committed while it waited.
            "default_transaction_isolation": "read committed",
            "synchronous_commit": "on" if self.durable else "off",
            "client_encoding": "UTF8",
            # Compiling a page's query takes longer than answering it, and so does starting helpers
            # where many pages are asked for at once.
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
        }

    def _arguments(self, role: str) -> dict[str, Any]:
        limits = self.limits
        return {
            "autocommit": True,
            "application_name": f"{self.name}-{role}",
            "connect_timeout": round(limits.connect_timeout),
            "client_encoding": "UTF8",  # PGCLIENTENCODING would win over the options
            "options": " ".join(_option(*setting) for setting in self.settings(role).items()),
            "keepalives": 1,
            "keepalives_idle": max(1, round(limits.answer_timeout / 3)),
            "keepalives_interval": max(1, round(limits.answer_timeout / 3)),
            "keepalives_count": 2,
            "tcp_user_timeout": _milliseconds(limits.answer_timeout),
        }

    def _configure(self, connection: Connection) -> None:
        connection.prepare_threshold = 2

    def in_schema(self, name: str) -> sql.Identifier:
        """A name in our schema, quoted for SQL."""
        return sql.Identifier(self.schema, name)


def _option(name: str, value: str) -> str:
    """A setting for the start of a connection, where a space parts one option from the next."""
    escaped = value.replace(" ", r"\ ")
    return f"-c {name}={escaped}"


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
