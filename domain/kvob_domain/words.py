"""In which languages does the engine speak? A `Text` holds both of them."""

from typing import Literal, NamedTuple

Language = Literal["nl", "en"]


class Text(NamedTuple):
    """One sentence or label in Dutch and in English."""

    nl: str
    en: str

    def of(self, language: Language) -> str:
        """The wording in the language asked for."""
        return self.nl if language == "nl" else self.en
