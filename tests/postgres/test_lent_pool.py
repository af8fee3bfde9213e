"""Does the engine work over the host's own pool, and does the host get it back as it was?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_workflow import Engine
from kvob_workflow.demo import walk
from kvob_workflow.errors import NameTaken, StoreUnavailable
from kvob_workflow.store.faults import StoreBusy, StoreClosed
from kvob_workflow.store.server_faults import StorePoolElsewhere
from tests.postgres_server import Server, server

HOEK = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))
Lent = ConnectionPool[psycopg.Connection[dict[str, Any]]]


def _configured(connection: psycopg.Connection[dict[str, Any]]) -> None:
    connection.execute("SET search_path = pg_catalog")
    connection.execute("SET statement_timeout = '123s'")
    connection.commit()
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    connection.prepare_threshold = 77


@pytest.fixture
def pool(postgres: Server) -> Iterator[Lent]:
    """A pool of one connection, that the host has made its own in every way."""
    with ConnectionPool(
        postgres.dsn,
        connection_class=psycopg.Connection[dict[str, Any]],
        kwargs={"row_factory": dict_row},
        configure=_configured,
        min_size=1,
        max_size=1,
    ) as made:
        yield made


def _told(pool: Lent) -> tuple[object, ...]:
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT current_setting('search_path') AS path, pg_backend_pid() AS pid,"
            " current_setting('statement_timeout') AS timeout,"
            " current_setting('default_transaction_read_only') AS reads,"
            " current_setting('transaction_isolation') AS isolation"
        ).fetchone()
        assert row is not None
        return (*row.values(), connection.autocommit, connection.prepare_threshold)


def test_a_whole_life_over_one_connection_of_the_host(pool: Lent, postgres_url: str) -> None:
    before = _told(pool)
    with Engine.open(postgres_url, pool=pool) as engine:
        assert len(list(walk(engine))) == 47
        assert _told(pool) == before
        with pytest.raises(NameTaken):
            for _ in range(2):
                engine.do(HOEK)
        assert _told(pool) == before
        assert engine.board().total == 2
        assert engine.build_periods() == 2
        assert _told(pool) == before
    assert _told(pool) == before  # the engine is closed, the pool is not
    assert before[0] == "pg_catalog" and before[2:] == ("123s", "off", "serializable", False, 77)


def test_a_connection_that_the_host_holds_is_waited_for_and_no_longer(
    pool: Lent, postgres_url: str
) -> None:
    from kvob_workflow import StoreLimits

    with Engine.open(postgres_url, pool=pool, limits=StoreLimits(lock_timeout=0.2)) as engine:
        with pool.connection(), pytest.raises(StoreBusy):
            engine.do(HOEK)
        engine.do(HOEK)


def test_a_pool_that_the_host_closed_says_so(pool: Lent, postgres_url: str) -> None:
    with Engine.open(postgres_url, pool=pool) as engine:
        pool.close()
        with pytest.raises(StoreClosed):
            engine.do(HOEK)


def test_connections_that_were_ended_are_replaced(pool: Lent, postgres_url: str) -> None:
    with Engine.open(postgres_url, pool=pool) as engine:
        engine.do(HOEK)
        with psycopg.connect(postgres_url.partition("?")[0], autocommit=True) as keeper:
            keeper.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        assert engine.board().total == 1  # a question asks again by itself
        other = RegisterEstate(name="De Punt", municipalities=("Voorbeeldstad",))
        engine.do(other)
        assert engine.board().total == 2


def test_a_connection_that_dies_in_use_is_not_given_back(pool: Lent, postgres_url: str) -> None:
    with Engine.open(postgres_url, pool=pool) as engine:
        engine.do(HOEK)
        store = engine._store  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(StoreUnavailable):
            store.read("SELECT pg_terminate_backend(pg_backend_pid())", {})
    before = _told(pool)
    assert before[0] == "pg_catalog"
    assert before[2:] == ("123s", "off", "serializable", False, 77)


def test_a_pool_to_another_server_is_refused(pool: Lent) -> None:
    with server() as other, pytest.raises(StorePoolElsewhere):
        Engine.open(other.url(), pool=pool)


def test_what_is_no_such_pool_is_refused(postgres: Server, postgres_url: str) -> None:
    later = AsyncConnectionPool(postgres.dsn, open=False)
    with pytest.raises(TypeError, match="ConnectionPool"):
        Engine.open(postgres_url, pool=later)  # type: ignore[arg-type]
    with ConnectionPool(postgres.dsn, open=False) as unused, pytest.raises(TypeError):
        Engine.open("memory:", pool=unused)
    assert issubclass(StorePoolElsewhere, StoreUnavailable)
