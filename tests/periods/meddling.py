"""What does somebody do to a store behind its back? Plain SQL, on a file or on PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

from kvob_workflow.store.postgres.address import is_postgres, parse_address


def meddle(url: str, sql: str) -> None:
    """Runs one statement and commits it."""
    if is_postgres(url):
        address = parse_address(url)
        with psycopg.connect(address.conninfo, autocommit=True) as connection:
            connection.execute(f"SET search_path = {address.schema}".encode())
            connection.execute(sql.encode())
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute(sql)
        connection.commit()
