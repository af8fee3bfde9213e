"""Which sheets has an ODS workbook, and how large are they?

Source: OpenDocument 1.3, part 3: 9.1 (tables; a row or a cell may stand for as many alike as
`number-rows-repeated` and `number-columns-repeated` say), 19.387 (`value-type`). LibreOffice
marks a cell that failed with a `value-type` of its own, `error`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kvob_workflow.importing.workbooks.errors import (
    ImportWorkbookTooLarge,
    ImportWorkbookUnreadable,
)
from kvob_workflow.importing.workbooks.measuring import (
    MOST_CELLS,
    MOST_TEXT,
    Attributes,
    Measured,
    attribute,
    parse,
)

_CONTENT: Final = "content.xml"
_CELLS: Final = ("table-cell", "covered-table-cell")
_ERRORS: Final = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "Err:")


def measured_sheets(parts: Mapping[str, bytes]) -> dict[str, Measured]:
    """Every sheet by its name, in order: the reader lays all of them out.

    Raises:
        ImportWorkbookUnreadable, ImportWorkbookTooLarge.
    """
    content = parts.get(_CONTENT)
    if content is None:
        raise ImportWorkbookUnreadable(_CONTENT)
    tables = _Tables()
    parse(content, tables.start, tables.end, tables.text)
    return tables.found


class _Tables:
    """Goes through the cells of all sheets."""

    def __init__(self) -> None:
        self.found: dict[str, Measured] = {}
        self._now = Measured()
        self._all: list[Measured] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._waiting: list[tuple[int, int]] = []
        self._failed: dict[int, str] = {}
        self._text: list[str] | None = None
        self._has_value = self._has_failed = False
        self._characters = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _CELLS:
            self._columns = _number(attribute(attributes, "number-columns-repeated"))
            kinds = [said for key, said in attributes.items() if key.endswith("value-type")]
            self._has_value = bool(kinds) or attribute(attributes, "formula") is not None
            self._has_failed = "error" in kinds
            self._text = []
        elif name == "table-row":
            self._rows = _number(attribute(attributes, "number-rows-repeated"))
            self._column = self._characters = 0
            self._waiting, self._failed = [], {}
        elif name == "table":
            self._now = Measured()
            self.found[attribute(attributes, "name") or ""] = self._now
            self._all.append(self._now)
            self._row = 0

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self._check_all()

    def _check_all(self) -> None:
        if sum(one.cells for one in self._all) > MOST_CELLS:
            raise ImportWorkbookTooLarge(MOST_CELLS, "cells")
        if sum(one.characters for one in self._all) > MOST_TEXT:
            raise ImportWorkbookTooLarge(MOST_TEXT, "characters")

    def _end_cell(self) -> None:
        value = "".join(self._text or ())
        self._text = None
        if self._has_value or value:
            self._waiting.append((self._column, self._columns))
            self._characters += len(value) * self._columns
            if self._has_failed or value.startswith(_ERRORS):
                for column in range(self._column, self._column + min(self._columns, 1 << 14)):
                    self._failed[column] = value[:20] or "#"
        self._column += self._columns

    def _end_row(self) -> None:
        for column, columns in self._waiting:
            self._now.value(self._row, column, self._rows, columns)
        self._now.text(self._characters * self._rows)
        for column, value in self._failed.items():
            for row in range(self._row, self._row + self._rows):
                self._now.failed[row, column] = value
        self._row += self._rows


def _number(said: str | None) -> int:
    if said is None:
        return 1
    if not (said.isascii() and said.isdigit() and 0 < len(said) < 10):
        raise ImportWorkbookUnreadable(f"repeated {said[:20]}")
    return max(1, int(said))
