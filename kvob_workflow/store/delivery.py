"""What is kept of a notice on its way out? The delivery, and what the store promises about it.

A part of the port, see `kvob_workflow.store.port`. A delivery names events and no people: names
and texts are joined when it is sent. Read next: `kvob_workflow.notices`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from kvob_domain.ids import EstateId
from kvob_domain.words import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.estate.recorded import Recorded

LONGEST_WAIT: Final = timedelta(hours=26)
"""Nothing waits longer for its next attempt; an instant farther ahead means a clock set back."""


class DeliveryStatus(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _STATUS_WORDS[self]


_STATUS_WORDS: dict[DeliveryStatus, Text] = {
    DeliveryStatus.WAITING: Text("wacht", "waiting"),
    DeliveryStatus.SENT: Text("verzonden", "sent"),
    DeliveryStatus.FAILED: Text("mislukt", "failed"),
}


class DeliveryItem(NamedTuple):
    """One event that a delivery tells of: its position, estate and version."""

    position: int
    estate: EstateId
    version: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A digest for one recipient through one channel.

    `id` is stable: it comes from channel, recipient and the first position. `attempts` counts
    those that failed. `claim` is the number of the last claim; only its holder settles.
    Instants are aware, in UTC; `next_at` is that of the next attempt.
    """

    id: str
    channel: str
    recipient: str
    language: Language
    items: tuple[DeliveryItem, ...]
    created_at: datetime
    next_at: datetime
    status: DeliveryStatus = DeliveryStatus.WAITING
    attempts: int = 0
    last_error: str | None = None
    sent_at: datetime | None = None
    claim: int = 0


class DeliveryKeeping(Protocol):
    """Keeps how far each follower has read, and what is on its way to whom."""

    def follower_position(self, name: str) -> int | None:
        """The position up to which a follower has read; None when it never began."""
        ...

    def notices_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        """At most `limit` notices (and no other events) after a position, in order of position."""
        ...

    def post(
        self, follower: str, expected: int | None, position: int, deliveries: Sequence[Delivery]
    ) -> bool:
        """Moves a follower on and keeps its deliveries, in one transaction.

        False, and nothing written, when the follower is not at `expected`: somebody was faster.
        A delivery whose id is there already stays as it is.
        """
        ...

    def claim_deliveries(
        self, channels: Sequence[str], now: datetime, until: datetime, limit: int
    ) -> list[Delivery]:
        """Takes at most `limit` deliveries that wait and are due, the longest due first.

        Nobody else gets them before `until`. One claimed by somebody who never settled is given
        out again when that claim has run out. An instant over `LONGEST_WAIT` ahead of `now` was
        written under a clock that was wrong, and counts as past.
        """
        ...

    def settle_delivery(
        self,
        delivery: Delivery,
        *,
        sent_at: datetime | None = None,
        retry_at: datetime | None = None,
        error: str | None = None,
    ) -> bool:
        """Records how an attempt went: sent, to be tried again at an instant, or failed for good.

        With neither instant it failed for good. False, and nothing written, when the claim under
        which `delivery` was given out is no longer the last one.
        """
        ...

    def deliveries(
        self,
        statuses: Sequence[DeliveryStatus] = (),
        *,
        ids: Sequence[str] = (),
        limit: int = 1000,
    ) -> list[Delivery]:
        """Deliveries by creation and id, the newest first; empty filters let everything through."""
        ...

    def resend(self, ids: Sequence[str], now: datetime) -> int:
        """Makes deliveries due now, with all attempts before them; answers how many.

        One that somebody is sending at this moment stays as it is. It keeps its id.
        """
        ...
