"""Who delivers while a host runs? A thread that looks, and one for each webhook that has work.

One each: a receiver that hangs keeps its own thread and nobody else's. New events wake it, on a
server by a message, on a file by a look ten times a second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.followers.delivering import Delivered
from kvob_workflow.store.faults import StoreClosed
from kvob_workflow.store.webhooks import WebhookState
from kvob_workflow.webhooks.courier import Courier
from kvob_workflow.webhooks.subscribing import MOST_WEBHOOKS

if TYPE_CHECKING:
    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.webhooks.outlet import Outlet
    from kvob_workflow.webhooks.sealing import Seals

logger: Final = logging.getLogger("kvob_workflow.webhooks")

WAITS: Final = 5.0
"""Seconds between two looks, where nothing wakes it."""
STOPS: Final = 15.0
"""Seconds that closing waits for calls that are under way."""
_SHORT: Final = 0.5


class Deliveries:
    """Delivers to all webhooks of one store."""

    def __init__(self, store: EventStore, outlet: Outlet, seals: Seals, clock: Clock) -> None:
        """Nothing is read or called yet."""
        self._store, self._outlet, self._seals, self._clock = store, outlet, seals, clock

    def round(self, is_stopped: Callable[[], bool] = lambda: False) -> tuple[Delivered, ...]:
        """Deliver what is new and due to every webhook, side by side; wait for all of them.

        Raises:
            WebhookKeyMissing, WebhookKeyUnusable: here nothing can be signed.
            StoreUnavailable: the store failed; what was delivered and noted stays so.
        """
        active = self.active()
        if not active:
            return ()
        with ThreadPoolExecutor(len(active), "kvob-webhook") as pool:
            begun = [pool.submit(self.courier(one).run, is_stopped) for one in active]
        return tuple(one.result() for one in begun)

    def active(self) -> list[str]:
        """The ids of the webhooks that deliver."""
        found = self._store.webhooks()
        return [one.id for one in found if one.state is WebhookState.ACTIVE]

    def courier(self, webhook: str) -> Courier:
        """Who delivers to one of them."""
        return Courier(self._store, webhook, self._outlet, self._seals, self._clock)


class Working:
    """Delivers until it is stopped."""

    def __init__(self, store: EventStore, deliveries: Deliveries, clock: Clock) -> None:
        """Starts at once, in daemon threads."""
        self._store, self._deliveries, self._clock = store, deliveries, clock
        self._stop, self._woken = threading.Event(), threading.Event()
        self._told = ""
        self._pool = ThreadPoolExecutor(MOST_WEBHOOKS, "kvob-webhook")
        self._under_way: dict[str, Future[Delivered]] = {}
        self._thread = threading.Thread(target=self._run, name="kvob-webhooks", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    def wake(self) -> None:
        """Look at once: a webhook was added, resumed or moved."""
        self._woken.set()

    def stop(self) -> None:
        """End after the calls that are under way; they are bounded by the receivers' time."""
        self._stop.set()
        self._woken.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(STOPS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                seen = self._store.last_position()
                active = self._deliveries.active()
                waits = self._begin(active)
                self._told = ""
                self._rest(seen, waits, watches=bool(active))
            except StoreClosed:
                break
            except Exception as error:  # whatever it is, the next round tries again
                self._tell(error)
                self._stop.wait(WAITS)
        for one in self._under_way.values():
            one.cancel()

    def _begin(self, active: list[str]) -> float:
        """Set every webhook to work that is not; seconds until the next one is due."""
        dues: list[float] = []
        now = self._clock.now()
        for id in active:
            before = self._under_way.get(id)
            if before is not None and not before.done():
                continue
            if before is not None:
                dues += self._heard(id, before, now.timestamp())
            self._under_way[id] = self._pool.submit(
                self._deliveries.courier(id).run, self._stop.is_set
            )
        return min(dues, default=WAITS)

    def _heard(self, id: str, done: Future[Delivered], now: float) -> list[float]:
        error = done.exception()
        if isinstance(error, Exception) and not isinstance(error, StoreClosed):
            self._tell(error)
        if error is not None or done.result().next_at is None:
            return []
        next_at = done.result().next_at
        return [] if next_at is None else [max(next_at.timestamp() - now, _SHORT)]

    def _rest(self, seen: int, waits: float, *, watches: bool) -> None:
        """Until there are new events or somebody wakes it, in short waits."""
        left = min(waits, WAITS)
        while left > 0 and not self._stop.is_set() and not self._woken.is_set():
            short = min(left, _SHORT)
            if watches and self._store.wait_for_events(seen, short):
                break
            if not watches:
                self._woken.wait(short)
            left -= short
        self._woken.clear()

    def _tell(self, error: Exception) -> None:
        told = error.code if isinstance(error, KvobError) else type(error).__name__
        if told != self._told:
            self._told = told
            extra = {"kvob_error": error} if isinstance(error, KvobError) else None
            logger.error("Webhooks failed: %s [%s]", error, told, exc_info=error, extra=extra)
