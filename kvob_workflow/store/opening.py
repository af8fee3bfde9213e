"""Which store does an address name? A file, memory, or a schema of a PostgreSQL server.

    sqlite:///file.db    sqlite:////full/path.db    memory:
    postgresql://user@host/database?schema=kvob

Nothing of PostgreSQL is loaded before an address asks for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kvob_workflow.errors import StoreUrlInvalid
from kvob_workflow.limits import StoreLimits
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
    from kvob_workflow.store.postgres.lent import HostPool
    from kvob_workflow.store.postgres.store import PostgresStore

MEMORY = "memory:"
_FILE_SCHEME = "sqlite:///"


def open_store(
    url: str,
    views: Sequence[View] = (),
    *,
    durable: bool = True,
    codec: Codec | None = None,
    limits: StoreLimits | None = None,
    pool: HostPool | None = None,
    prepare: bool = True,
) -> EventStore:
    """Opens the store at `url`, making it when it is missing, and prepares its view tables.

    `durable=False` makes commits faster; a power cut may then lose the last ones. `pool` is one
    of the host's, to the same database as `url`; it stays open when the store is closed. Without
    `prepare` a store of an older release is looked at as it is: what that release lacked cannot
    be asked for.

    Raises:
        TypeError: a pool was given to a store that is no server, or it is of another kind.
        StoreUrlInvalid: `url` is malformed.
        PostgresNotInstalled: `url` names a PostgreSQL server, without the extra `postgres`.
        StoreUnavailable: one of its causes, see `kvob_workflow.store.faults`.
    """
    codec, limits = codec or Codec(), limits or StoreLimits()
    if is_postgres(url):
        store: EventStore = _in_postgres(url, codec, limits, pool, durable, prepare)
    elif pool is not None:
        raise TypeError(f"only a store on PostgreSQL takes a pool, not {url}")
    else:
        store = _in_sqlite(url, codec, durable, limits.lock_timeout, prepare)
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


def _in_sqlite(
    url: str, codec: Codec, durable: bool, lock_timeout: float, prepare: bool
) -> SQLiteStore:
    path = parse_url(url)
    if path is None:
        return SQLiteStore(MemoryConnections(lock_timeout=lock_timeout), codec)
    connections = FileConnections(path, durable=durable, lock_timeout=lock_timeout)
    return SQLiteStore(connections, codec, prepare=prepare)


def _in_postgres(
    url: str,
    codec: Codec,
    limits: StoreLimits,
    pool: HostPool | None,
    durable: bool,
    prepare: bool,
) -> PostgresStore:
    address = parse_address(url)
    try:
        from kvob_workflow.store.postgres.connections import Connections
        from kvob_workflow.store.postgres.store import PostgresStore
    except ImportError as error:  # of psycopg, of its pool, or of the libpq that it needs
        raise PostgresNotInstalled(address.shown, str(error)) from error

    connections = Connections(address, limits, durable=durable, pool=pool)
    return PostgresStore(connections, codec, prepare=prepare)


__all__ = ["MEMORY", "STORE_SCHEMA", "open_store", "parse_url", "postgres_script"]
