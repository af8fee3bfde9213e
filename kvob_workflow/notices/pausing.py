"""When is a channel left alone? For a while after its service could not be reached.

Else each of its deliveries would wait for the same time-out, one after another.
"""

import threading
from datetime import datetime
from typing import Final

from kvob_workflow.notices.errors import ChannelFull, concerns_channel
from kvob_workflow.notices.retrying import WAITS

# Never longer than the wait of the delivery that failed. Half an hour at most: the other
# deliveries are held up as well, and should leave soon after the service is back.
_PAUSES: Final = WAITS[:3]


class Pauses:
    """The pauses of any number of channels, in this process alone. Thread-safe."""

    def __init__(self) -> None:
        """No channel pauses."""
        self._lock = threading.Lock()
        self._failures: dict[str, int] = {}
        self._until: dict[str, datetime] = {}

    def holds(self, channel: str, now: datetime) -> bool:
        """Whether nothing should be tried in this channel now."""
        with self._lock:
            until = self._until.get(channel)
            # A clock that was set back must not make the pause longer than it can be.
            return until is not None and now < until <= now + _PAUSES[-1]

    def note(self, channel: str, error: BaseException | None, now: datetime) -> None:
        """Begins a pause, or ends it, by what a send brought; None when it succeeded."""
        if isinstance(error, ChannelFull):
            return
        with self._lock:
            if error is None or not concerns_channel(error):
                self._failures.pop(channel, None)
                self._until.pop(channel, None)
                return
            failures = self._failures.get(channel, 0)
            self._failures[channel] = failures + 1
            self._until[channel] = now + _PAUSES[min(failures, len(_PAUSES) - 1)]

    def end(self) -> None:
        """Ends the pause of every channel."""
        with self._lock:
            self._failures.clear()
            self._until.clear()
