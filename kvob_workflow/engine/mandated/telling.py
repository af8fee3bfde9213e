"""Who is told of events, and who manages webhooks? Within reach, and never more than is his."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_workflow.cloud_events.envelope import Detail
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from kvob_workflow.cloud_events.streaming import EventPage
    from kvob_workflow.followers.delivering import Delivered
    from kvob_workflow.webhooks.subscribing import Webhooks


class Telling(Under):
    """Events as they go out, and the webhooks of one organisation."""

    def webhooks(self) -> Webhooks:
        """The webhooks of who asks and of his organisation; as `Engine.webhooks`."""
        with self._under(Scope.WEBHOOKS_MANAGE) as engine:
            return engine.webhooks(self.mandate)

    def cloud_events(
        self,
        after: int = 0,
        *,
        types: Sequence[str] = (),
        limit: int = 100,
        detail: Detail = Detail.POOR,
    ) -> EventPage:
        """The events after a position, of estates within reach; as `Engine.cloud_events`."""
        with self._under(Scope.HISTORY_READ) as engine:
            return engine.cloud_events(
                after, types=types, limit=limit, detail=detail, mandate=self.mandate
            )

    def event_stream(
        self,
        after: int = 0,
        *,
        types: Sequence[str] = (),
        detail: Detail = Detail.POOR,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Generator[bytes]:
        """The same as server-sent events; as `Engine.event_stream`."""
        with self._under(Scope.HISTORY_READ) as engine:
            return engine.event_stream(
                after, types=types, detail=detail, mandate=self.mandate, is_stopped=is_stopped
            )

    def deliver_webhooks(
        self, is_stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Delivered, ...]:
        """Deliver what is due to every webhook, whoever owns it; as `Engine.deliver_webhooks`."""
        with self._under(Scope.OPERATION_MANAGE) as engine:
            return engine.deliver_webhooks(is_stopped)
