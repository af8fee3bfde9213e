"""What goes out to others? CloudEvents, as a list and as a stream, and webhooks.

engine.cloud_events(after=0).items     # (position, event), poor: which estate, version, day
engine.webhooks().add("https://receiver.example.org/kvob").secret
engine.deliver_webhooks()              # or engine.start(), and it delivers by itself
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.evolve import fold
from kvob_domain.mandates import Scope
from kvob_workflow.cloud_events.envelope import Detail, enveloped
from kvob_workflow.cloud_events.errors import PositionInvalid
from kvob_workflow.cloud_events.streaming import EventPage, Feed, chunks
from kvob_workflow.cloud_events.types import known_types, type_of
from kvob_workflow.engine.core import Core
from kvob_workflow.store.faults import StoreClosed
from kvob_workflow.webhooks.outlet import Outlet
from kvob_workflow.webhooks.subscription import whole_mandate

if TYPE_CHECKING:
    from pathlib import Path

    from kvob_domain.ids import EstateId
    from kvob_domain.mandates import Mandate, Reach
    from kvob_workflow.cloud_events.envelope import CloudEvent
    from kvob_workflow.followers.delivering import Delivered
    from kvob_workflow.webhooks.delivering import Deliveries, Working
    from kvob_workflow.webhooks.sealing import Seals
    from kvob_workflow.webhooks.subscribing import Webhooks

_LIMIT: Final = 100
MOST_LOOKED_AT: Final = 1000
"""Events that one question looks at; within a narrow reach it may give none and yet move on."""


class Outgoing(Core):
    """The events that go out."""

    _outlet: Outlet = Outlet()
    _file: Path | None = None
    _in_memory: bool = False
    _seals: Seals | None = None
    _working: Working | None = None

    def webhooks(self, mandate: Mandate | None = None) -> Webhooks:
        """The webhooks of somebody, to be managed; of everybody without a mandate.

        Raises:
            ScopeMissing: he may not manage webhooks.
        """
        from kvob_workflow.webhooks.subscribing import Webhooks  # hosts without any load none

        return Webhooks(
            self._store,
            mandate or whole_mandate(self._actor),
            self._outlet,
            self._sealing_secrets(),
            self._clock,
            sees_all=mandate is None,
            wake=self._wake_webhooks,
        )

    def deliver_webhooks(
        self, is_stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Delivered, ...]:
        """Deliver what is new and due to every webhook; what each round did.

        Raises:
            WebhookKeyMissing, WebhookKeyUnusable: here nothing can be signed.
            StoreUnavailable: the store failed; what was delivered and noted stays so.
        """
        return self._deliveries().round(is_stopped)

    def cloud_events(
        self,
        after: int = 0,
        *,
        types: Sequence[str] = (),
        limit: int = _LIMIT,
        detail: Detail = Detail.POOR,
        mandate: Mandate | None = None,
    ) -> EventPage:
        """The events after a position as CloudEvents, of estates within the mandate's reach.

        At most `limit` (1 to 1,000) of the next thousand; `position` says how far was looked, and
        is where the next question goes on.

        Raises:
            EventTypeUnknown: a filter names an event that does not exist.
            PositionInvalid: no event stands there yet.
            ScopeMissing: the mandate gives no look at the history.
        """
        asking = mandate or whole_mandate(self._actor)
        asking.demand(Scope.HISTORY_READ)
        wanted = frozenset(known_types(tuple(types)))
        with_persons = Scope.PERSONS_READ in asking.scopes
        most = min(max(limit, 1), MOST_LOOKED_AT)
        within, position = _Within(self, asking.reach), after
        page = self._store.page(max(after, 0), MOST_LOOKED_AT if wanted or within.narrow else most)
        newest = self._store.last_position()
        if not page and after > newest:  # of a store that was put back: all since would be missed
            raise PositionInvalid(str(after))
        items: list[tuple[int, CloudEvent]] = []
        for at, recorded in page:
            position = at
            if wanted and type_of(recorded.event.TOPIC) not in wanted:
                continue
            if within.holds(recorded.estate):
                event = enveloped(recorded, self._outlet.sender, detail, with_persons=with_persons)
                items.append((at, event))
                if len(items) == most:
                    break
        return EventPage(tuple(items), position, is_end=position >= newest)

    def event_stream(
        self,
        after: int = 0,
        *,
        types: Sequence[str] = (),
        detail: Detail = Detail.POOR,
        mandate: Mandate | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Generator[bytes]:
        """The same as server-sent events, without end; it ends when the engine is closed.

        Raises:
            As `cloud_events` does, at the first part.
        """

        def ask(position: int) -> EventPage:
            return self.cloud_events(position, types=types, detail=detail, mandate=mandate)

        try:
            yield from chunks(Feed(ask, after), self._store.wait_for_events, is_stopped)
        except StoreClosed:
            return

    def _deliveries(self) -> Deliveries:
        from kvob_workflow.webhooks.delivering import Deliveries

        return Deliveries(self._store, self._outlet, self._sealing_secrets(), self._clock)

    def _sealing_secrets(self) -> Seals:
        from kvob_workflow.webhooks.sealing import SUFFIX, Seals

        if self._seals is None:
            path, file = self._outlet.key, self._file
            if path is None and file is not None:
                path = file.with_name(file.name + SUFFIX)
            self._seals = Seals(path, in_memory=self._in_memory)
        return self._seals

    def _wake_webhooks(self) -> None:
        if self._working is not None:
            self._working.wake()


class _Within:
    """Which estates of one page are within a reach, as they are now."""

    def __init__(self, engine: Outgoing, reach: Reach) -> None:
        self._store = engine._store  # pyright: ignore[reportPrivateUsage]  # of one module
        self._reach = reach
        self._known: dict[EstateId, bool] = {}
        self.narrow = not reach.everywhere

    def holds(self, estate: EstateId) -> bool:
        if not self.narrow or estate in self._reach.estates:
            return True
        if estate not in self._known:
            state = fold(estate, self._store.stream(estate))
            self._known[estate] = self._reach.holds_estate(state)
        return self._known[estate]
