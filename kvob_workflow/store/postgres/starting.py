"""May this server be used as it is? Looked at once, before any table.

A pooler between us and the server that leaves our settings out, a server that is too old, and
more connections than it gives are refused here, where the cause can be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.store.server_faults import (
    StoreConnectionsTooMany,
    StorePoolElsewhere,
    StoreServerTooOld,
    StoreSettingsIgnored,
)

if TYPE_CHECKING:
    from kvob_workflow.store.postgres.connections import Connection, Connections

OLDEST: Final = 150_000
"""server_version_num of the oldest release that is tested: 15."""
_FACTS: Final = (
    "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
    " current_setting('search_path'), current_setting('statement_timeout'),"
    " current_setting('max_connections')::int"
    " - current_setting('superuser_reserved_connections')::int"
    " - coalesce(current_setting('reserved_connections', true)::int, 0),"
    " (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),"
    " (SELECT datconnlimit FROM pg_database WHERE datname = current_database())"
)
_PLACE: Final = "SELECT current_database(), pg_postmaster_start_time()"


class Facts(NamedTuple):
    """What a server says of itself; limits of -1 are none."""

    number: int
    version: str
    search_path: str
    statement_timeout: str
    connections: int
    of_user: int | None
    of_database: int | None

    @property
    def available(self) -> int:
        """The most connections that this user can have to this database."""
        limits = (self.connections, self.of_user, self.of_database)
        return min(one for one in limits if one is not None and one >= 0)


def check_server(own: Connection, connections: Connections) -> Facts:
    """Refuses a server that cannot keep what the store promises.

    Raises:
        StoreServerTooOld: its release is older than those that are tested.
        StoreSettingsIgnored: what is set at the start of a connection does not hold.
        StoreConnectionsTooMany: the pools together ask for more than it gives.
    """
    facts = facts_of(own)
    store, asked = connections.store, connections.most
    if facts.number < OLDEST:
        raise StoreServerTooOld(store, facts.version)
    if facts.search_path != connections.schema:
        raise StoreSettingsIgnored(store, f"search_path = {facts.search_path}")
    if facts.statement_timeout in ("0", "0ms"):
        raise StoreSettingsIgnored(store, "statement_timeout = 0")
    if asked > facts.available:
        raise StoreConnectionsTooMany(store, f"{asked} > {facts.available}")
    return facts


def check_lent(own: Connection, lent: Connection, store: str) -> None:
    """Refuses a host's pool that leads to another server, or to another database of it.

    Raises:
        StorePoolElsewhere: it does.
    """
    if own.execute(_PLACE).fetchone() != lent.execute(_PLACE).fetchone():
        raise StorePoolElsewhere(store, lent.info.dbname)


def facts_of(connection: Connection) -> Facts:
    """What the server says."""
    (found,) = connection.execute(_FACTS).fetchall()
    return Facts(*found)
