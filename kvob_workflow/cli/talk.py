"""What does `kvob` say beside its data?"""

from typing import Final

from kvob_domain.words import Text

STORE_MISSING: Final = Text(
    "De opslag {} bestaat nog niet; niets is gevonden en niets gemaakt.",
    "The store {} does not exist yet; nothing was found and nothing made.",
)
