"""Does a free text seem to hold personal data? E-mail addresses and Dutch telephone numbers.

A text in an event cannot be erased later, so whoever writes one is warned. It is never refused:
the number of a police desk is no personal data.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, cast

from pydantic import BaseModel

from kvob_domain.words import Text

_EMAIL: Final = re.compile(r"[\w.+%-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
# Ten digits from 0, or nine after +31, written as the Dutch write them: an area code of three or
# four digits (two for 06) and the rest whole or in groups. A dot separates dates and amounts, so
# it separates no telephone number here.
_REST6: Final = r"(?:\d{6}|\d{3} \d{3}|\d{2} \d{2} \d{2})"
_REST7: Final = r"(?:\d{7}|\d{3} \d{4}|\d{3} \d{2} \d{2})"
_REST8: Final = r"(?:\d{8}|\d{4} \d{4}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{3} \d{2})"
_START: Final = r"(?:\+31|0031)[ -]?(?:\(0\))?[ -]?"
_PHONE: Final = re.compile(
    rf"(?<![\w.,/+-])(?:"
    rf"(?:{_START}|\(?0)6\)?(?: ?- ?| )?{_REST8}"
    rf"|(?:{_START}|\(?0)[1-57]\d{{2}}\)?(?: ?- ?| )?{_REST6}"
    rf"|(?:{_START}|\(?0)[1-57]\d\)?(?: ?- ?| )?{_REST7}"
    rf")(?![\w/]|[-.,]\d)"
)
# Every number has nine digits; in most texts this is soon answered with no.
_NINE_DIGITS: Final = re.compile(r"(?:\D*\d){9}")

# What is no free text: ids, codes, addresses of sources. Names are sealed, see `personal`.
NOT_FREE: Final = frozenset(
    {"also", "auditor", "command", "edition", "estate", "finding", "goal", "id", "level"}
    | {"measure", "members", "person", "proposal", "proposer", "source", "topic"}
)


class Leak(StrEnum):
    """What a text seems to hold."""

    EMAIL = "email"
    PHONE = "phone"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _LEAK_WORDS[self]


_LEAK_WORDS: dict[Leak, Text] = {
    Leak.EMAIL: Text("een e-mailadres", "an e-mail address"),
    Leak.PHONE: Text("een telefoonnummer", "a telephone number"),
}
_WARNING: Final = Text(
    "Het veld '{field}' lijkt {leak} te bevatten. Vrije tekst blijft voorgoed leesbaar; zet "
    "persoonsgegevens met 'kvob person add' in de personenlijst en noem hier het kenmerk.",
    "The field '{field}' seems to hold {leak}. Free text stays readable for good; put personal "
    "data in the person directory with 'kvob person add' and give the id here.",
)


def leaks_in(text: str) -> tuple[Leak, ...]:
    """What a text seems to hold; nothing is looked at twice."""
    found: list[Leak] = []
    if "@" in text and _EMAIL.search(text):
        found.append(Leak.EMAIL)
    if _NINE_DIGITS.match(text) and _PHONE.search(text):
        found.append(Leak.PHONE)
    return tuple(found)


def warnings_of(model: BaseModel) -> tuple[Text, ...]:
    """One warning for each free-text field of a command or fact and each kind of leak."""
    if not _is_suspect(model):
        return ()
    found = {(field, leak): None for field, text in free_texts(model) for leak in leaks_in(text)}
    return tuple(
        Text(
            _WARNING.nl.format(field=field, leak=leak.words.nl),
            _WARNING.en.format(field=field, leak=leak.words.en),
        )
        for field, leak in found
    )


def _is_suspect(value: object) -> bool:
    """Whether a closer look is worth it: every command is asked, and hardly any has a leak."""
    kind = type(value)
    if kind is str:
        text = cast("str", value)
        return "@" in text or _NINE_DIGITS.match(text) is not None
    if kind is tuple:
        return any(map(_is_suspect, cast("tuple[object, ...]", value)))
    if isinstance(value, BaseModel):
        return any(
            _is_suspect(inner)
            for field, inner in value.__dict__.items()
            if inner is not None and field not in NOT_FREE
        )
    return isinstance(value, Mapping | list)  # JSON that was said in a correction


def free_texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """The free texts of a model, and of what it holds, by the name of the field."""
    yield from _in_fields(model.__dict__)


def _in_fields(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    signs = "organisation" in fields and "role" in fields
    for field, value in fields.items():
        # Who signs has a name that is sealed, not a free text.
        if field not in NOT_FREE and not (signs and field == "name"):
            yield from _texts(field, value)


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    if type(value) is str:  # codes are enumerations, not texts
        yield field, value
    elif isinstance(value, BaseModel):
        for inner, text in _in_fields(value.__dict__):
            yield f"{field}.{inner}", text
    elif isinstance(value, Mapping):
        for inner, text in _in_fields(cast("Mapping[str, object]", value)):
            yield f"{field}.{inner}", text
    elif isinstance(value, list | tuple):
        for one in cast("Sequence[object]", value):
            yield from _texts(field, one)
