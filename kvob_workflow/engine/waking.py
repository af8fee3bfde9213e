"""How does somebody hear that there is something new? `wait_for_events`, without a busy loop.

On a server a message wakes who waits; on a file, and whenever a message is lost, a look does.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.store.faults import StoreClosed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow.store import EventStore

logger: Final = logging.getLogger("kvob_workflow.alarm")

WAITS: Final = 5.0
"""Seconds of one wait for events, and between two tries while the store does not answer."""
REST: Final = 1.0
"""Seconds between two wake-ups: writers who never pause must not make the alarm ring all day."""


class Waker:
    """Calls `wake` when there are new events, once a second at most, in a daemon thread."""

    def __init__(self, store: EventStore, wake: Callable[[], None]) -> None:
        """Starts at once; what is there already wakes nobody."""
        self._store = store
        self._wake = wake
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kvob-wake", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Wakes nobody any more; the thread ends with its wait, or when the store is closed."""
        self._stop.set()

    def _run(self) -> None:
        seen: int | None = None
        while not self._stop.is_set():
            try:
                seen = self._round(seen)
            except StoreClosed:
                return
            except KvobError as error:  # the alarm rings at its interval all the same
                logger.warning("New events cannot be waited for now: %s", error)
                self._stop.wait(WAITS)

    def _round(self, seen: int | None) -> int:
        if seen is None:
            return self._store.last_position()
        if not self._store.wait_for_events(seen, WAITS):
            return seen
        last = self._store.last_position()
        if not self._stop.is_set():
            self._wake()
        self._stop.wait(REST)
        return last
