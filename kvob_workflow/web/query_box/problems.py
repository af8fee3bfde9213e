"""What is wrong with a word of the box, and what could stand there instead? In both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_projections.estates import LONGEST
from kvob_workflow.web.query_box.scanning import OPERATORS, quoted
from kvob_workflow.web.query_box.vocabulary import CHOICES, Key, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.web.query_box.vocabulary import Choice

LONGEST_BOX: Final = 2_000
"""Characters of a box, more than any set of filters takes; what comes after them is not read."""
SHOWN: Final = 40
"""Characters of a word that a message repeats."""

BOX_TOO_LONG: Final = Text(
    f"De zoekvraag is langer dan {LONGEST_BOX} tekens; het vervolg is niet gelezen.",
    f"The question is longer than {LONGEST_BOX} characters; the rest was not read.",
)
NOT_CLOSED: Final = Text(
    "Dit aanhalingsteken wordt niet gesloten.", "This quotation mark is not closed."
)
FLAG_HAS_VALUE: Final = Text(
    "Dit woord staat op zichzelf; laat weg wat erachter staat.",
    "This word stands by itself; leave out what follows it.",
)
DUE_FROM: Final = Text(
    "Bij de termijn kan alleen een einde: termijn<90d of termijn<2027-03.",
    "A deadline only takes an end: due<90d or due<2027-03.",
)
NO_DAY: Final = Text(
    "Dit is geen datum. Schrijf 2027, 2027-03 of 2027-03-15, of hoe ver vooruit: 90d, 12w, 9m, 1j.",
    "This is no date. Write 2027, 2027-03 or 2027-03-15, or how far ahead: 90d, 12w, 9m, 1y.",
)


def key_unknown(key: str) -> Text:
    """Nothing is called so."""
    shown = key[:SHOWN]
    return Text(
        f"'{shown}' is geen filter. Kies uit: {_keys('nl')}. Hoort het bij een naam, zet het dan "
        "tussen aanhalingstekens.",
        f"'{shown}' is no filter. Choose from: {_keys('en')}. If it belongs to a name, put it "
        "between quotation marks.",
    )


def value_missing(name: Text) -> Text:
    """A key with nothing behind it."""
    return Text(
        f"Zet de waarde direct achter '{name.nl}', zonder spatie.",
        f"Put the value right behind '{name.en}', without a space.",
    )


def value_unknown(key: Key, value: str) -> Text:
    """The key has no such value."""
    shown = value[:SHOWN]
    return Text(
        f"'{shown}' is geen waarde van '{key.name_text.nl}'. Kies uit: {_names(CHOICES[key]).nl}.",
        f"'{shown}' is no value of '{key.name_text.en}'. Choose from: {_names(CHOICES[key]).en}.",
    )


def value_ambiguous(value: str, found: Sequence[Choice]) -> Text:
    """The value fits several."""
    shown, names = value[:SHOWN], _names(found)
    return Text(
        f"'{shown}' kan meer betekenen. Kies uit: {names.nl}.",
        f"'{shown}' can mean several. Choose from: {names.en}.",
    )


def operator_unfit(name: Text) -> Text:
    """The key compares no days."""
    return Text(f"Achter '{name.nl}' komt een dubbele punt.", f"Behind '{name.en}' comes a colon.")


def given_twice(label: Text) -> Text:
    """The filter was there already; the first one counts."""
    return Text(
        f"'{label.nl}' staat er al met een andere waarde; alleen de eerste telt.",
        f"'{label.en}' is there already with another value; only the first one counts.",
    )


def too_long() -> Text:
    """Longer than any name."""
    return Text(
        f"Dit is langer dan {LONGEST} tekens, de langste naam.",
        f"This is longer than {LONGEST} characters, the longest name.",
    )


def as_name(source: str) -> str | None:
    """A word with an operator, as a part of a name; None where it has quotes already."""
    return quoted(source) if any(mark in source for mark in OPERATORS) else None


def _keys(language: str) -> str:
    names = (key.name_text.nl if language == "nl" else key.name_text.en for key in Key)
    return ", ".join(names)


def _names(choices: Sequence[Choice]) -> Text:
    names = [name_of(choice) for choice in choices]
    return Text(", ".join(name.nl for name in names), ", ".join(name.en for name in names))
