"""How does SQLite keep followers and deliveries? A number in `kvob_meta` and one table.

A claim is numbered: whoever settles must hold the last number, so a node that slept through its
claim cannot overwrite what another one did. Columns: `store/delivery_rows`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

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
from kvob_workflow.store.sqlite.schema import meta, set_meta
from kvob_workflow.store.upcasts import topics_read_as

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.delivery import Delivery, DeliveryStatus
    from kvob_workflow.store.delivery_rows import StoredDelivery
    from kvob_workflow.store.sqlite.connections import Connections

# Read in order of position from there on: no index tells notices from other events, which an
# append would pay for at every event.
_TOPICS: Final = topics_read_as(NoticeGiven.TOPIC, CertificateExpired.TOPIC)
_NOTICES: Final = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    f" WHERE rowid > ? AND topic IN ({', '.join('?' * len(_TOPICS))}) ORDER BY rowid LIMIT ?"
)
_POST: Final = (
    f"INSERT INTO delivery ({DELIVERY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)
_DUE: Final = (
    f"SELECT {DELIVERY_COLUMNS} FROM delivery WHERE status = 'waiting'"
    " AND channel IN (SELECT value FROM json_each(:channels))"
    " AND (next_at <= :now OR next_at > :absurd)"
    " AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_until > :absurd)"
    " ORDER BY next_at, id LIMIT :limit"
)
_CLAIM: Final = "UPDATE delivery SET claim = claim + 1, claimed_until = ? WHERE id = ?"
_SETTLE: Final = (
    "UPDATE delivery SET status = :status, attempts = attempts + :failed,"
    " next_at = coalesce(:next_at, next_at), last_error = :error, sent_at = :sent_at,"
    " claimed_until = NULL"
    " WHERE id = :id AND claim = :claim AND claimed_until IS NOT NULL AND status = 'waiting'"
)
_LISTED: Final = (
    f"SELECT {DELIVERY_COLUMNS} FROM delivery"
    " WHERE (:any_status OR status IN (SELECT value FROM json_each(:statuses)))"
    " AND (:any_id OR id IN (SELECT value FROM json_each(:ids)))"
    " ORDER BY created_at DESC, id LIMIT :limit"
)
_RESEND: Final = (
    "UPDATE delivery SET status = 'waiting', attempts = 0, next_at = :now, claimed_until = NULL,"
    " claim = claim + 1, sent_at = NULL"
    " WHERE id IN (SELECT value FROM json_each(:ids))"
    " AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_until > :absurd)"
)


class Deliveries:
    """The part of the store that keeps followers and deliveries."""

    _connections: Connections
    _codec: Codec

    def follower_position(self, name: str) -> int | None:
        """See the port."""
        with self._connections.read() as reader:
            return meta(reader, _follower(name))

    def notices_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_NOTICES, (position, *_TOPICS, limit)).fetchall()
        decode = self._codec.decode
        return [
            (rowid, decode(EstateId(estate), version, topic, state))
            for rowid, estate, version, topic, state in found
        ]

    def post(
        self, follower: str, expected: int | None, position: int, deliveries: Sequence[Delivery]
    ) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if meta(writer, _follower(follower)) != expected:
                return False
            writer.executemany(_POST, [row_of(delivery) for delivery in deliveries])
            set_meta(writer, _follower(follower), position)
            return True

    def claim_deliveries(
        self, channels: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[Delivery]:
        """See the port."""
        asked = {"channels": json.dumps(channels), "limit": limit, **around(now)}
        with self._connections.read() as reader:
            if reader.execute(_DUE, asked).fetchone() is None:
                return []  # the usual answer, without waiting for the write lock
        with self._connections.write() as writer:
            found = cast("list[StoredDelivery]", writer.execute(_DUE, asked).fetchall())
            writer.executemany(_CLAIM, [(number_of(until), row[0]) for row in found])
        return [delivery_of((*row[:-1], row[-1] + 1)) for row in found]

    def settle_delivery(
        self,
        delivery: Delivery,
        *,
        sent_at: datetime | None = None,
        retry_at: datetime | None = None,
        error: str | None = None,
    ) -> bool:
        """See the port."""
        settled = settlement(delivery, sent_at, retry_at, error)
        with self._connections.write() as writer:
            return writer.execute(_SETTLE, settled).rowcount == 1

    def deliveries(
        self,
        statuses: Sequence[DeliveryStatus] = (),
        *,
        ids: Sequence[str] = (),
        limit: int = 1000,
    ) -> list[Delivery]:
        """See the port."""
        asked = {
            "any_status": not statuses,
            "statuses": json.dumps(statuses),
            "any_id": not ids,
            "ids": json.dumps(ids),
            "limit": limit,
        }
        with self._connections.read() as reader:
            found = cast("list[StoredDelivery]", reader.execute(_LISTED, asked).fetchall())
        return [delivery_of(row) for row in found]

    def resend(self, ids: Sequence[str], now: datetime) -> int:
        """See the port."""
        with self._connections.write() as writer:
            return writer.execute(_RESEND, {"ids": json.dumps(ids), **around(now)}).rowcount


def unsent(reader: sqlite3.Connection) -> dict[str, int]:
    """How many deliveries wait and how many failed for good, by status."""
    counted = "SELECT count(*) FROM delivery WHERE status = "  # a literal each, for its own index
    return {
        status: int(reader.execute(f"{counted}'{status}'").fetchone()[0])
        for status in ("waiting", "failed")
    }


def _follower(name: str) -> str:
    return f"follower:{name}"
