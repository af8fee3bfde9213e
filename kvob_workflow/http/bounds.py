"""How much may one client ask, and how much at once? Buckets of tokens, and a count; in memory.

A bucket holds the requests of a minute and is refilled evenly. Each node counts for itself.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from kvob_workflow.http.errors import TooBusy, TooManyRequests

_MINUTE: Final = 60.0
_MOST_CLIENTS: Final = 10_000
"""Buckets that are kept; the one that was used longest ago makes room, full again."""


class Rate:
    """So many requests a minute for each client; `a_minute` None bounds nothing. Thread-safe."""

    def __init__(self, a_minute: int | None, monotonic: Callable[[], float]) -> None:
        """Count by this clock, in seconds."""
        self._most = a_minute
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> None:
        """Count one request.

        Raises:
            TooManyRequests: the bucket of this client is empty.
        """
        if self._most is None:
            return
        now = self._monotonic()
        with self._guard:
            left = self._left(client, self._most, now)
            if left < 1:
                wait = (1 - left) * _MINUTE / self._most
                raise TooManyRequests(self._most, max(1, math.ceil(wait)))
            self._buckets[client] = (left - 1, now)
            self._buckets.move_to_end(client)
            if len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)

    def _left(self, client: str, most: int, now: float) -> float:
        left, at = self._buckets.get(client, (float(most), now))
        return min(float(most), left + (now - at) * most / _MINUTE)


class AtOnce:
    """So many requests are answered at the same time; further ones are sent away, not queued.

    `with` it a request is inside.
    """

    def __init__(self, most: int) -> None:
        """Let in so many."""
        self._most = most
        self._guard = threading.Lock()
        self._inside = 0

    def __enter__(self) -> None:
        """Be inside for a while.

        Raises:
            TooBusy: so many are.
        """
        with self._guard:
            if self._inside >= self._most:
                raise TooBusy
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        """Make room."""
        with self._guard:
            self._inside -= 1
