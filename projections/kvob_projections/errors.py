"""What can be wrong with a query? Each error says what would have been right.

KvobError (kvob_domain.errors)
└── Invalid
    ├── SortUnknown       no such field to sort by
    ├── ChoiceUnknown     no such step, status, kind, code
    ├── TextTooLong       a text to search for that is longer than any name
    ├── PageOutOfRange    a limit or an offset below zero or beyond what a store can count
    └── DayNotGiven       a read model was asked without a day
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid


@dataclass(eq=False)
class SortUnknown(Invalid):
    """The list cannot be sorted by this field."""

    code: ClassVar[str] = "sort-unknown"
    nl: ClassVar[str] = "Sorteren op '{name}' kan niet. Kies uit: {known}; met '-' ervoor aflopend."
    en: ClassVar[str] = (
        "Cannot sort by '{name}'. Choose from: {known}; with '-' in front for descending."
    )
    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class ChoiceUnknown(Invalid):
    """The filter has no such value."""

    code: ClassVar[str] = "choice-unknown"
    nl: ClassVar[str] = "'{value}' bestaat niet als {field}. Kies uit: {known}."
    en: ClassVar[str] = "'{value}' is no {field}. Choose from: {known}."
    field: str
    value: str
    known: tuple[str, ...]


@dataclass(eq=False)
class TextTooLong(Invalid):
    """A text to look for is longer than what it could be found in."""

    code: ClassVar[str] = "text-too-long"
    nl: ClassVar[str] = "De zoektekst in {field} is langer dan {longest} tekens. Kort hem in."
    en: ClassVar[str] = "The text to look for in {field} is over {longest} characters. Shorten it."
    field: str
    longest: int


@dataclass(eq=False)
class PageOutOfRange(Invalid):
    """A page begins and ends at a whole number from 0 on."""

    code: ClassVar[str] = "page-out-of-range"
    nl: ClassVar[str] = "{field} is {value}; geef een getal van 0 tot en met {largest}."
    en: ClassVar[str] = "{field} is {value}; give a number from 0 to {largest}."
    field: str
    value: int
    largest: int


@dataclass(eq=False)
class DayNotGiven(Invalid):
    """What a read model shows depends on the day, and it knows no clock."""

    code: ClassVar[str] = "day-not-given"
    nl: ClassVar[str] = "Geef de dag waarop de lijst moet gelden."
    en: ClassVar[str] = "Give the day on which the list must hold."
