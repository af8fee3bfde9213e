"""Can each role do its work on the server, and nothing else?"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_workflow import BoardQuery, Engine
from kvob_workflow.cli.main import run
from kvob_workflow.demo import NAME, walk
from kvob_workflow.engine.errors import PastNotWorkedOut
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.store.faults import StoreNotPrepared, StoreRightMissing
from kvob_workflow.store.opening import postgres_script
from kvob_workflow.store.postgres.roles import PROOFS, READ
from kvob_workflow.store.server_faults import StoreUpgradeNeeded
from tests.postgres_server import Server

THEN = date(2021, 12, 31)
CLOSED = (
    *("person", "erasure", "delivery", "kvob_command"),
    *("api_key", "webhook", "webhook_failure"),
)
HOEK = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))


@dataclass(frozen=True)
class House:
    """A store that its owner made with the printed SQL, on a server with a user for each role."""

    server: Server
    schema: str

    def url(self, role: str) -> str:
        """The address as a member of a role; that of the owner is `keeper`."""
        user = "keeper" if role == "keeper" else f"{self.schema}_m_{role}"
        return self.server.url(self.schema, user=user)

    @contextmanager
    def sql(self, role: str) -> Generator[psycopg.Connection]:
        """A connection of psql's kind."""
        dsn = self.server.dsn.replace("keeper@", f"{self.url(role)[13:].partition('@')[0]}@")
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(f"SET search_path = {self.schema}".encode())
            yield connection


@pytest.fixture
def house(postgres: Server, postgres_url: str) -> Iterator[House]:
    """A house whose tables and roles come from the printed SQL alone."""
    schema = postgres_url.rpartition("=")[2]
    made = House(postgres, schema)
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        script = postgres_script(
            postgres_url, (*ALL_VIEWS, *FOLLOWED_VIEWS), tables=True, roles=True
        )
        keeper.execute(script.encode())
        keeper.execute(postgres_script(postgres_url, (), tables=False, roles=True).encode())
        roles = ("writer", "reader", "verifier")
        for role in roles:
            keeper.execute(f"CREATE USER {schema}_m_{role} IN ROLE {schema}_{role}".encode())
        keeper.execute(f"CREATE USER {schema}_m_nobody".encode())
    yield made
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        for name in [*(f"m_{role}" for role in (*roles, "nobody")), *roles]:
            keeper.execute(f"DROP OWNED BY {schema}_{name}".encode())
            keeper.execute(f"DROP ROLE {schema}_{name}".encode())


def test_a_writer_walks_the_whole_life_and_asks_about_the_past(house: House) -> None:
    with Engine.open(house.url("writer")) as engine:
        steps = list(walk(engine))
        assert len(steps) == 47
        assert [row.estate for row in engine.board(BoardQuery()).items] == [NAME]
        assert [row.estate for row in engine.board(BoardQuery(day=THEN)).items] == [NAME]
        engine.sweep()
        assert [one for one in engine.doctor() if one.verdict == "fault"] == []
        engine.repair()


@pytest.mark.parametrize("table", ["stored_events", "kvob_command", "log_opening"])
def test_a_writer_changes_no_fact_though_no_trigger_were_there(house: House, table: str) -> None:
    with Engine.open(house.url("writer")) as engine:
        engine.do(HOEK)
    with house.sql("keeper") as keeper:
        keeper.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    with house.sql("writer") as writer:
        for change in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"DROP TABLE {table}"):
            with pytest.raises(InsufficientPrivilege):
                writer.execute(change.encode())
        column = {"stored_events": "topic", "kvob_command": "result"}.get(table, "entry")
        with pytest.raises(InsufficientPrivilege):
            writer.execute(f"UPDATE {table} SET {column} = {column}".encode())
        with pytest.raises(InsufficientPrivilege):
            writer.execute(b"CREATE TABLE another (a int)")


def test_the_owner_too_is_refused_to_change_an_event(house: House) -> None:
    with Engine.open(house.url("writer")) as engine:
        engine.do(HOEK)
    with house.sql("keeper") as keeper:
        for change in (b"UPDATE stored_events SET topic = ''", b"DELETE FROM stored_events"):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                keeper.execute(change)


