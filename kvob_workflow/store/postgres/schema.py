"""Which tables does a schema of PostgreSQL have, and of which release are they?

The same names and columns as in a file. Texts sort by byte, whatever the database's collation:
`COLLATE "C"`. View tables are in `viewtables`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from psycopg import sql
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

from kvob_projections.dialect import in_postgres
from kvob_workflow.store.faults import StoreForeign, StoreNotPrepared, StoreTooNew
from kvob_workflow.store.half_copied import check_whole
from kvob_workflow.store.postgres.append_function import APPEND_FUNCTION
from kvob_workflow.store.postgres.failures import store_failures
from kvob_workflow.store.postgres.locks import LOCKING_DDL
from kvob_workflow.store.postgres.period_tables import PERIOD_TABLES
from kvob_workflow.store.postgres.starting import check_lent, check_server
from kvob_workflow.store.server_faults import StoreUpgradeNeeded
from kvob_workflow.store.sqlite.api_key_tables import API_KEY_TABLES
from kvob_workflow.store.sqlite.follower_tables import FOLLOWER_TABLES
from kvob_workflow.store.sqlite.log_tables import LOG_TABLES
from kvob_workflow.store.sqlite.person_tables import PERSON_TABLES
from kvob_workflow.store.sqlite.rebuild_tables import REBUILD_TABLES
from kvob_workflow.store.sqlite.schema import MARK, STORE_SCHEMA
from kvob_workflow.store.sqlite.webhook_tables import WEBHOOK_TABLES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from kvob_workflow.store.postgres.connections import Connection, Connections

# The library's own table for text ids, so that its stock recorders read it; C sorts by byte.
_EVENTS: Final = (
    'CREATE TABLE stored_events (originator_id text COLLATE "C" NOT NULL,'
    " originator_version bigint NOT NULL, topic text, state bytea, notification_id bigserial,"
    " PRIMARY KEY (originator_id, originator_version)) WITH (autovacuum_enabled = true,"
    " autovacuum_vacuum_threshold = 100000000, autovacuum_vacuum_scale_factor = 0.5,"
    " autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.01)",
    "CREATE UNIQUE INDEX stored_events_notification_id_idx ON stored_events (notification_id)",
    LOCKING_DDL,
    # Facts. ALWAYS: neither a replica's role nor a restore leaves the refusal out.
    "CREATE FUNCTION events_never_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'events are never %', CASE TG_OP WHEN 'UPDATE' THEN 'changed'"
    " ELSE 'deleted' END USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER stored_events_never_change BEFORE UPDATE OR DELETE OR TRUNCATE"
    " ON stored_events EXECUTE FUNCTION events_never_change()",
    "ALTER TABLE stored_events ENABLE ALWAYS TRIGGER stored_events_never_change",
)
_DELIVERIES: Final = (
    "CREATE TABLE delivery (id TEXT PRIMARY KEY, channel TEXT NOT NULL, recipient TEXT NOT NULL,"
    " language TEXT NOT NULL CHECK (language IN ('nl', 'en')), items TEXT NOT NULL,"
    " created_at INTEGER NOT NULL, next_at INTEGER NOT NULL,"
    " status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'failed')),"
    " attempts INTEGER NOT NULL, last_error TEXT, sent_at INTEGER, claim INTEGER NOT NULL,"
    " claimed_until INTEGER)",
    "CREATE INDEX delivery_waiting ON delivery (next_at, id) WHERE status = 'waiting'",
    "CREATE INDEX delivery_failed ON delivery (id) WHERE status = 'failed'",
)
_GUARDS: Final = (
    "CREATE TABLE kvob_meta (name TEXT PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE TABLE kvob_command (id TEXT PRIMARY KEY, body_hash TEXT NOT NULL,"
    " result TEXT NOT NULL)",
    "CREATE TABLE estate_name (municipality TEXT NOT NULL, name TEXT NOT NULL,"
    " estate TEXT NOT NULL, from_position INTEGER NOT NULL, until_position INTEGER)",
    "CREATE UNIQUE INDEX estate_name_in_use ON estate_name (municipality, name)"
    " WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_name ON estate_name (name) WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_estate ON estate_name (estate)",
    "CREATE TABLE behind (view TEXT NOT NULL, estate TEXT NOT NULL, error TEXT NOT NULL,"
    " at_version INTEGER NOT NULL, PRIMARY KEY (view, estate))",
)
# The first schema with PostgreSQL; what brings it up is below.
_FIRST: Final = 3
_TABLES: Final = (
    "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(%s))"
    " AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname NOT LIKE 'pg\\_%%'"
)
_REMADE: Final = "rows-remade"
ROW_STATE: Final = (
    "SELECT (SELECT max(notification_id) FROM stored_events),"
    f" (SELECT number FROM kvob_meta WHERE name = '{_REMADE}')"
)
_RAISE: Final = (
    f"INSERT INTO kvob_meta AS kept (name, number) VALUES ('{_REMADE}', 1)"
    " ON CONFLICT (name) DO UPDATE SET number = kept.number + 1"
)
_META: Final = "SELECT number FROM kvob_meta WHERE name = %s"
_SET: Final = (
    "INSERT INTO kvob_meta (name, number) VALUES (%s, %s)"
    " ON CONFLICT (name) DO UPDATE SET number = excluded.number"
)
# Of several programs that start at once one makes the tables; the others wait and find them.
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('kvob prepares ' || %s, 0))"


def translated_ddl(statement: str) -> str:
    """A statement that makes a table or an index in a file, for PostgreSQL."""
    plain = statement.rstrip().removesuffix(" STRICT").removesuffix(" WITHOUT ROWID")
    return in_postgres(plain).replace(" BLOB", " bytea")


_SERVED: Final = (*API_KEY_TABLES, *WEBHOOK_TABLES)
_BROUGHT_BY: Final = {
    4: tuple(map(translated_ddl, (*REBUILD_TABLES, *FOLLOWER_TABLES))),
    5: tuple(map(translated_ddl, _SERVED)),
}


def table_statements() -> list[str]:
    """The statements that make every table but those of views, in the schema of search_path."""
    ours = (
        *_GUARDS,
        *_DELIVERIES,
        *LOG_TABLES,
        *PERSON_TABLES,
        *REBUILD_TABLES,
        *FOLLOWER_TABLES,
        *_SERVED,
    )
    number = f"INSERT INTO kvob_meta (name, number) VALUES ('store', {STORE_SCHEMA})"
    return [*_EVENTS, *map(translated_ddl, ours), *PERIOD_TABLES, APPEND_FUNCTION, number]


def made_schema(schema: str) -> str:
    """The statement that makes the schema."""
    return f"CREATE SCHEMA IF NOT EXISTS {sql.Identifier(schema).as_string()}"


def inside_schema(schema: str) -> str:
    """The statement that goes into the schema, until the end of the transaction."""
    return f"SET LOCAL search_path = {sql.Identifier(schema).as_string()}"


def prepare_tables(connections: Connections, *, change: bool = True) -> None:
    """Makes the schema and the tables that are missing, or those that an older release lacks.

    Raises:
        StoreUnavailable: the server is not as it must be, see `starting`.
        StoreForeign: the schema has tables of another program.
        StoreTooNew: a newer release made the tables.
        StoreNotPrepared: they are missing, and this user may not make them.
        StoreUpgradeNeeded: they are of an older release, and this user may not change them.
    """
    schema, store = connections.schema, connections.store
    # A connection of its own: a pool says only that it waited, not why it got no connection.
    with store_failures(store, own_query=True), connections.alone() as own:
        check_server(own, connections)
        if not connections.owns_pools:
            check_lent(own, connections)
        found = check_schema(own, schema, store)
        if found == STORE_SCHEMA or not change:
            return
        with may_prepare(store, anew=not found), own.transaction():
            prepare_alone(own, schema)
            number = check_schema(own, schema, store)  # another node may have been faster
            if number == 0:
                create_tables(own, schema)
            elif number < STORE_SCHEMA:
                upgrade_tables(own, number)


@contextmanager
def may_prepare(store: str, *, anew: bool) -> Generator[None]:
    """Says of a user or a server that may not make tables that somebody else must.

    Raises:
        StoreNotPrepared: the tables must be made `anew`.
        StoreUpgradeNeeded: there are tables already.
    """
    try:
        yield
    except (InsufficientPrivilege, ReadOnlySqlTransaction) as error:
        failure = StoreNotPrepared if anew else StoreUpgradeNeeded
        raise failure(store, str(error).splitlines()[0]) from error


def prepare_alone(writer: Connection, schema: str) -> None:
    """Waits until no other program prepares this schema, for the length of a transaction."""
    writer.execute(_ALONE, (schema,))


def check_schema(connection: Connection, schema: str, store: str) -> int:
    """The schema number of the tables that are there; 0 when there are none.

    Raises:
        StoreForeign: the schema has tables, but not ours.
        StoreTooNew: a newer release made the tables.
        StoreHalfCopied: a copy into it was not finished.
    """
    names = {row[0] for row in connection.execute(_TABLES, (schema,))}
    if "kvob_meta" not in names:
        if names:
            raise StoreForeign(store, min(names))
        return 0
    number = meta(connection, "store") or _FIRST
    check_whole(number, store)
    if number > STORE_SCHEMA:
        raise StoreTooNew(store, f"schema {number}, this release knows {STORE_SCHEMA}")
    return number


def create_tables(connection: Connection, schema: str) -> None:
    """Makes the schema and every table but those of views, within a transaction, in one call."""
    found = connection.execute("SELECT to_regnamespace(quote_ident(%s))", (schema,)).fetchone()
    begun = [made_schema(schema)] if found == (None,) else []
    run(connection, (*begun, *table_statements()))


def upgrade_tables(connection: Connection, number: int) -> None:
    """Adds what a store of an older schema lacks, within a transaction that has begun."""
    for brought_by, statements in _BROUGHT_BY.items():
        if brought_by > number:
            run(connection, statements)
    set_meta(connection, "store", STORE_SCHEMA)


def run(connection: Connection, statements: Iterable[str]) -> None:
    """Runs statements without values in one call."""
    script = ";\n".join(statements)
    if script:
        connection.execute(script.encode(), prepare=False)


def meta(connection: Connection, name: str) -> int | None:
    """A number of `kvob_meta`; None when it was never set."""
    row = connection.execute(_META, (name,)).fetchone()
    return None if row is None else int(row[0])


def set_meta(connection: Connection, name: str, number: int) -> None:
    """Sets a number of `kvob_meta`."""
    connection.execute(_SET, (name, number))


def rows_remade(connection: Connection) -> None:
    """Notes that view rows change without events; see `RowState`."""
    connection.execute(_RAISE)


__all__ = [
    "MARK",
    "ROW_STATE",
    "STORE_SCHEMA",
    "check_schema",
    "create_tables",
    "inside_schema",
    "made_schema",
    "may_prepare",
    "meta",
    "prepare_alone",
    "prepare_tables",
    "rows_remade",
    "run",
    "set_meta",
    "table_statements",
    "translated_ddl",
    "upgrade_tables",
]
