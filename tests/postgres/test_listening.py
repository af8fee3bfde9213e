"""Does somebody hear of new events at once, and is a broken connection noticed and restored?"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from kvob_workflow.limits import StoreLimits
from kvob_workflow.store.faults import StoreBusy, StoreUnreachable
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.listening import Listener
from tests.postgres_server import Server

SHORT = StoreLimits(
    writers=1,
    readers=1,
    connect_timeout=2,
    lock_timeout=0.3,
    statement_timeout=0.5,
    answer_timeout=0.5,
)


@pytest.fixture
def connections(postgres_url: str) -> Iterator[Connections]:
    opened = Connections(parse_address(postgres_url), SHORT, name="kvob-test")
    yield opened
    opened.close()


@pytest.fixture
def listener(connections: Connections) -> Iterator[Listener]:
    opened = Listener(connections)
    yield opened
    opened.close()


def timed(ask: Callable[[], object], failure: type[Exception]) -> float:
    begins = time.monotonic()
    with pytest.raises(failure):
        ask()
    return time.monotonic() - begins


def test_a_message_wakes_who_waits(
    connections: Connections, listener: Listener, postgres: Server
) -> None:
    heard = listener.wait(0, 10)
    with psycopg.connect(postgres.dsn, autocommit=True) as other:
        other.execute("NOTIFY stored_events")
    assert listener.wait(heard, 10) > heard
    assert listener.status().connected


def test_a_killed_connection_is_restored_and_shown(listener: Listener, postgres: Server) -> None:
    heard = listener.wait(0, 10)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'kvob-test-listen'"
    )
    with psycopg.connect(postgres.dsn, autocommit=True) as other:
        assert len(other.execute(kill).fetchall()) == 1
        heard = listener.wait(heard, 10)
        assert listener.status().restored == 1
        other.execute("NOTIFY stored_events")
    assert listener.wait(heard, 10) > heard


def test_closing_ends_the_thread_and_wakes_nobody_later(listener: Listener) -> None:
    heard = listener.wait(0, 10)
    listener.close()
    assert not listener.status().running
    assert listener.wait(heard, 10) == heard


def test_a_statement_that_hangs_ends_at_its_limit(connections: Connections) -> None:
    def ask() -> object:
        return connections.reading(lambda reader: reader.execute("SELECT pg_sleep(20)"))

    assert 0.4 < timed(ask, StoreBusy) < 5


def test_a_server_that_falls_silent_ends_at_our_own_limit(connections: Connections) -> None:
    with connections.read() as reader:
        backend = reader.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    try:

        def ask() -> object:
            return connections.reading(lambda reader: reader.execute("SELECT 1"))

        assert 0.9 < timed(ask, StoreUnreachable) < 5
    finally:
        os.kill(backend, signal.SIGCONT)
    assert connections.reading(lambda reader: reader.execute("SELECT 1").fetchone()) == (1,)


def test_a_lock_of_another_session_is_waited_for_no_longer_than_the_limit(
    connections: Connections, postgres: Server
) -> None:
    with psycopg.connect(postgres.dsn) as other:
        other.execute("SELECT pg_advisory_lock(42, 42)")

        def ask() -> None:
            with connections.write() as writer:
                writer.execute("SELECT pg_advisory_xact_lock(42, 42)")

        assert 0.2 < timed(ask, StoreBusy) < 5


def test_a_full_pool_is_told_within_the_limit(connections: Connections) -> None:
    def ask() -> None:
        with connections.write():
            pass

    with connections.write():
        assert 0.2 < timed(ask, StoreBusy) < 5