def test_a_reader_asks_everything_and_is_told_where_to_write(house: House) -> None:
    with Engine.open(house.url("writer")) as engine:
        walked = list(walk(engine))
        assert walked[-1].outcome is not None
        estate = walked[-1].outcome.estate
        engine.build_periods()
    with Engine.open(house.url("reader")) as reader:
        assert [row.estate for row in reader.board(BoardQuery()).items] == [NAME]
        assert reader.history(estate)
        assert [row.estate for row in reader.board(BoardQuery(day=THEN)).items] == [NAME]
        with pytest.raises(StoreRightMissing, match="a role that may"):
            reader.do(HOEK)
        with Engine.open(house.url("writer")) as engine:
            engine.do(HOEK)
        assert len(reader.board(BoardQuery()).items) == 2
        with pytest.raises(PastNotWorkedOut, match="kvob periods build"):
            reader.board(BoardQuery(day=THEN))
        assert reader.overview(estate, THEN)


def test_a_reader_sees_no_person_and_no_delivery(house: House) -> None:
    with house.sql("reader") as reader:
        for table in CLOSED:
            with pytest.raises(InsufficientPrivilege):
                reader.execute(f"SELECT * FROM {table}".encode())


def test_every_table_is_either_open_to_readers_or_closed(house: House) -> None:
    with house.sql("keeper") as keeper:
        found = keeper.execute(
            b"SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            b" AND relkind IN ('r', 'p') ORDER BY 1"
        ).fetchall()
    assert [name for (name,) in found] == sorted({*READ, *CLOSED})
    assert len(READ) == len(set(READ)) and set(READ) >= set(PROOFS)


def test_who_may_make_no_tables_is_told_who_must_after_a_new_release(house: House) -> None:
    with Engine.open(house.url("writer")) as engine:
        engine.do(HOEK)
    with house.sql("keeper") as keeper:
        keeper.execute(b"UPDATE kvob_meta SET number = 0 WHERE name LIKE 'view:%'")
    for role in ("writer", "reader"):
        with pytest.raises(StoreUpgradeNeeded, match="owner open the store once"):
            Engine.open(house.url(role))
    with Engine.open(house.url("keeper")) as owner:
        assert owner.board().total == 1
    with house.sql("keeper") as keeper:
        keeper.execute(postgres_script(house.url("keeper"), (), tables=False, roles=True).encode())
    with Engine.open(house.url("writer")) as engine, Engine.open(house.url("reader")) as reader:
        assert engine.board() == reader.board()


def test_a_reader_with_other_scheme_data_is_told_so(house: House) -> None:
    with Engine.open(house.url("writer")) as engine:
        engine.do(HOEK)
    with house.sql("keeper") as keeper:
        keeper.execute(b"UPDATE kvob_meta SET number = 1 WHERE name = 'mark:scheme'")
    with pytest.raises(SchemeDataDiffer):
        Engine.open(house.url("reader"))


def test_a_verifier_verifies_and_sees_no_view(
    house: House,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = tmp_path / "log.key"
    monkeypatch.setenv("KVOB_LOG_KEY", str(key))
    with Engine.open(house.url("writer")) as engine:
        engine.do(HOEK)
    assert run(("log", "init", "--store", house.url("writer"))) == 0
    assert run(("log", "sequence", "--store", house.url("writer"))) == 0
    capsys.readouterr()
    store = ("--store", house.url("verifier"))
    assert run(("verify", *store)) == 0, capsys.readouterr()
    assert run(("verify", "--estate", "De Hoek", *store)) == 0, capsys.readouterr()
    assert run(("log", "show", *store)) == 0
    assert run(("board", *store)) == 6
    assert "store-right-missing" in capsys.readouterr().err
    with house.sql("verifier") as verifier, pytest.raises(InsufficientPrivilege):
        verifier.execute(f"SELECT * FROM {ALL_VIEWS[0].table}".encode())


def test_who_has_no_role_is_told_what_to_do(house: House, postgres: Server) -> None:
    with pytest.raises(StoreNotPrepared, match="no access"):
        Engine.open(house.url("nobody"))
    empty = postgres.url(f"{house.schema}_x", user=f"{house.schema}_m_nobody")
    with pytest.raises(StoreNotPrepared, match="kvob store schema --print"):
        Engine.open(empty)


def test_a_temporary_table_of_the_caller_is_not_locked_in_place_of_the_events(
    house: House,
) -> None:
    with house.sql("writer") as writer, house.sql("keeper") as other:
        writer.execute(b"CREATE TEMPORARY TABLE stored_events (a int)")
        with writer.transaction():
            writer.execute(b"SELECT kvob_lock_events()")
            locked = other.execute(
                b"SELECT count(*) FROM pg_locks WHERE relation = 'stored_events'::regclass"
                b" AND mode = 'ExclusiveLock'"
            ).fetchone()
    assert locked == (1,)
