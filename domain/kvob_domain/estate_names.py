"""When do two spellings name the same estate? Compared without case, accents and spacing."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, ClassVar

from pydantic import AfterValidator, StringConstraints

from kvob_domain.errors import Invalid

# Typographers' apostrophes and dashes, as sources paste them, next to what keyboards have.
_APOSTROPHES = "\u2018\u2019\u0060\u00b4"
_DASHES = "\u2010\u2011\u2013\u2014"
_ALIKE = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_DASHES, "-")})


@lru_cache(maxsize=65_536)
def normal_name(text: str) -> str:
    """The form of a name in which spellings are compared; never shown to people."""
    if text.isascii():  # has no accents, and only this apostrophe
        return " ".join(text.replace("`", "'").lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


@dataclass(eq=False)
class NameInvalid(Invalid):
    """A name must be visible: no control or direction marks, at least one letter or digit."""

    code: ClassVar[str] = "name-invalid"
    nl: ClassVar[str] = (
        "De naam van een terrein of gemeente is leeg, of bevat onzichtbare tekens. Typ hem opnieuw."
    )
    en: ClassVar[str] = (
        "The name of an estate or municipality is empty, or has invisible characters. Type it anew."
    )


# Control characters and marks of direction: they change what a screen shows around them.
_INVISIBLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible_name(text: str) -> str:
    """The name, if people can see and compare it.

    Raises:
        NameInvalid: when it is blank, or holds control or direction marks.
    """
    hidden = any(
        letter in _DIRECTION or unicodedata.category(letter) in _INVISIBLE for letter in text
    )
    if hidden or not normal_name(text):
        raise NameInvalid
    return text


def _visible(text: str) -> str:
    try:
        return visible_name(text)
    except NameInvalid as error:
        raise ValueError(str(error)) from error


NameField = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_visible),
]
