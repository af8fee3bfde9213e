"""How does PostgreSQL keep followers and deliveries? As a file does, claimed by many at once.

Nodes never wait for each other's claims: what one has locked, the others skip. A follower is
moved on by a comparison in the row itself, so of two nodes one is told that it was slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.ids import EstateId
from kvob_workflow.store.delivery_rows import (
    DELIVERY_COLUMNS,
    around,
    delivery_of,
    number_of,
    row_of,
    settlement,
)
from kvob_workflow.store.postgres.schema import meta
from kvob_workflow.store.postgres.texts import findable, sendable
from kvob_workflow.store.upcasts import topics_read_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.delivery import Delivery, DeliveryStatus
    from kvob_workflow.store.postgres.connections import Connection, Connections

_NOTICES: Final = (
    "SELECT notification_id, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE notification_id > %s AND topic = ANY (%s) ORDER BY notification_id LIMIT %s"
)
_TOPICS: Final = list(topics_read_as(NoticeGiven.TOPIC, CertificateExpired.TOPIC))
_BEGIN: Final = "INSERT INTO kvob_meta (name, number) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_MOVE: Final = "UPDATE kvob_meta SET number = %s WHERE name = %s AND number = %s"
_POST: Final = (
    f"INSERT INTO delivery ({DELIVERY_COLUMNS}) SELECT * FROM unnest(%s::text[], %s::text[],"
    " %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[],"
    " %s::text[], %s::bigint[], %s::bigint[]) ON CONFLICT (id) DO NOTHING"
)
_RETURNED: Final = ", ".join(f"delivery.{one.strip()}" for one in DELIVERY_COLUMNS.split(","))
_CLAIM: Final = (
    "WITH due AS MATERIALIZED (SELECT id FROM delivery WHERE status = 'waiting'"
    " AND channel = ANY (%(channels)s) AND (next_at <= %(now)s OR next_at > %(absurd)s)"
    " AND (claimed_until IS NULL OR claimed_until <= %(now)s OR claimed_until > %(absurd)s)"
    " ORDER BY next_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)"
    " UPDATE delivery SET claim = claim + 1, claimed_until = %(until)s FROM due"
    f" WHERE delivery.id = due.id RETURNING {_RETURNED}"
)
_SETTLE: Final = (
    "UPDATE delivery SET status = %(status)s, attempts = attempts + %(failed)s,"
    " next_at = coalesce(%(next_at)s, next_at), last_error = %(error)s, sent_at = %(sent_at)s,"
    " claimed_until = NULL"
    " WHERE id = %(id)s AND claim = %(claim)s AND claimed_until IS NOT NULL"
    " AND status = 'waiting'"
)
_LISTED: Final = (
    f"SELECT {DELIVERY_COLUMNS} FROM delivery"
    " WHERE (%(any_status)s OR status = ANY (%(statuses)s)) AND (%(any_id)s OR id = ANY (%(ids)s))"
    " ORDER BY created_at DESC, id LIMIT %(limit)s"
)
_RESEND: Final = (
    "UPDATE delivery SET status = 'waiting', attempts = 0, next_at = %(now)s,"
    " claimed_until = NULL, claim = claim + 1, sent_at = NULL WHERE id = ANY (%(ids)s)"
    " AND (claimed_until IS NULL OR claimed_until <= %(now)s OR claimed_until > %(absurd)s)"
)


class Deliveries:
    """The part of the store that keeps followers and deliveries."""

    _connections: Connections
    _codec: Codec

    def follower_position(self, name: str) -> int | None:
        """See the port."""
        return self._connections.reading(lambda reader: meta(reader, _follower(name)))

    def notices_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        """See the port."""
        asked = (position, _TOPICS, limit)
        found = self._connections.reading(lambda one: one.execute(_NOTICES, asked).fetchall())
        decode = self._codec.decode
        return [
            (at, decode(EstateId(estate), version, topic, state))
            for at, estate, version, topic, state in found
        ]

    def post(
        self, follower: str, expected: int | None, position: int, deliveries: Sequence[Delivery]
    ) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if not _moved(writer, _follower(follower), expected, position):
                return False
            if deliveries:
                rows = [row_of(delivery) for delivery in deliveries]
                columns = [sendable(list(column)) for column in zip(*rows, strict=True)]
                writer.execute(_POST, columns)
            return True

    def claim_deliveries(
        self, channels: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[Delivery]:
        """See the port."""
        numbers = {"until": number_of(until), "limit": limit, **around(now)}
        asked: dict[str, Any] = {"channels": sendable(list(channels)), **numbers}
        with self._connections.writer() as writer:
            claimed = [delivery_of(row) for row in writer.execute(_CLAIM, asked).fetchall()]
        return sorted(claimed, key=lambda one: (one.next_at, one.id))

    def settle_delivery(
        self,
        delivery: Delivery,
        *,
        sent_at: datetime | None = None,
        retry_at: datetime | None = None,
        error: str | None = None,
    ) -> bool:
        """See the port."""
        values = settlement(delivery, sent_at, retry_at, error)
        settled = {name: sendable(value) for name, value in values.items()}
        with self._connections.writer() as writer:
            return writer.execute(_SETTLE, settled).rowcount == 1

    def deliveries(
        self,
        statuses: Sequence[DeliveryStatus] = (),
        *,
        ids: Sequence[str] = (),
        limit: int = 1000,
    ) -> list[Delivery]:
        """See the port."""
        asked: dict[str, Any] = {
            "any_status": not statuses,
            "statuses": [status.value for status in statuses],
            "any_id": not ids,
            "ids": findable(ids),
            "limit": limit,
        }
        found = self._connections.reading(lambda one: one.execute(_LISTED, asked).fetchall())
        return [delivery_of(row) for row in found]

    def resend(self, ids: Sequence[str], now: datetime) -> int:
        """See the port."""
        asked: dict[str, Any] = {"ids": findable(ids), **around(now)}
        with self._connections.writer() as writer:
            return writer.execute(_RESEND, asked).rowcount


def unsent(reader: Connection) -> dict[str, int]:
    """How many deliveries wait and how many failed for good, by status."""
    counted = "SELECT count(*) FROM delivery WHERE status = "  # a literal each, for its own index
    found = {"waiting": 0, "failed": 0}
    for status in found:
        for (number,) in reader.execute(f"{counted}'{status}'".encode()):
            found[status] = number
    return found


def _follower(name: str) -> str:
    kept: str = sendable(f"follower:{name}")
    return kept


def _moved(writer: Connection, follower: str, expected: int | None, position: int) -> bool:
    """Whether the follower stood at `expected`; its row is locked until the commit."""
    if expected is None:
        return writer.execute(_BEGIN, (follower, position)).rowcount == 1
    return writer.execute(_MOVE, (position, follower, expected)).rowcount == 1


__all__ = ["Deliveries", "unsent"]
