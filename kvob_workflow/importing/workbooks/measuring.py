"""How large is a sheet once it is laid out, and which of its cells failed? Read as XML, not kept.

The reader of workbooks lays a sheet out as a rectangle around all cells with a value and copies
a shared text into every cell that names it. What that takes is counted here first, by the same
rules. Rows and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NoReturn
from xml.parsers import expat

from kvob_workflow.importing.workbooks.errors import (
    ImportWorkbookTooLarge,
    ImportWorkbookUnreadable,
)

MOST_CELLS: Final = 2_000_000
"""Cells of the rectangle around all values: 130,000 rows of all columns."""
MOST_TEXT: Final = 128 << 20
"""Characters of all cells together, repeated ones counted each time."""
_MOST_ROWS: Final = 1 << 20
_MOST_COLUMNS: Final = 1 << 14
_COLUMN: Final = re.compile(r"[A-Za-z]{1,3}")
_DIGITS: Final = "0123456789"

Failed = dict[tuple[int, int], str]
Attributes = Mapping[str, str]


class Measured:
    """What was counted so far of one sheet, and which cells show an error."""

    def __init__(self) -> None:
        """Nothing."""
        self.failed: Failed = {}
        self.characters = 0
        self._is_empty = True
        self._within = (0, -1, 0, -1)

    def value(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """A cell with a value, or as many alike downwards and to the right.

        Raises:
            ImportWorkbookTooLarge.
        """
        last_row, last_column = row + rows - 1, column + columns - 1
        low, high, left, right = self._within
        if low <= row and last_row <= high and left <= column and last_column <= right:
            return
        if last_row >= _MOST_ROWS or last_column >= _MOST_COLUMNS:
            raise ImportWorkbookTooLarge(_MOST_ROWS, "rows")
        if not self._is_empty:
            row, last_row = min(low, row), max(high, last_row)
            column, last_column = min(left, column), max(right, last_column)
        self._is_empty = False
        self._within = row, last_row, column, last_column
        if self.cells > MOST_CELLS:
            raise ImportWorkbookTooLarge(MOST_CELLS, "cells")

    @property
    def cells(self) -> int:
        """Cells of the rectangle around all values."""
        low, high, left, right = self._within
        return (high - low + 1) * (right - left + 1)

    def text(self, characters: int) -> None:
        """So many characters more.

        Raises:
            ImportWorkbookTooLarge.
        """
        self.characters += characters
        if self.characters > MOST_TEXT:
            raise ImportWorkbookTooLarge(MOST_TEXT, "characters")


def parse(
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML; names come without their prefix.

    Raises:
        ImportWorkbookUnreadable: it is none, or it declares entities, which no office does.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def declared(*_: object) -> NoReturn:
        raise ImportWorkbookUnreadable("DOCTYPE")

    parser.StartDoctypeDeclHandler = declared
    local = _Locals()
    parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    if end is not None:
        ended = end
        parser.EndElementHandler = lambda name: ended(local[name])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # also an unknown encoding
        raise ImportWorkbookUnreadable(f"XML: {error}"[:80]) from None


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute, whatever its prefix."""
    found = attributes.get(name)
    if found is not None:
        return found
    return next((value for key, value in attributes.items() if _local(key) == name), None)


def place_of(reference: str) -> tuple[int, int]:
    """The row and the column of a cell: B4 is (3, 1).

    Raises:
        ImportWorkbookUnreadable.
    """
    letters = reference.rstrip(_DIGITS)
    number = reference[len(letters) :]
    if not 0 < len(number) < 8 or not int(number):
        raise ImportWorkbookUnreadable(f"cell {reference[:20]}")
    return int(number) - 1, _column(letters)


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    if _COLUMN.fullmatch(letters) is None:
        raise ImportWorkbookUnreadable(f"column {letters[:20]}")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def name_of(row: int, column: int) -> str:
    """How people call a cell."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


class _Locals(dict[str, str]):
    """Names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = _local(name)
        return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]
