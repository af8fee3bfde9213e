"""Which notices are new for a channel, and who must get them? Read once, kept as deliveries.

A channel's position and its deliveries move in one transaction, so no notice is left out and
none comes into two deliveries for one recipient, however many nodes collect.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_workflow.notices.composing import kind_of, readable_streams
from kvob_workflow.notices.recipients import Recipient, Recipients
from kvob_workflow.store import Delivery, DeliveryItem, EventStore

MOST_IN_A_DIGEST: Final = 200
"""Notices; more become a second digest."""

# Notices read together, so that a backlog becomes few digests; and states held at once.
_AT_ONCE: Final = 20_000
_STATES_AT_ONCE: Final = 500


class Collector:
    """Collects for any number of channels."""

    def __init__(
        self, store: EventStore, recipients: Sequence[Recipient], *, at_once: int = _AT_ONCE
    ) -> None:
        """Read this store, for these recipients; so many notices in one transaction."""
        self._store = store
        self._at_once = at_once
        self._recipients = tuple(recipients)
        self._by_part = Recipients(recipients)

    def join(self, channel: str, *, from_start: bool) -> None:
        """Gives a channel its first position: after the newest event, or before the first one."""
        if self._store.follower_position(channel) is None:
            first = 0 if from_start else self._store.last_position()
            self._store.post(channel, None, first, ())

    def collect(self, channel: str, now: datetime) -> int:
        """Keeps what is new as deliveries; answers how many."""
        posted = 0
        while True:
            position = self._store.follower_position(channel)
            newest = self._store.last_position()
            if position is None or position >= newest:
                return posted
            found = self._store.notices_after(position, self._at_once)
            is_last = len(found) < self._at_once
            # No notice stands between the last one found and `newest`, which was read before it.
            reached = max([newest if is_last else 0, *(place for place, _ in found[-1:])])
            deliveries = tuple(self._deliveries(channel, found, now))
            if not self._store.post(channel, position, reached, deliveries):
                continue  # another node was faster: look again from where it left off
            posted += len(deliveries)
            if is_last:
                return posted

    def _deliveries(
        self, channel: str, found: Sequence[tuple[int, Recorded]], now: datetime
    ) -> Iterator[Delivery]:
        items: dict[Recipient, list[DeliveryItem]] = {one: [] for one in self._recipients}
        concerned = self._concerned({recorded.estate for _, recorded in found})
        for position, recorded in found:
            kind = kind_of(recorded)
            item = DeliveryItem(position, recorded.estate, recorded.version)
            for recipient in concerned[recorded.estate]:
                if recipient.takes(kind):
                    items[recipient].append(item)
        for recipient, of_recipient in items.items():
            for first in range(0, len(of_recipient), MOST_IN_A_DIGEST):
                chosen = tuple(of_recipient[first : first + MOST_IN_A_DIGEST])
                yield Delivery(
                    id=f"{channel}:{recipient.key}:{chosen[0].position}",
                    channel=channel,
                    recipient=recipient.key,
                    language=recipient.language,
                    items=chosen,
                    created_at=now,
                    next_at=now,
                )

    def _concerned(self, estates: Iterable[EstateId]) -> dict[EstateId, list[Recipient]]:
        found: dict[EstateId, list[Recipient]] = {}
        waiting = iter(sorted(estates))
        while chunk := list(islice(waiting, _STATES_AT_ONCE)):
            streams = readable_streams(self._store, chunk)
            for estate in chunk:
                # Whom an unreadable estate concerns nobody knows: rather all of them than none.
                found[estate] = (
                    self._by_part.concerned(fold(estate, streams[estate]))
                    if estate in streams
                    else list(self._recipients)
                )
        return found
