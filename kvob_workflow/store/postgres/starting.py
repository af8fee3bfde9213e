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
    from collections.abc import Mapping

    from kvob_workflow.store.postgres.connections import Connection, Connections

OLDEST: Final = 150_000
"""server_version_num of the oldest release that is tested: 15."""
_FACTS: Final = (
    "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
    " current_setting('max_connections')::int"
    " - current_setting('superuser_reserved_connections')::int"
    " - coalesce(current_setting('reserved_connections', true)::int, 0),"
    # A superuser is held to neither; SET ROLE changes nothing about who logged in.
    " CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END,"
    " CASE WHEN rolsuper THEN -1 ELSE datconnlimit END"
    " FROM pg_roles, pg_database WHERE rolname = session_user AND datname = current_database()"
)
_SETTINGS: Final = "SELECT name, setting FROM pg_settings WHERE name = ANY (%s)"
_PLACE: Final = "SELECT current_database(), pg_postmaster_start_time()"


class Facts(NamedTuple):
    """What a server says of itself; limits of -1 are none."""

    number: int
    version: str
    connections: int
    of_user: int
    of_database: int

    @property
    def available(self) -> int:
        """The most connections that this user can have to this database."""
        limits = (self.connections, self.of_user, self.of_database)
        return min(one for one in limits if one >= 0)


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
    check_settings(own, connections.settings("listen"), store)
    if asked > facts.available:
        raise StoreConnectionsTooMany(store, f"{asked} > {facts.available}")
    return facts


def check_settings(connection: Connection, settings: Mapping[str, str], store: str) -> None:
    """Refuses a connection on which something else holds than what was set.

    Raises:
        StoreSettingsIgnored: it names the first setting that differs, and what holds.
    """
    holds = connection.execute(_SETTINGS, (list(settings),))
    found = {name.lower(): value for name, value in holds}
    for name, value in settings.items():
        held = found.get(name.lower())
        if held != value:
            raise StoreSettingsIgnored(store, f"{name} = {held}")


def check_lent(own: Connection, connections: Connections) -> None:
    """Refuses a host's pool that leads elsewhere, or through a pooler that drops settings.

    Raises:
        StorePoolElsewhere: it leads to another server, or to another database of it.
        StoreSettingsIgnored: what is set on its connections does not hold.
    """
    store = connections.store
    with connections.read() as lent:
        if own.execute(_PLACE).fetchone() != lent.execute(_PLACE).fetchone():
            raise StorePoolElsewhere(store, lent.info.dbname)
        check_settings(lent, connections.settings("read"), store)


def facts_of(connection: Connection) -> Facts:
    """What the server says."""
    (found,) = connection.execute(_FACTS).fetchall()
    return Facts(*found)
