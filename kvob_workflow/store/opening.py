"""Which store does an address name? A file, memory, or a schema of a PostgreSQL server.

    sqlite:///file.db    sqlite:////full/path.db    memory:
    postgresql://user@host/database?schema=kvob

Nothing of PostgreSQL is loaded before an address asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kvob_workflow.errors import StoreUrlInvalid
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.faults import PostgresNotInstalled
from kvob_workflow.store.postgres.address import DEFAULT_SCHEMA, is_postgres, parse_address
from kvob_workflow.store.sqlite.connections import FileConnections, MemoryConnections
from kvob_workflow.store.sqlite.schema import STORE_SCHEMA
from kvob_workflow.store.sqlite.store import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import View
    from kvob_workflow.store.port import EventStore
    from kvob_workflow.store.postgres.connections import Limits
    from kvob_workflow.store.postgres.store import PostgresStore

MEMORY = "memory:"
_FILE_SCHEME = "sqlite:///"


def open_store(
    url: str,
    views: Sequence[View] = (),
    *,
    durable: bool = True,
    lock_timeout: float = 5.0,
    codec: Codec | None = None,
    limits: Limits | None = None,
) -> EventStore:
    """Opens the store at `url`, making it when it is missing, and prepares its view tables.

    `durable=False` makes commits faster; a power cut may then lose the last ones. `lock_timeout`
    is in seconds, for each lock that a write must wait for; `limits` are PostgreSQL's and stand
    in its place when given.

    Raises:
        StoreUrlInvalid: `url` is malformed.
        PostgresNotInstalled: `url` names a PostgreSQL server, without the extra `postgres`.
        StoreUnavailable: one of its causes, see `kvob_workflow.store.faults`.
    """
    codec = codec or Codec()
    store = (
        _in_postgres(url, codec, limits, durable=durable, lock_timeout=lock_timeout)
        if is_postgres(url)
        else _in_sqlite(url, codec, durable=durable, lock_timeout=lock_timeout)
    )
    try:
        store.prepare_views(views)
    except BaseException:
        store.close()
        raise
    return store


def postgres_script(url: str, views: Sequence[View], *, tables: bool, roles: bool) -> str:
    """The SQL for the schema that `url` names: an empty store's tables, and the roles.

    An address of a file names no schema; the SQL is then for `kvob`.

    Raises:
        StoreUrlInvalid: `url` is malformed.
        PostgresNotInstalled: the extra `postgres` is not there.
    """
    schema = parse_address(url).schema if is_postgres(url) else DEFAULT_SCHEMA
    try:
        from kvob_workflow.store.postgres.script import roles_script, schema_script
    except ImportError as error:
        raise PostgresNotInstalled(schema, str(error)) from error
    scripts = (
        schema_script(schema, views) if tables else "",
        roles_script(schema) if roles else "",
    )
    return "".join(scripts)


def parse_url(url: str) -> Path | None:
    """The path of the file that `url` names, absolute; None for memory and for a server.

    Raises:
        StoreUrlInvalid: it is none of them.
    """
    if url == MEMORY:
        return None
    if is_postgres(url):
        parse_address(url)
        return None
    name = unquote(url.removeprefix(_FILE_SCHEME))
    if not url.startswith(_FILE_SCHEME) or not name or "\0" in name or name.endswith("/"):
        raise StoreUrlInvalid(url)
    if urlsplit(url).query or urlsplit(url).fragment:
        raise StoreUrlInvalid(url)
    return Path(name).absolute()


def _in_sqlite(url: str, codec: Codec, *, durable: bool, lock_timeout: float) -> SQLiteStore:
    path = parse_url(url)
    if path is None:
        return SQLiteStore(MemoryConnections(lock_timeout=lock_timeout), codec)
    return SQLiteStore(FileConnections(path, durable=durable, lock_timeout=lock_timeout), codec)


def _in_postgres(
    url: str, codec: Codec, limits: Limits | None, *, durable: bool, lock_timeout: float
) -> PostgresStore:
    address = parse_address(url)
    try:
        from kvob_workflow.store.postgres.connections import Connections, Limits
        from kvob_workflow.store.postgres.store import PostgresStore
    except ImportError as error:  # of psycopg, of its pool, or of the libpq that it needs
        raise PostgresNotInstalled(address.shown, str(error)) from error

    chosen = limits or replace(Limits(), lock_timeout=lock_timeout)
    return PostgresStore(Connections(address, chosen, durable=durable), codec)


__all__ = ["MEMORY", "STORE_SCHEMA", "open_store", "parse_url", "postgres_script"]
