"""Does the engine work over the host's own pool, and does the host get it back as it was?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import RawCursor
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_workflow import Engine
from kvob_workflow.demo import walk
from kvob_workflow.errors import NameTaken, StoreUnavailable
from kvob_workflow.store.faults import StoreBusy
from kvob_workflow.store.postgres import lent
from kvob_workflow.store.server_faults import StorePoolClosed, StorePoolElsewhere
from tests.postgres_server import Server, server

HOEK = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))
Lent = ConnectionPool[psycopg.Connection[dict[str, Any]]]


def _configured(connection: psycopg.Connection[dict[str, Any]]) -> None:
    connection.execute("SET search_path = pg_catalog")
    connection.execute("SET statement_timeout = '123s'")
    connection.commit()
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    connection.prepare_threshold = 77
    connection.cursor_factory = RawCursor[dict[str, Any]]


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


ATTRIBUTES = (
    "autocommit",
    "isolation_level",
    "read_only",
    "deferrable",
    "row_factory",
    "cursor_factory",
    "prepare_threshold",
)


def _told(pool: Lent) -> dict[str, object]:
    """Everything that can be set on the pool's connection, and which one it is."""
    with pool.connection() as connection:
        found: dict[str, object] = {
            row["name"]: row["setting"]
            for row in connection.execute(
                "SELECT name, setting FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'"
            )
        }
        found |= {name: getattr(connection, name) for name in ATTRIBUTES}
        return {**found, "pid": connection.info.backend_pid}


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
        kept = "SELECT set_config('default_transaction_read_only', 'off', false) AS it"
        assert engine.query(kept) == [{"it": "off"}]
        assert _told(pool) == before
    assert _told(pool) == before  # the engine is closed, the pool is not
    _is_the_hosts(before)


def _is_the_hosts(found: dict[str, object]) -> None:
    assert (found["search_path"], found["statement_timeout"]) == ("pg_catalog", "123000")
    assert found["isolation_level"] is psycopg.IsolationLevel.SERIALIZABLE
    assert (found["autocommit"], found["prepare_threshold"]) == (False, 77)
    assert found["cursor_factory"] == RawCursor[dict[str, Any]]


def test_a_connection_that_cannot_be_put_back_is_closed(
    pool: Lent, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine.open(postgres_url, pool=pool) as engine:
        first = _told(pool)["pid"]
        asked = lent._set  # pyright: ignore[reportPrivateUsage]

        def broken_off(connection: Any, settings: Any) -> Any:
            asked(connection, settings)
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(lent, "_set", broken_off)
            with pytest.raises(KeyboardInterrupt):
                engine.board()
        second = _told(pool)
        assert second["pid"] != first
        _is_the_hosts(second)
        calls = iter((asked, broken_off))

        def one_after_the_other(connection: Any, settings: Any) -> Any:
            return next(calls)(connection, settings)

        with monkeypatch.context() as patched:
            patched.setattr(lent, "_set", one_after_the_other)
            with pytest.raises(KeyboardInterrupt):
                engine.board()
        third = _told(pool)
        assert third["pid"] != second["pid"]
        _is_the_hosts(third)


def test_a_pool_that_was_never_opened_is_told_so(postgres: Server, postgres_url: str) -> None:
    unopened = ConnectionPool(postgres.dsn, open=False)
    with pytest.raises(StorePoolClosed, match="Open the pool before"):
        Engine.open(postgres_url, pool=unopened)


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
        with pytest.raises(StorePoolClosed, match="not open"):
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
    _is_the_hosts(_told(pool))


def test_a_pool_to_another_server_is_refused(pool: Lent) -> None:
    with server() as other, pytest.raises(StorePoolElsewhere):
        Engine.open(other.url(), pool=pool)


def test_a_pool_to_another_database_of_the_server_is_refused(pool: Lent, postgres_url: str) -> None:
    with pytest.raises(StorePoolElsewhere, match=r"\(postgres\)"):
        Engine.open(postgres_url.replace("/postgres?", "/template1?"), pool=pool)


def test_what_is_no_such_pool_is_refused(postgres: Server, postgres_url: str) -> None:
    later = AsyncConnectionPool(postgres.dsn, open=False)
    with pytest.raises(TypeError, match="ConnectionPool"):
        Engine.open(postgres_url, pool=later)  # type: ignore[arg-type]
    with ConnectionPool(postgres.dsn, open=False) as unused, pytest.raises(TypeError):
        Engine.open("memory:", pool=unused)
    assert issubclass(StorePoolElsewhere, StoreUnavailable)
