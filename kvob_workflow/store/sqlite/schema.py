"""Which tables does a store have, and of which release are they?

`stored_events` is created by the library. The rest is here; view tables are in `viewtables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store.faults import StoreForeign, StoreTooNew

if TYPE_CHECKING:
    import sqlite3

# Goes up when a table below changes; a store with a higher number is refused.
STORE_SCHEMA = 1

_TABLES = (
    # What was set up, and by which release: schema numbers of the store and of each view.
    "CREATE TABLE kvob_meta (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    # The results of commands by command id, so that a repeat gets the first answer.
    "CREATE TABLE kvob_command (id TEXT PRIMARY KEY, body_hash TEXT NOT NULL,"
    " result TEXT NOT NULL) WITHOUT ROWID",
    # The names of estates over time; a name is borne by one estate at once.
    "CREATE TABLE estate_name (municipality TEXT NOT NULL, name TEXT NOT NULL,"
    " estate TEXT NOT NULL, from_position INTEGER NOT NULL, until_position INTEGER)",
    "CREATE UNIQUE INDEX estate_name_in_use ON estate_name (municipality, name)"
    " WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_name ON estate_name (name) WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_estate ON estate_name (estate)",
    # Views that do not show the newest events of an estate.
    "CREATE TABLE behind (view TEXT NOT NULL, estate TEXT NOT NULL, error TEXT NOT NULL,"
    " at_version INTEGER NOT NULL, PRIMARY KEY (view, estate)) WITHOUT ROWID",
    # Events are facts. A deletion would also let SQLite give a position out twice.
    "CREATE TRIGGER stored_events_never_change BEFORE UPDATE ON stored_events"
    " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER stored_events_never_go BEFORE DELETE ON stored_events"
    " BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
)
_TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
_SET = (
    "INSERT INTO kvob_meta (name, number) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET number = excluded.number"
)


def check_schema(connection: sqlite3.Connection, store: str) -> bool:
    """Whether the tables are there already.

    Raises:
        StoreForeign: the database has tables, but not ours.
        StoreTooNew: a newer release made the tables.
    """
    names = {row[0] for row in connection.execute(_TABLE_NAMES)}
    if "kvob_meta" not in names:
        foreign = sorted(names - {"stored_events"})
        if foreign:
            raise StoreForeign(store, foreign[0])
        return False
    number = meta(connection, "store") or 0
    if number > STORE_SCHEMA:
        raise StoreTooNew(store, f"schema {number}, this release knows {STORE_SCHEMA}")
    return True


def create_tables(connection: sqlite3.Connection, events_table: list[str]) -> None:
    """Creates every table but those of views, within a transaction that has begun."""
    for statement in (*events_table, *_TABLES):
        connection.execute(statement)
    set_meta(connection, "store", STORE_SCHEMA)


def meta(connection: sqlite3.Connection, name: str) -> int | None:
    """A number of `kvob_meta`; None when it was never set."""
    row = connection.execute("SELECT number FROM kvob_meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def set_meta(connection: sqlite3.Connection, name: str, number: int) -> None:
    """Sets a number of `kvob_meta`."""
    connection.execute(_SET, (name, number))
