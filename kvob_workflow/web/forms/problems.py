"""What is wrong, at which field? In plain words, with what to do about it.

The model's own complaints are told as `kvob_workflow.malformed` words them, except for those that a
person meets most: what is left open, and what was not chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.malformed import problems_of
from kvob_workflow.web.forms.fields import Field, Kind
from kvob_workflow.web.forms.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from kvob_workflow.web.forms.reading import Place, Reading


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one input. `name` is that of the input, empty where there is none."""

    name: str
    sentence: Text


_EMPTY: Final = frozenset({"missing", "string_too_short", "too_short"})
_CHOSEN: Final = frozenset({"enum", "literal_error"})
_OPEN: Final[Mapping[Kind, Text]] = {
    Kind.DAY: Text("Vul de dag in: {label}.", "Fill in the day: {label}."),
    Kind.PART_DAY: Text("Vul in wanneer: {label}.", "Fill in when: {label}."),
    Kind.CHOICE: Text("Kies een mogelijkheid: {label}.", "Choose one: {label}."),
    Kind.DEADLINE: Text("Kies een termijn.", "Choose a deadline."),
    Kind.ROWS: Text("Vul ten minste één regel in: {label}.", "Fill in at least one row: {label}."),
    Kind.NUMBER: Text("Vul een getal in: {label}.", "Fill in a number: {label}."),
    Kind.DECIMAL: Text("Vul een getal in: {label}.", "Fill in a number: {label}."),
}
_FILL_IN: Final = Text("Vul in: {label}.", "Fill in: {label}.")
_NO_CHOICE: Final = Text(
    "{label}: kies een van de mogelijkheden.", "{label}: choose one of those that are offered."
)
_PATTERNS: Final[Mapping[str, Text]] = {
    "sha256": Text(
        "De vingerafdruk heeft 64 tekens 0-9 en a-f. Kies het bestand, of plak hem heel.",
        "The fingerprint has 64 characters 0-9 and a-f. Choose the file, or paste all of it.",
    ),
    "media_type": Text(
        "Het soort bestand is er een zoals application/pdf.",
        "The kind of file is one such as application/pdf.",
    ),
    "title": Text("De titel is één regel gewone tekst.", "The title is one line of plain text."),
    "address": Text(
        "Het adres is één regel gewone tekst.", "The address is one line of plain text."
    ),
}
_ROW: Final = Text("{label}, regel {number}: {told}", "{label}, row {number}: {told}")


def problems_in(
    command: str, fields: Sequence[Field], reading: Reading, found: Sequence[ErrorDetails]
) -> tuple[FieldProblem, ...]:
    """Everything that is wrong, in the order of the form; each input is told of once."""
    told: dict[str, Text] = {}
    for details in found:
        name = _input_at(details["loc"], reading.places)
        if not _is_unread(name, reading):
            told.setdefault(name, _sentence(command, fields, details))
    every = {**told, **reading.unread}
    order = {name: number for number, name in enumerate(reading.places.values())}
    names = sorted(every, key=lambda name: order.get(name, len(order)))
    return tuple(FieldProblem(name, every[name]) for name in names)


def _is_unread(name: str, reading: Reading) -> bool:
    """Whether it was told already that the input, or one within it, cannot be read."""
    return name in reading.unread or any(one.startswith(f"{name}.") for one in reading.unread)


def _input_at(place: Place, places: Mapping[Place, str]) -> str:
    while place:
        if place in places:
            return places[place]
        place = place[:-1]
    return ""


def _sentence(command: str, fields: Sequence[Field], details: ErrorDetails) -> Text:
    field, numbers = _field_at(fields, details["loc"])
    told = problems_of([details], lambda name: name)[0]
    if field is None:
        return Text(f"{told.field}: {told.nl}.", f"{told.field}: {told.en}.")
    label = label_of(command, field.path)
    plain = _plain(field, details, label) or Text(
        f"{label.nl}: {_bare(told.nl)}.", f"{label.en}: {_bare(told.en)}."
    )
    if not numbers or field.kind is Kind.ROWS:
        return plain
    whole, number = label_of(command, field.path[: numbers[0][0]]), numbers[0][1] + 1
    nl = _ROW.nl.format(label=whole.nl, number=number, told=_lowered(plain.nl))
    en = _ROW.en.format(label=whole.en, number=number, told=_lowered(plain.en))
    return Text(nl, en)


def _plain(field: Field, details: ErrorDetails, label: Text) -> Text | None:
    """The words for what people meet most."""
    kind = details["type"]
    if kind in _EMPTY:
        return _with(_OPEN.get(field.kind, _FILL_IN), label)
    if kind in _CHOSEN:
        return _with(_NO_CHOICE, label)
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(field.name)
    return None


def _with(sentence: Text, label: Text) -> Text:
    return Text(sentence.nl.format(label=label.nl), sentence.en.format(label=label.en))


def _bare(words: str) -> str:
    return words.removeprefix("- ").rstrip(".")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _field_at(
    fields: Iterable[Field], place: Place
) -> tuple[Field | None, tuple[tuple[int, int], ...]]:
    """The field at a place, and for each row on the way how deep it is and its number."""
    found: Field | None = None
    numbers: list[tuple[int, int]] = []
    for part in place:
        if isinstance(part, int):
            numbers.append((len(found.path) if found else 0, part))
            if found is not None and found.is_single:
                found = found.inner[0]
        else:
            found = next(_named(fields, part), None)
        if found is None:
            break
        fields = found.inner
    return found, tuple(numbers)


def _named(fields: Iterable[Field], name: str) -> Iterator[Field]:
    return (
        one
        for one in fields
        if one.name == name or (name == "ordinal" and one.kind is Kind.DEADLINE)
    )
