"""Is a server that cannot keep what the store promises refused, with the cause named?"""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_workflow import Engine, StoreLimits
from kvob_workflow.errors import StoreOptionTaken
from kvob_workflow.store.faults import StoreBusy, StoreLoginRefused, StoreUnreachable
from kvob_workflow.store.postgres import starting
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.starting import check_server
from kvob_workflow.store.server_faults import (
    StoreConnectionsTooMany,
    StoreServerTooOld,
    StoreSettingsIgnored,
)
from tests.postgres_server import Server, server


def test_pools_that_the_server_cannot_fill_are_refused(postgres_url: str) -> None:
    limits = StoreLimits(writers=100, readers=150)
    with pytest.raises(StoreConnectionsTooMany, match=r"252 > 197.*KVOB_POOL_WRITERS"):
        Engine.open(postgres_url, limits=limits)


def test_the_limit_of_the_user_counts_too(postgres: Server, postgres_url: str) -> None:
    schema = postgres_url.rpartition("=")[2]
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        keeper.execute(f"CREATE ROLE {schema}_few LOGIN CONNECTION LIMIT 10".encode())
        keeper.execute(f"CREATE ROLE {schema}_crowd ROLE {schema}_few".encode())
        try:
            for acts_as in (f"{schema}_few", f"{schema}_crowd"):  # the limit is of who logs in
                keeper.execute(f"ALTER ROLE {schema}_few SET role = {acts_as}".encode())
                with pytest.raises(StoreConnectionsTooMany, match="18 > 10"):
                    Engine.open(postgres.url(schema, user=f"{schema}_few"))
        finally:
            keeper.execute(f"DROP ROLE {schema}_few, {schema}_crowd".encode())


def test_the_limit_of_the_database_counts_too_but_not_for_a_superuser() -> None:
    with server() as narrow:
        with psycopg.connect(narrow.dsn, autocommit=True) as keeper:
            keeper.execute("CREATE ROLE clerk LOGIN")
            keeper.execute("GRANT CREATE ON DATABASE postgres TO clerk")
            keeper.execute("ALTER DATABASE postgres CONNECTION LIMIT 12")
            keeper.execute("ALTER ROLE keeper CONNECTION LIMIT 3")
        with pytest.raises(StoreConnectionsTooMany, match="18 > 12"):
            Engine.open(narrow.url(user="clerk"))
        with Engine.open(narrow.url()) as engine:
            assert engine.board().total == 0


def test_a_user_whose_connections_are_all_in_use_is_told_to_try_again(postgres: Server) -> None:
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        keeper.execute("CREATE ROLE kvob_single LOGIN CONNECTION LIMIT 1")
        dsn = postgres.dsn.replace("keeper@", "kvob_single@")
        try:
            with psycopg.connect(dsn), pytest.raises(StoreBusy, match="too many connections"):
                Engine.open(postgres.url(user="kvob_single"))
        finally:
            keeper.execute("DROP ROLE kvob_single")


def test_what_server_and_variables_say_does_not_come_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    monkeypatch.setenv("PGOPTIONS", "-c jit=on")
    with server() as odd:
        with psycopg.connect(odd.dsn, autocommit=True) as keeper:
            for said in (
                "default_transaction_isolation = 'serializable'",
                "default_transaction_read_only = on",
                "statement_timeout = '1ms'",
            ):
                keeper.execute(f"ALTER DATABASE postgres SET {said}".encode())
        with Engine.open(odd.url()) as engine:
            name = RegisterEstate(name="Łódź €", municipalities=("Voorbeeldstad",))
            estate = engine.do(name).estate
            assert engine.find("Łódź €") == estate
            store = engine._store  # pyright: ignore[reportPrivateUsage]
            found = store.read("SELECT current_setting('transaction_isolation') AS level", {})
            assert [tuple(row) for row in found] == [("read committed",)]


@pytest.mark.parametrize("option", ["client_encoding=LATIN1", "keepalives=0", "tcp_user_timeout=0"])
def test_an_option_that_the_store_sets_itself_is_refused(option: str) -> None:
    with pytest.raises(StoreOptionTaken, match=option.partition("=")[0]):
        Engine.open(f"postgresql://127.0.0.1/postgres?{option}")


def test_a_server_of_an_older_release_is_refused(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "OLDEST", 990_000)
    with pytest.raises(StoreServerTooOld, match="15 or newer"):
        Engine.open(postgres_url)


@pytest.mark.parametrize(
    "setting",
    [
        "search_path = public",
        "statement_timeout = 0",
        "default_transaction_isolation = 'serializable'",
        "client_encoding = LATIN1",
    ],
)
def test_a_pooler_that_drops_what_we_set_is_refused(postgres_url: str, setting: str) -> None:
    with (
        closing(Connections(parse_address(postgres_url), StoreLimits())) as connections,
        closing(connections.alone()) as own,
    ):
        check_server(own, connections)
        own.execute(f"SET {setting}".encode())
        with pytest.raises(StoreSettingsIgnored, match="pooler"):
            check_server(own, connections)


def test_who_may_not_log_in_is_told_so(postgres: Server) -> None:
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        keeper.execute("CREATE ROLE kvob_no_login NOLOGIN")
        try:
            for url in (
                postgres.url(user="nobody_of_ours"),
                postgres.url(user="kvob_no_login"),
                postgres.url().replace("/postgres?", "/elsewhere?"),
            ):
                with pytest.raises(StoreLoginRefused, match="Correct the address"):
                    Engine.open(url)
        finally:
            keeper.execute("DROP ROLE kvob_no_login")


def test_a_wrong_password_is_told_without_showing_it() -> None:
    with server() as guarded:
        with psycopg.connect(guarded.dsn, autocommit=True) as keeper:
            keeper.execute("CREATE ROLE clerk LOGIN PASSWORD 'Geheim1'")
            rules = guarded.data / "pg_hba.conf"
            rules.write_text("host all keeper all trust\nhost all all all scram-sha-256\n")
            keeper.execute("SELECT pg_reload_conf()")
        for password in ("Verkeerd9", ""):
            url = guarded.url(user=f"clerk:{password}" if password else "clerk")
            with pytest.raises(StoreLoginRefused) as refused:
                Engine.open(url)
            assert "Verkeerd9" not in str(refused.value)


def test_nobody_at_the_address_is_unreachable() -> None:
    with pytest.raises(StoreUnreachable, match="Check that the server runs"):
        Engine.open("postgresql://127.0.0.1:1/postgres")


def test_the_doctor_warns_of_what_a_power_cut_or_a_disk_would_do() -> None:
    with server(durable=False, max_connections="30") as unsafe, Engine.open(unsafe.url()) as engine:
        found = {one.name: one for one in engine.doctor()}
    warned = {name for name, one in found.items() if one.verdict == "warning"}
    assert {"fsync", "full_page_writes", "connections"} <= warned
    assert found["data_checksums"].verdict == "ok"
    assert found["connections"].value == "18 / 27"
