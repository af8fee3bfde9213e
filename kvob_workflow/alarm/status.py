"""How does the alarm clock do? For a health check: does it run, when did it ring, what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class AlarmStatus:
    """An alarm clock at one moment. Instants are aware, in UTC.

    `rings` counts those that ended, well or not; `failures` those that failed since the last
    that did not; `last_error` is why the latest of them did, and None after one that did not.
    `last_ring_at`, when the last that did not fail began, is on the clock that the
    alarm was given, `next_ring_at` on the machine's.
    """

    running: bool
    interval: timedelta
    rings: int = 0
    failures: int = 0
    last_ring_at: datetime | None = None
    next_ring_at: datetime | None = None
    last_error: BaseException | None = None
