"""Who makes the tables on a server, and what is told when they cannot be used?"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from kvob_projections import ALL_VIEWS
from kvob_workflow.store import open_store
from kvob_workflow.store.faults import (
    PostgresNotInstalled,
    StoreForeign,
    StoreNotPrepared,
    StoreUnreachable,
)
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.viewtables import schema_sql
from tests.postgres_server import Server
from tests.store.conftest import beside
from tests.store.samples import (
    VIEWS,
    estate,
    one,
)


def test_of_programs_that_start_at_once_one_makes_the_tables(postgres_url: str) -> None:
    together = Barrier(6)

    def start(number: int) -> int:
        together.wait()
        with closing(open_store(postgres_url, VIEWS)) as store:
            store.append(one(estate(number)))
            return len(store.stream(estate(number)))

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(start, range(6))) == [1] * 6
    with closing(open_store(postgres_url, VIEWS)) as store:
        assert len(store.page(0, 100)) == 6
        assert store.unfilled() == ()


def test_a_schema_of_another_program_is_left_untouched(postgres_url: str) -> None:
    schema = parse_address(postgres_url).schema
    with beside(postgres_url) as other:
        other.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
        other.execute("CREATE TABLE bookmarks (url text)")
        with pytest.raises(StoreForeign, match="bookmarks"):
            open_store(postgres_url)
        tables = other.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,))
        assert tables.fetchall() == [("bookmarks",)]


def test_who_may_not_make_the_tables_is_told_who_must(postgres: Server, postgres_url: str) -> None:
    role = parse_address(postgres_url).schema.replace("kvob_", "guest_")
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        keeper.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
        try:
            with pytest.raises(StoreNotPrepared, match="kvob store schema --print"):
                open_store(postgres_url.replace("keeper@", f"{role}@"), VIEWS)
        finally:
            keeper.execute(SQL("DROP ROLE {}").format(Identifier(role)))


def test_the_printed_sql_makes_the_same_store(postgres_url: str) -> None:
    schema = parse_address(postgres_url).schema
    with beside(postgres_url) as keeper, keeper.transaction():
        for statement in schema_sql(schema, ALL_VIEWS):
            keeper.execute(statement.encode())
    with closing(open_store(postgres_url, ALL_VIEWS)) as store:
        store.append(one(estate(1)))
        assert store.unfilled() == ()
        assert store.behind() == []


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    with pytest.raises(StoreUnreachable) as refused:
        open_store("postgresql://clerk:geheim@127.0.0.1:1/kvob")
    assert "127.0.0.1:1/kvob?schema=kvob" in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_without_the_extra_an_address_of_a_server_names_it() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from kvob_workflow.store import open_store\n"
        "from kvob_workflow.store.faults import PostgresNotInstalled\n"
        "try: open_store('postgresql://localhost/kvob')\n"
        "except PostgresNotInstalled as error: print(error.code, error)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert b"extra-missing" in said
    assert b"pip install 'kvob_workflow[postgres]'" in said
    assert PostgresNotInstalled.code == "extra-missing"


def test_a_file_is_opened_without_loading_psycopg() -> None:
    program = (
        "import sys; from kvob_workflow.store import open_store; open_store('memory:').close()\n"
        "print([name for name in sys.modules if name.startswith('psycopg')])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert said.strip() == b"[]"
