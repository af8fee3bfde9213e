"""Which tables does a store have, and of which release are they?

`stored_events` is created by the library. The rest is here; view tables are in `viewtables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store.faults import StoreForeign, StoreTooNew
from kvob_workflow.store.half_copied import check_whole
from kvob_workflow.store.sqlite.api_key_tables import API_KEY_TABLES
from kvob_workflow.store.sqlite.follower_tables import FOLLOWER_TABLES
from kvob_workflow.store.sqlite.log_tables import LOG_TABLES
from kvob_workflow.store.sqlite.period_tables import PERIOD_TABLES
from kvob_workflow.store.sqlite.person_tables import PERSON_TABLES
from kvob_workflow.store.sqlite.rebuild_tables import REBUILD_TABLES
from kvob_workflow.store.sqlite.webhook_tables import WEBHOOK_TABLES

if TYPE_CHECKING:
    import sqlite3

# What `set_mark` keeps stands in `kvob_meta` under this prefix.
MARK = "mark:"
# Goes up when a table below changes; a store with a higher number is refused.
STORE_SCHEMA = 5

# Since schema 2. What is on its way to whom; names and texts are joined when it is sent.
_DELIVERIES = (
    "CREATE TABLE delivery (id TEXT PRIMARY KEY, channel TEXT NOT NULL, recipient TEXT NOT NULL,"
    " language TEXT NOT NULL CHECK (language IN ('nl', 'en')), items TEXT NOT NULL,"
    " created_at INTEGER NOT NULL, next_at INTEGER NOT NULL,"
    " status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'failed')),"
    " attempts INTEGER NOT NULL, last_error TEXT, sent_at INTEGER, claim INTEGER NOT NULL,"
    " claimed_until INTEGER) WITHOUT ROWID",
    "CREATE INDEX delivery_waiting ON delivery (next_at, id) WHERE status = 'waiting'",
    "CREATE INDEX delivery_failed ON delivery (id) WHERE status = 'failed'",
)
# Since schema 3: what is known of the past, the proof log, the person directory.
_AUDIT = (*PERIOD_TABLES, *LOG_TABLES, *PERSON_TABLES)
# Since schema 5: what others than the owner ask for and are told.
_SERVED = (*API_KEY_TABLES, *WEBHOOK_TABLES)
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
    *_DELIVERIES,
    *_AUDIT,
    *REBUILD_TABLES,
    *FOLLOWER_TABLES,
    *_SERVED,
)
# What an older store lacks, by the schema that brought it.
_BROUGHT_BY = {
    2: _DELIVERIES,
    3: _AUDIT,
    4: (*REBUILD_TABLES, *FOLLOWER_TABLES),
    5: _SERVED,
}
_REMADE = "rows-remade"
ROW_STATE = (
    "SELECT (SELECT max(rowid) FROM stored_events),"
    f" (SELECT number FROM kvob_meta WHERE name = '{_REMADE}')"
)
_RAISE = (
    f"INSERT INTO kvob_meta (name, number) VALUES ('{_REMADE}', 1)"
    " ON CONFLICT (name) DO UPDATE SET number = number + 1"
)
_TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
_SET = (
    "INSERT INTO kvob_meta (name, number) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET number = excluded.number"
)


def check_schema(connection: sqlite3.Connection, store: str) -> int:
    """The schema of the tables that are there; 0 when there are none.

    Raises:
        StoreForeign: the database has tables, but not ours.
        StoreTooNew: a newer release made the tables.
        StoreHalfCopied: a copy into it was not finished.
    """
    names = {row[0] for row in connection.execute(_TABLE_NAMES)}
    if "kvob_meta" not in names:
        foreign = sorted(names - {"stored_events"})
        if foreign:
            raise StoreForeign(store, foreign[0])
        return 0
    number = meta(connection, "store") or 1
    check_whole(number, store)
    if number > STORE_SCHEMA:
        raise StoreTooNew(store, f"schema {number}, this release knows {STORE_SCHEMA}")
    return number


def create_tables(connection: sqlite3.Connection, events_table: list[str]) -> None:
    """Creates every table but those of views, within a transaction that has begun."""
    for statement in (*events_table, *_TABLES):
        connection.execute(statement)
    set_meta(connection, "store", STORE_SCHEMA)


def upgrade_tables(connection: sqlite3.Connection, number: int) -> None:
    """Adds what a store of an older schema lacks, within a transaction that has begun."""
    for brought_by, statements in _BROUGHT_BY.items():
        if brought_by > number:
            for statement in statements:
                connection.execute(statement)
    set_meta(connection, "store", STORE_SCHEMA)


def meta(connection: sqlite3.Connection, name: str) -> int | None:
    """A number of `kvob_meta`; None when it was never set."""
    row = connection.execute("SELECT number FROM kvob_meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def set_meta(connection: sqlite3.Connection, name: str, number: int) -> None:
    """Sets a number of `kvob_meta`."""
    connection.execute(_SET, (name, number))


def rows_remade(connection: sqlite3.Connection) -> None:
    """Notes that view rows change without events; see `RowState`."""
    connection.execute(_RAISE)
