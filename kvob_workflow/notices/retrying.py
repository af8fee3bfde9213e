"""When is a failed delivery tried again? After growing waits, and in the end no more."""

import hashlib
from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""After each failed attempt but the last: some 57 hours, longer than a weekend's outage."""

MOST_ATTEMPTS: Final = len(WAITS) + 1

_SPREAD: Final = 0.05


def wait_after(attempts: int, id: str) -> timedelta | None:
    """How long to wait after so many failed attempts; None when there is no next one.

    Up to 5 % longer than in `WAITS`, by the id: deliveries that failed together do not all come
    back in the same second.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    seed = hashlib.sha256(f"{id}:{attempts}".encode()).digest()
    share = int.from_bytes(seed[:4], "big") / 2**32
    return WAITS[max(attempts, 1) - 1] * (1 + _SPREAD * share)
