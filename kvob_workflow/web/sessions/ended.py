"""Which sessions were ended before their time? Remembered by this process until they would end.

A sealed cookie cannot be taken back from who copied it. Other nodes, and this one after a restart,
do not know of it: there a copy works until the session ends by itself.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_workflow.clock import Clock

MOST: Final = 20_000


class Ended:
    """Texts that are no longer taken. Thread-safe, bounded: the first to end is forgotten."""

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        """Know of none yet."""
        self._clock, self._most = clock, most
        self._lock = threading.Lock()
        self._until: dict[str, datetime] = {}

    def add(self, text: str, until: datetime) -> bool:
        """End it; whether it had not been ended before."""
        now = self._clock.now()
        with self._lock:
            is_new = text not in self._until
            if is_new and len(self._until) >= self._most:
                self._make_room(now)
            self._until[text] = until
            return is_new

    def __contains__(self, text: str) -> bool:
        with self._lock:
            return text in self._until

    def _make_room(self, now: datetime) -> None:
        kept = {text: until for text, until in self._until.items() if until > now}
        if len(kept) >= self._most:
            ordered = sorted(kept, key=kept.__getitem__)
            for text in ordered[: len(kept) - self._most + max(1, self._most // 10)]:
                del kept[text]
        self._until = kept
