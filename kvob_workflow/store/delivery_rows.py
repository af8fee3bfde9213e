"""What stands in a row of a delivery? The same twelve columns in a file and on a server.

Instants are whole microseconds since 1970, UTC.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.ids import EstateId
from kvob_workflow.store.delivery import LONGEST_WAIT, Delivery, DeliveryItem, DeliveryStatus

if TYPE_CHECKING:
    from kvob_domain.words import Language

DELIVERY_COLUMNS: Final = (
    "id, channel, recipient, language, items, created_at, next_at, status, attempts,"
    " last_error, sent_at, claim"
)
StoredDelivery = tuple[
    str, str, str, str, str, int, int, str, int, str | None, int | None, int
]  # in the order of the columns
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def number_of(instant: datetime) -> int:
    """An aware instant in microseconds since 1970."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of(number: int) -> datetime:
    """An aware instant, in UTC."""
    return _EPOCH + timedelta(microseconds=number)


def around(now: datetime) -> dict[str, int]:
    """Now, and from when on an instant was written under a clock that was wrong."""
    return {"now": number_of(now), "absurd": number_of(now + LONGEST_WAIT)}


def settlement(
    delivery: Delivery, sent_at: datetime | None, retry_at: datetime | None, error: str | None
) -> dict[str, str | int | None]:
    """The values that record how an attempt went."""
    status = DeliveryStatus.FAILED if retry_at is None else DeliveryStatus.WAITING
    return {
        "id": delivery.id,
        "claim": delivery.claim,
        "status": (DeliveryStatus.SENT if sent_at is not None else status).value,
        "failed": 0 if sent_at is not None else 1,
        "next_at": None if retry_at is None else number_of(retry_at),
        "sent_at": None if sent_at is None else number_of(sent_at),
        "error": error,
    }


def row_of(delivery: Delivery) -> StoredDelivery:
    """The columns of a delivery."""
    return (
        delivery.id,
        delivery.channel,
        delivery.recipient,
        delivery.language,
        json.dumps(delivery.items),
        number_of(delivery.created_at),
        number_of(delivery.next_at),
        delivery.status.value,
        delivery.attempts,
        delivery.last_error,
        None if delivery.sent_at is None else number_of(delivery.sent_at),
        delivery.claim,
    )


def delivery_of(row: StoredDelivery) -> Delivery:
    """The delivery of these columns."""
    (id, channel, recipient, language, items, created_at, next_at, status) = row[:8]
    attempts, last_error, sent_at, claim = row[8:]
    listed = cast("list[tuple[int, str, int]]", json.loads(items))
    return Delivery(
        id=id,
        channel=channel,
        recipient=recipient,
        # The table lets no other language in.
        language=cast("Language", language),
        items=tuple(
            DeliveryItem(position, EstateId(estate), version)
            for position, estate, version in listed
        ),
        created_at=instant_of(created_at),
        next_at=instant_of(next_at),
        status=DeliveryStatus(status),
        attempts=attempts,
        last_error=last_error,
        sent_at=None if sent_at is None else instant_of(sent_at),
        claim=claim,
    )


__all__ = [
    "DELIVERY_COLUMNS",
    "StoredDelivery",
    "around",
    "delivery_of",
    "instant_of",
    "number_of",
    "row_of",
    "settlement",
]
