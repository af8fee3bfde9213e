"""Which sheets has an XLSX workbook, and how large is one of them?

Source: ECMA-376-1, SpreadsheetML: 18.2 (workbook), 18.3.1.4 (`c`, a cell: `r` its place, `t` its
type), 18.4.8 (`si`, a shared text), 18.18.11 (type `e` is an error, `s` a shared text).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Final, NamedTuple

from kvob_workflow.importing.workbooks.errors import ImportWorkbookUnreadable
from kvob_workflow.importing.workbooks.measuring import (
    Attributes,
    Measured,
    attribute,
    parse,
    place_of,
)

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedstrings.xml"


class NamedSheet(NamedTuple):
    """A sheet with cells; `part` is where they stand."""

    name: str
    is_hidden: bool
    part: str


def sheets_of(parts: Mapping[str, bytes]) -> tuple[NamedSheet, ...]:
    """The sheets with cells, in their order; charts have none.

    Raises:
        ImportWorkbookUnreadable.
    """
    targets = _targets(parts)
    found: list[NamedSheet] = []

    def start(name: str, attributes: Attributes) -> None:
        if name != "sheet":
            return
        target = targets.get(attribute(attributes, "id") or "")
        if target is not None:
            is_hidden = attributes.get("state", "visible") != "visible"
            found.append(NamedSheet(attributes.get("name", ""), is_hidden, target))

    parse(_part(parts, _WORKBOOK), start)
    return tuple(found)


def measured(parts: Mapping[str, bytes], sheet: NamedSheet) -> Measured:
    """What the sheet takes, and which of its cells failed.

    Raises:
        ImportWorkbookUnreadable, ImportWorkbookTooLarge.
    """
    cells = _Cells(_lengths(parts))
    parse(_part(parts, sheet.part), cells.start, cells.end, cells.text)
    return cells.measured


class _Cells:
    """Goes through the cells of a sheet."""

    def __init__(self, lengths: list[int]) -> None:
        self.measured = Measured()
        self._lengths = lengths
        self._row = self._column = -1
        self._type = ""
        self._value: list[str] | None = None
        self._has_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name in ("v", "t", "is"):
            self._has_value = True
            self._value = []
        elif name == "row":
            said = attributes.get("r")
            self._row = place_of(f"A{said}")[0] if said else self._row + 1
            self._column = -1

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            value = "".join(self._value or ())
            self._value = None
            self._count(value)
        elif name == "c" and self._has_value:
            self.measured.value(self._row, self._column)

    def _begin(self, attributes: Attributes) -> None:
        said = attributes.get("r")
        if said:
            self._row, self._column = place_of(said)
        else:
            self._column += 1
        self._type = attributes.get("t", "")
        self._has_value = False

    def _count(self, value: str) -> None:
        if self._type == "e":
            self.measured.failed[self._row, self._column] = value[:20]
        if self._type == "s" and value.isdigit() and int(value) < len(self._lengths):
            self.measured.text(self._lengths[int(value)])
        else:
            self.measured.text(len(value))


def _lengths(parts: Mapping[str, bytes]) -> list[int]:
    """How many characters each shared text has; what is read aloud of it counts too."""
    lengths: list[int] = []
    content = next((part for name, part in parts.items() if name.lower() == _TEXTS), None)
    if content is None:
        return lengths

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parse(content, start, text=text)
    return lengths


def _targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts with cells, by the id that the workbook gives them."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            path = posixpath.join("xl", attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(path).lstrip("/")

    parse(_part(parts, _RELATIONS), start)
    return targets


def _part(parts: Mapping[str, bytes], name: str) -> bytes:
    for found, content in parts.items():
        if found.lower() == name.lower():
            return content
    raise ImportWorkbookUnreadable(name)
