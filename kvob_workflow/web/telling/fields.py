"""How are the fields of the lists told? Each with its label and its value in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadline_kinds import DEADLINE_WORDS
from kvob_domain.words import Text
from kvob_workflow.jsonable import jsonable
from kvob_workflow.web.telling.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_domain.words import Language
    from kvob_workflow.engine.explaining import FieldValue
    from kvob_workflow.web.telling.saying import Teller

VIEWS: Final = {
    "board": Text("Stand op het bord", "Standing on the board"),
    "register": Text("Certificaat in het register", "Certificate in the register"),
    "due": Text("Termijnen", "Deadlines"),
    "measures": Text("Maatregelen", "Measures"),
}
_NOT_TOLD: Final = frozenset({"estate_id", "version"})
_ONCE: Final = frozenset({"estate", "municipality"})
_KINDS: Final = {one.value: words for one, words in DEADLINE_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """A field: its address, its label, its value in words."""

    address: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one row of a list; `title` is empty where an estate has one row there."""

    view: str
    title: str
    fields: tuple[Told, ...]


def rows_of(fields: Iterable[FieldValue], teller: Teller) -> list[Row]:
    """The fields by the rows that they stand in, in their order."""
    found: dict[tuple[str, str], list[Told]] = {}
    for one in fields:
        view, row, name = parts_of(one.address)
        if name in _NOT_TOLD or (view != "board" and name in _ONCE):
            continue
        told = Told(one.address, label_in(name, teller.language), value_in(one.value, name, teller))
        found.setdefault((view, row), []).append(told)
    return [
        Row(view, row_title(row, teller.language), tuple(told))
        for (view, row), told in found.items()
    ]


def parts_of(address: str) -> tuple[str, str, str]:
    """View, row and field of an address; the row is empty where an estate has one there."""
    view, _, rest = address.partition(".")
    row, _, name = rest.rpartition(".")
    return view, row, name


def label_in(name: str, language: Language) -> str:
    """What a field is called."""
    return label_of(name).of(language)


def value_in(value: object, name: str, teller: Teller) -> str:
    """What a field holds, in words."""
    return teller.value(name, jsonable(value, teller.language))


def row_title(row: str, language: Language) -> str:
    """What a row is called: a deadline with its number, or the id of a measure."""
    kind, separator, ordinal = row.partition(":")
    if separator and kind in _KINDS:
        words = _KINDS[kind].of(language)
        return words if ordinal == "1" else f"{words} ({ordinal})"
    return row
