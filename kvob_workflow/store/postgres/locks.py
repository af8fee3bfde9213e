"""Who waits for whom? Writers of one estate for each other; the moment of insertion for all.

Whoever inserts events holds the events table until the commit, so that positions have the order
of the commits and no reader passes over an event that comes in later. Estates are locked before,
always in the same order, so that two writers never wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.store.postgres.connections import Connection

# Each schema has locks of its own: stores in one database do not wait for each other.
ESTATES_SQL: Final = (
    "SELECT pg_advisory_xact_lock(hashtext(current_schema()), lock.number) FROM"
    " (SELECT DISTINCT hashtext(one) AS number FROM unnest(%s::text[]) AS one ORDER BY 1) AS lock"
)
# A server keeps a few thousand locks in all. A very large append takes one for all estates,
# which everybody else shares.
_MANY: Final = 1_000
_ALL: Final = "hashtextextended('kvob estates ' || current_schema(), 0)"
SHARED_SQL: Final = f"SELECT pg_advisory_xact_lock_shared({_ALL})"
_ALL_SQL: Final = f"SELECT pg_advisory_xact_lock({_ALL})"
# Who may only add events may not lock their table, so the owner's function does.
LOCKING_FUNCTION: Final = "kvob_lock_events()"
EVENTS_SQL: Final = f"SELECT {LOCKING_FUNCTION}"
# The table is named with its schema: a temporary table of the caller would be found before ours.
LOCKING_DDL: Final = (
    "DO $outer$ BEGIN EXECUTE format('"
    f"CREATE FUNCTION {LOCKING_FUNCTION} RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    " AS $$ BEGIN LOCK TABLE %I.stored_events IN EXCLUSIVE MODE; END $$', current_schema());"
    " END $outer$"
)
CHANNEL: Final = "stored_events"
_NOTIFY: Final = f"NOTIFY {CHANNEL}"


def lock_estates(connection: Connection, estates: Iterable[str]) -> None:
    """Waits until no other transaction writes these estates, in the order of their numbers."""
    asked = list(set(estates))
    if len(asked) > _MANY:
        lock_all_estates(connection)
    elif asked:
        connection.execute(SHARED_SQL)
        connection.execute(ESTATES_SQL, (asked,))


def lock_all_estates(connection: Connection) -> None:
    """Waits until no other transaction writes any estate."""
    connection.execute(_ALL_SQL)


def lock_events(connection: Connection) -> None:
    """Waits until no other transaction inserts events; readers go on."""
    connection.execute(EVENTS_SQL)


def notify(connection: Connection) -> None:
    """Tells those who listen, at the commit, that there are new events."""
    connection.execute(_NOTIFY)
