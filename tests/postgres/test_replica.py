"""What can a reader node on a streaming replica do, and what is it told when it cannot?"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_workflow import BoardQuery, Engine
from kvob_workflow.cli.main import run
from kvob_workflow.demo import NAME, walk
from kvob_workflow.engine.errors import PastNotWorkedOut
from kvob_workflow.store.faults import StoreNotPrepared, StoreReadOnly
from tests.postgres_server import Server, replica, server

THEN = BoardQuery(day=date(2021, 12, 31))
HOEK = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))


@contextmanager
def two() -> Generator[tuple[Server, Server]]:
    """A server that writes, and one that follows it."""
    with server(max_connections="60") as writes:
        with Engine.open(writes.url()) as engine:
            list(walk(engine))
            engine.build_periods()
        with replica(writes, max_connections="60") as follows:
            yield writes, follows


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Server, Server]]:
    """A pair for every test that promotes nobody."""
    with two() as made:
        yield made


def caught_up(pair: tuple[Server, Server]) -> None:
    """Waits until the replica has what the other one has now."""
    with psycopg.connect(pair[0].dsn) as one, psycopg.connect(pair[1].dsn) as other:
        (target,) = one.execute("SELECT pg_current_wal_flush_lsn()").fetchone() or (None,)
        until(
            lambda: bool(
                other.execute(
                    "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", (target,)
                ).fetchall()[0][0]
            )
        )


def until(done: Callable[[], bool]) -> None:
    """Waits, ten seconds at most."""
    ends = time.monotonic() + 10
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_replica_answers_what_the_writer_answered(pair: tuple[Server, Server]) -> None:
    writes, follows = pair
    caught_up(pair)
    with Engine.open(writes.url()) as one, Engine.open(follows.url()) as other:
        assert other.board() == one.board()
        assert other.register() == one.register()
        assert other.due() == one.due()
        assert other.board(THEN) == one.board(THEN)
        estate = one.find(NAME)
        assert other.history(estate) == one.history(estate)
        assert other.overview(estate, date(2022, 5, 1)) == one.overview(estate, date(2022, 5, 1))
        names = "SELECT estate FROM view_board ORDER BY estate"
        assert other.query(names) == one.query(names)
        told = {found.name: found for found in other.doctor()}
        assert told["replica"].verdict == "warning"
        assert told["replica"].value == "0 s"  # however old the last command is
        assert "replica" not in {found.name for found in one.doctor()}


def test_a_replica_decides_nothing_and_says_where_to(pair: tuple[Server, Server]) -> None:
    with Engine.open(pair[1].url()) as reader:
        with pytest.raises(StoreReadOnly, match="the server that writes"):
            reader.do(HOEK)
        with pytest.raises(StoreReadOnly):
            reader.sweep()
        reader.start()
        until(lambda: isinstance(reader.alarm_status().last_error, StoreReadOnly))


def test_lists_about_the_past_that_lag_are_refused_not_answered_stale(
    pair: tuple[Server, Server],
) -> None:
    writes, follows = pair
    with Engine.open(writes.url()) as engine, Engine.open(follows.url()) as reader:
        estate = engine.do(RegisterEstate(name="Nieuw", municipalities=("Elders",))).estate
        caught_up(pair)
        assert reader.find("Nieuw") == estate
        with pytest.raises(PastNotWorkedOut):
            reader.board(THEN)
        engine.build_periods()
        caught_up(pair)
        assert reader.board(THEN) == engine.board(THEN)


def test_who_waits_on_a_replica_looks_by_himself(pair: tuple[Server, Server]) -> None:
    writes, follows = pair
    caught_up(pair)
    with Engine.open(writes.url()) as engine, Engine.open(follows.url()) as reader:
        last = int(next(one.value for one in reader.doctor() if one.name == "newest-position"))
        engine.do(RegisterEstate(name="Later", municipalities=("Elders",)))
        assert reader.wait_for_events(last, timeout=20)


def test_the_command_line_reads_and_verifies_on_a_replica(
    pair: tuple[Server, Server], capsys: pytest.CaptureFixture[str]
) -> None:
    store = ("--store", pair[1].url())
    assert run(("board", *store)) == 0
    assert NAME in capsys.readouterr().out
    assert run(("estate", NAME, *store)) == 0
    assert run(("verify", *store)) == 10  # no head was ever signed: it says so
    assert run(("store", "schema", *store)) == 0
    capsys.readouterr()
    assert run(("register-estate", "--name", "X", "--municipalities", "Y", *store)) == 6
    assert "store-read-only" in capsys.readouterr().err


def test_a_replica_of_a_server_without_our_tables_says_so(pair: tuple[Server, Server]) -> None:
    with pytest.raises(StoreNotPrepared, match="kvob store schema --print"):
        Engine.open(pair[1].url("elsewhere"))


def test_a_replica_that_is_promoted_takes_commands_and_has_lost_nothing_that_it_had() -> None:
    with two() as pair, Engine.open(pair[1].url()) as engine:
        with Engine.open(pair[0].url()) as first:
            estate = first.do(HOEK).estate
            history = first.history(estate)
        caught_up(pair)
        pair[0].stop()
        with psycopg.connect(pair[1].dsn, autocommit=True) as keeper:
            keeper.execute("SELECT pg_promote(true, 10)")
        assert engine.history(estate) == history
        done = engine.do(RegisterEstate(name="De Punt", municipalities=("Voorbeeldstad",)))
        assert engine.board().total == 3
        assert engine.find("De Punt") == done.estate
        assert engine.board(THEN).total == 3
