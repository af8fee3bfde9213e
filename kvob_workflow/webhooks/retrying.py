"""When is an event tried again? After growing waits, and in the end no more: then it is listed.

Source: Standard Webhooks 1.0, its example of a schedule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each failure but the last: over three days, longer than a weekend."""
MOST_ATTEMPTS: Final = len(WAITS) + 1
LONGEST: Final = timedelta(hours=29)
"""What lies farther ahead was written under a clock that was wrong, and counts as past."""

_SPREAD: Final = 0.2
_MOST_ASKED: Final = timedelta(hours=24)


def wait_after(
    failures: int, chance: Callable[[], float], retry_after: int | None = None
) -> timedelta | None:
    """How long to wait after so many failures of one event; None when there is no next attempt.

    Up to a fifth longer by chance (0 to 1), so that receivers that were down together are not
    called in the same second. A receiver may ask for longer, a day at most.
    """
    if failures >= MOST_ATTEMPTS:
        return None
    wait = WAITS[failures - 1] * (1 + _SPREAD * chance())
    asked = timedelta(seconds=retry_after or 0)
    return max(wait, min(asked, _MOST_ASKED))
