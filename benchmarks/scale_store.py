"""How large is a store, and how is it made ten times as large? The SQL of both engines."""

import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Protocol

import psycopg

from kvob_projections import ALL_VIEWS
from kvob_projections.view import View
from kvob_workflow.store.postgres.address import parse_address

HEX: Final = "123456789abcdef"
"""Ids of this century begin with a 0: so many copies of a store get ids of their own."""

_SQLITE_SIZES: Final = (
    "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name"
    " GROUP BY m.tbl_name"
)
_POSTGRES_SIZES: Final = (
    "SELECT relname::text, pg_total_relation_size(c.oid) FROM pg_class c"
    " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)


class Connection(Protocol):
    """What both drivers have in common here."""

    def execute(self, query: str, /) -> object:
        """Run SQL."""
        ...


@contextmanager
def sql_on(url: str) -> Generator[Connection]:
    """A connection beside the store's own, in one transaction."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            yield connection
        return
    address = parse_address(url)
    with psycopg.connect(address.conninfo, options=f"-c search_path={address.schema}") as opened:
        yield opened  # pyright: ignore[reportReturnType]  # SQL as plain text


def grow(url: str, copies: int, views: Sequence[View] = ALL_VIEWS) -> None:
    """Copy every estate so many times under other ids; at most 15, and only once."""
    assert copies <= len(HEX)
    statements = ["INSERT INTO stored_events (originator_id, originator_version, topic, state)"]
    statements[0] += (
        " SELECT '{n}' || substr(originator_id, 2), originator_version, topic, state"
        " FROM stored_events WHERE originator_id LIKE '0%'"
        " ORDER BY originator_id, originator_version"
    )
    statements.append(
        "INSERT INTO estate_name (municipality, name, estate, from_position)"
        " SELECT municipality, name || ' {n}', '{n}' || substr(estate, 2), from_position"
        " FROM estate_name WHERE estate LIKE '0%'"
    )
    for view in views:
        others = ", ".join(name for name in view.columns if name != "estate_id")
        statements.append(
            f"INSERT INTO {view.table} (estate_id, {others})"
            f" SELECT '{{n}}' || substr(estate_id, 2), {others} FROM {view.table}"
            " WHERE estate_id LIKE '0%'"
        )
    for digit in HEX[:copies]:
        with sql_on(url) as connection:
            for statement in statements:
                connection.execute(statement.format(n=digit))


def settle(url: str) -> None:
    """Let the server look at its new tables, as it does by itself after some minutes."""
    if not url.startswith("sqlite"):
        with psycopg.connect(parse_address(url).conninfo, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def sizes(url: str) -> Mapping[str, int]:
    """The bytes of every table with its indexes."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return dict(connection.execute(_SQLITE_SIZES).fetchall())
    address = parse_address(url)
    with psycopg.connect(address.conninfo, options=f"-c search_path={address.schema}") as opened:
        return dict(opened.execute(_POSTGRES_SIZES).fetchall())


def count(url: str, table: str) -> int:
    """How many rows a table has."""
    with sql_on(url) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}")
        return int(found.fetchone()[0])  # type: ignore[attr-defined]  # pyright: ignore


def file_size(url: str) -> int:
    """The bytes of a store's file and log; 0 on a server."""
    path = Path(url.removeprefix("sqlite:///"))
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
