"""What is the job that every peer does? Seven durable steps of one estate, with equal payloads.

Adapters run in environments that have nothing of ours, so this module needs Python alone.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Final

ENTERED: Final = "registered"
STEPS: Final = (
    "kickoff",
    "inventory",
    "action_plan",
    "covenant",
    "award",
    "evaluation",
    "recertification",
)
BEFORE: Final[dict[str, str]] = dict(zip(STEPS, (ENTERED, *STEPS[:-1]), strict=True))
"""Where an estate must stand for each step."""
_TIME_BITS: Final = (1 << 48) - 1


class NotYet(Exception):
    """A step that does not follow the one where the estate stands."""

    def __init__(self, step: str, stands: str) -> None:
        super().__init__(f"{step} does not follow {stands}")


def check(step: str, stands: str) -> None:
    """For peers that have no rules of their own: refuses a step out of order.

    Raises:
        NotYet: it is not this step's turn.
    """
    if BEFORE[step] != stands:
        raise NotYet(step, stands)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an adapter keeps its store, and what it writes.

    `folder` is empty at first; `address` is that of the peer's server, where it has one. `texts`
    are the payloads of the seven steps, the same for every peer.
    """

    folder: str
    address: str
    texts: tuple[str, ...]


@dataclass(slots=True)
class Timing:
    """One lifecycle in nanoseconds.

    `steps` are the seven, `total` is the whole from nothing to the end, entering the estate
    included. `beside` is what was done between the steps and is not in `total`.
    """

    steps: list[int] = field(default_factory=list[int])
    total: int = 0
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What is read back of one estate: where it stands, and the texts of its steps in order."""

    stands: str
    texts: tuple[str, ...]


def new_estate() -> str:
    """An id of 32 hexadecimal digits with the time in front: the same form for every peer."""
    return f"{time.time_ns() // 1_000_000 & _TIME_BITS:012x}{secrets.token_hex(10)}"
