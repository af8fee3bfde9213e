"""A bell for the alarm: it counts the rings, can be waited for, and does what a test tells it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Semaphore

from kvob_workflow.alarm import Alarm

PATIENCE = 15.0
"""Seconds after which a ring that a test waits for counts as missing."""

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


MakeAlarm = Callable[..., Alarm]


class Bell:
    """What an alarm rings: it counts, answers as it is told, and raises what it is told."""

    def __init__(self) -> None:
        self.rings = 0
        self.due: date | datetime | None = None
        self.error: BaseException | None = None
        self.during: Callable[[], object] = int
        self._heard = Semaphore(0)

    def __call__(self) -> date | datetime | None:
        """Ring."""
        self.rings += 1
        self._heard.release()
        self.during()
        if self.error is not None:
            raise self.error
        return self.due

    def is_heard(self, timeout: float = PATIENCE) -> bool:
        """Whether it rings, once more than the test has waited for so far, within so long."""
        return self._heard.acquire(timeout=timeout)
