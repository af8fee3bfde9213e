"""In which languages does the engine speak? A `Text` holds both of them."""

from typing import Final, Literal, NamedTuple

Language = Literal["nl", "en"]


class Text(NamedTuple):
    """One sentence or label in Dutch and in English."""

    nl: str
    en: str

    def of(self, language: Language) -> str:
        """The wording in the language asked for."""
        return self.nl if language == "nl" else self.en


MONTHS: Final = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("maart", "March"),
    Text("april", "April"),
    Text("mei", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augustus", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
"""January comes first, at 0."""
