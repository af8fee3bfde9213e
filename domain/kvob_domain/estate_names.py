"""When do two spellings name the same estate? Compared without case, accents and spacing."""

import unicodedata
from functools import lru_cache

# Typographers' apostrophes and dashes, as sources paste them, next to what keyboards have.
_APOSTROPHES = "\u2018\u2019\u0060\u00b4"
_DASHES = "\u2010\u2011\u2013\u2014"
_ALIKE = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_DASHES, "-")})


@lru_cache(maxsize=65_536)
def normal_name(text: str) -> str:
    """The form of a name in which spellings are compared; never shown to people."""
    plain = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())
