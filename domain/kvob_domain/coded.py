"""How does a code carry its words? Each member is made of its value, Dutch and English."""

from enum import StrEnum
from typing import Self

from kvob_domain.words import Text


class Coded(StrEnum):
    """A code that is its value, with what the screens call it: `DONE = "done", "klaar", "done"`."""

    _value_: str
    words: Text

    def __new__(cls, value: str, nl: str = "", en: str = "") -> Self:
        """The member of a value, with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = Text(nl, en)
        return member
