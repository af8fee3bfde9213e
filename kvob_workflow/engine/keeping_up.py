"""Who follows the events inside a host? A thread beside the alarm, for the host's own followers.

An effect may wait for the outside world as long as its lease says; the deadlines do not wait for
that. New events wake it: on a server by a message, on a file by a look ten times a second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.store.faults import StoreClosed

if TYPE_CHECKING:
    from kvob_workflow.clock import Clock
    from kvob_workflow.engine.following import Followed
    from kvob_workflow.store import EventStore

logger: Final = logging.getLogger("kvob_workflow.followers")

WAITS: Final = 5.0
"""Seconds of one wait for events, and between two tries while the store does not answer."""
STOPS: Final = 10.0
"""Seconds that closing waits for a call that is under way."""
_SHORTEST: Final = 0.05


class KeepingUp:
    """Follows when there are new events, and when a follower's next attempt is due."""

    def __init__(
        self,
        store: EventStore,
        follow: Callable[[Callable[[], bool]], Followed],
        clock: Clock,
    ) -> None:
        """Starts at once, in a daemon thread."""
        self._store = store
        self._follow = follow
        self._clock = clock
        self._stop = threading.Event()
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="kvob-follow", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Ends after the call that is under way, which is waited for ten seconds at most."""
        self._stop.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(STOPS)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                seen = self._store.last_position()
                waits = self._round()
                self._told = ""
                self._rest(seen, waits)
            except StoreClosed:
                return
            except Exception as error:  # whatever it is, the next round tries again
                self._tell(error)
                self._stop.wait(WAITS)

    def _round(self) -> float:
        """Seconds until a follower's next attempt; those of a usual wait where there is none."""
        done = self._follow(self._stop.is_set)
        now = self._clock.now()
        dues = [(one.next_at - now).total_seconds() for one in done.effects if one.next_at]
        return max(min(dues, default=WAITS), _SHORTEST)

    def _rest(self, seen: int, waits: float) -> None:
        """Until there are new events, in short waits, so that closing is quick."""
        left = min(waits, WAITS)
        while left > 0 and not self._stop.is_set():
            short = min(left, 0.5)
            if self._store.wait_for_events(seen, short):
                return
            left -= short

    def _tell(self, error: Exception) -> None:
        told = error.code if isinstance(error, KvobError) else type(error).__name__
        if told != self._told:
            self._told = told
            extra = {"kvob_error": error} if isinstance(error, KvobError) else None
            logger.error("Following failed: %s [%s]", error, told, exc_info=error, extra=extra)
