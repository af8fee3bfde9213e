"""Is an event for this webhook? It asked for it, and the estate is within its owner's reach now.

Within reach is judged anew for each event that would go out, by the estate as it is at that
moment: who has handed an estate over, hears of it no longer, of earlier events neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.estate.evolve import fold
from kvob_domain.mandates import Scope
from kvob_workflow.cloud_events.types import type_of
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.webhooks.subscription import mandate_in

if TYPE_CHECKING:
    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.webhooks import KeptWebhook


class Wanting:
    """The filter of one webhook, for one page of events."""

    def __init__(self, store: EventStore, webhook: KeptWebhook) -> None:
        """Remember which estates are beyond reach; a page is short."""
        self._store = store
        self._types, self._estates = frozenset(webhook.types), frozenset(webhook.estates)
        self._mandate = mandate_in(webhook.owner)
        self._beyond: set[EstateId] = set()

    @property
    def with_persons(self) -> bool:
        """Whether it may see who acted."""
        return Scope.PERSONS_READ in self._mandate.scopes

    def wants(self, recorded: Recorded) -> bool:
        """Whether the event goes out."""
        if self._types and type_of(recorded.event.TOPIC) not in self._types:
            return False
        if self._estates and recorded.estate not in self._estates:
            return False
        return self.is_within(recorded.estate)

    def is_within(self, estate: EstateId) -> bool:
        """Whether an estate is within reach; one whose history cannot be read is not."""
        reach = self._mandate.reach
        if reach.everywhere or estate in reach.estates:
            return True
        if estate in self._beyond:
            return False
        try:
            within = reach.holds_estate(fold(estate, self._store.stream(estate)))
        except (EventUnreadable, UnknownTopic):
            within = False
        if not within:
            self._beyond.add(estate)
        return within
