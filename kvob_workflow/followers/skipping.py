"""Why can an event not be skipped? The reasons in words, and how long a person's own may be.

Exactly the one event is stepped over, and the next one comes. An effect has no state of an estate
that could go wrong by it; whoever wants no more events of an estate says so in `handle`.
"""

from typing import Final

from kvob_domain.words import Text

LONGEST_REASON: Final = 500
NOT_AN_EFFECT: Final = Text(
    "een overzicht gaat vanzelf verder zonder het terrein dat mislukt; herstel het met "
    "'kvob projection retry'",
    "a projection goes on by itself without the estate that fails; mend it with "
    "'kvob projection retry'",
)
NOTHING_FAILED: Final = Text("er is geen gebeurtenis mislukt", "no event has failed")
