"""Which values can the fields of a webhook have? What cannot be is refused, never corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_domain.words import Text
from kvob_workflow.webhooks.errors import SubscriptionInvalid

if TYPE_CHECKING:
    from kvob_domain.mandates import Mandate
    from kvob_workflow.store.webhooks import Data, Mode

MOST_ESTATES: Final = 500
LONGEST_REASON: Final = 500
LAST_POSITION: Final = 2**62

_ESTATE: Final = re.compile(r"[0-9a-f]{32}")
_MODE: Final = Text("is structured of binary", "is structured or binary")
_DATA: Final = Text("is poor of full", "is poor or full")
_ESTATES: Final = Text(
    f"zijn hooguit {MOST_ESTATES} kenmerken van 32 hexadecimale cijfers",
    f"are {MOST_ESTATES} ids of 32 hexadecimal digits at most",
)
_REASON: Final = Text(
    f"heeft hooguit {LONGEST_REASON} tekens", f"has {LONGEST_REASON} characters at most"
)
_POSITION: Final = Text("is een geheel getal vanaf 0", "is a whole number from 0")


def checked_mode(mode: str) -> Mode:
    """The mode."""
    match mode:
        case "structured" | "binary":
            return mode
        case _:
            raise SubscriptionInvalid("mode", _MODE)


def checked_data(data: str, mandate: Mandate) -> Data:
    """How much goes out; all that an event says is for who may look at the history."""
    match data:
        case "poor":
            return data
        case "full":
            mandate.demand(Scope.HISTORY_READ)
            return data
        case _:
            raise SubscriptionInvalid("data", _DATA)


def checked_estates(estates: Sequence[str]) -> tuple[EstateId, ...]:
    """The estates, each once. Whether they are within reach is judged at each delivery."""
    found = tuple(sorted({EstateId(one) for one in estates}))
    if len(found) > MOST_ESTATES or not all(_ESTATE.fullmatch(one) for one in found):
        raise SubscriptionInvalid("estates", _ESTATES)
    return found


def checked_reason(reason: str) -> str:
    """Why somebody paused it, on one line."""
    said = " ".join(reason.split())
    if len(said) > LONGEST_REASON or not said.isprintable():
        raise SubscriptionInvalid("reason", _REASON)
    return said


def checked_begin(position: int | None) -> int | None:
    """Where it begins."""
    if position is not None and not 0 <= position <= LAST_POSITION:
        raise SubscriptionInvalid("begins", _POSITION)
    return position
