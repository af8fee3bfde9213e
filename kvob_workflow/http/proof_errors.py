"""What can go wrong when a proof is asked for?

KvobError
├── Invalid
│   └── SizesImpossible      the log never had this size, or the sizes are the wrong way round
└── NotFound
    └── CheckpointNotThere   nobody has signed for the log yet
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound


@dataclass(eq=False)
class SizesImpossible(Invalid):
    """A proof goes from a smaller size to a larger one, and no further than the log."""

    code: ClassVar[str] = "sizes-impossible"
    nl: ClassVar[str] = (
        "Van {since} naar {to} regels kan niet: het logboek heeft er {size}. Vraag van een kleiner "
        "naar een groter aantal, tot en met {size}."
    )
    en: ClassVar[str] = (
        "From {since} to {to} entries cannot be: the log has {size}. Ask from a smaller to a "
        "larger number, up to {size}."
    )
    since: int
    to: int
    size: int


@dataclass(eq=False)
class CheckpointNotThere(NotFound):
    """The log has no signed head yet."""

    code: ClassVar[str] = "checkpoint-not-there"
    nl: ClassVar[str] = (
        "Er is nog geen getekend hoofd van het bewijslogboek. Wie de dienst beheert maakt er een "
        "met 'kvob log sequence'."
    )
    en: ClassVar[str] = (
        "There is no signed head of the proof log yet. Who keeps the service makes one with "
        "'kvob log sequence'."
    )
