"""Which rows has a sheet? Each as the CSV of the sheet would give it, with its own number.

Values are those that were last worked out; no formula is run. Hidden rows count: who hides a row
does not take it away.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kvob_domain.words import Text
from kvob_workflow.importing.report import Notice
from kvob_workflow.importing.workbooks import ods, xlsx
from kvob_workflow.importing.workbooks.cells import cell_text
from kvob_workflow.importing.workbooks.errors import (
    ImportSheetUnknown,
    ImportWorkbookLocked,
    ImportWorkbookUnreadable,
    RowCellFailed,
    WorkbooksNotInstalled,
)
from kvob_workflow.importing.workbooks.measuring import Failed, name_of
from kvob_workflow.importing.workbooks.unpacking import Kind, unpack

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from kvob_workflow.importing.records import Record
    from kvob_workflow.importing.workbooks.unpacking import Parts


class Sheet:
    """One sheet of a workbook, laid out in memory; its rows are made as they are asked for.

    Rows are numbered as in the sheet, from 1, and begin at the first column with a value.
    """

    def __init__(
        self, name: str, laid_out: CalamineSheet, failed: Failed, notices: tuple[Notice, ...]
    ) -> None:
        """`failed` are its cells that show an error, with what they show."""
        self.name = name
        self.notices = notices
        self._laid_out = laid_out
        self._start = laid_out.start or (0, 0)
        self._failed: dict[int, dict[int, str]] = {}
        for (row, column), value in sorted(failed.items()):
            self._failed.setdefault(row, {})[column] = value

    @property
    def height(self) -> int:
        """How many rows there are down to the last one with a value."""
        return self._laid_out.total_height + self._start[0]

    def records(self) -> Iterator[tuple[int, Record]]:
        """Each row, or why it cannot be read."""
        for number, fields in self.texts():
            failed = self._failed.get(number - 1)
            if failed:
                column, value = next(iter(failed.items()))
                yield number, RowCellFailed(name_of(number - 1, column), value)
            else:
                yield number, fields

    def texts(self) -> Iterator[tuple[int, list[str]]]:
        """Each row as it looks: a cell that failed by its error."""
        if self._laid_out.start is None:
            return
        first_row, first_column = self._start
        for row, cells in enumerate(self._laid_out.iter_rows()):
            if row < first_row:
                continue
            # Its reader gives rows from the sheet's first on, but cells from the first value's.
            fields = [cell_text(cell) for cell in cells]
            for column, value in self._failed.get(row, {}).items():
                if 0 <= column - first_column < len(fields):
                    fields[column - first_column] = value
            yield row + 1, fields


class _Chosen(NamedTuple):
    """A sheet by name, the workbook with it alone, its cells that failed, the other sheets."""

    name: str
    packed: bytes
    failed: Failed
    others: tuple[str, ...]


def read_sheet(content: bytes, sheet: str | None = None) -> Sheet:
    """The sheet of that name, or the first one that is not hidden.

    Raises:
        WorkbooksNotInstalled: without the extra `xlsx`.
        Invalid: the workbook cannot be read; see `errors`.
    """
    parts = unpack(content)
    chosen = _chosen_xlsx(parts, sheet) if parts.kind is Kind.XLSX else _chosen_ods(parts, sheet)
    opened = _opened(chosen)
    notices: list[Notice] = []
    if chosen.others and sheet is None:
        notices.append(_sheets_left(chosen))
    if opened.merged_cell_ranges:
        notices.append(_cells_merged(len(opened.merged_cell_ranges)))
    return Sheet(chosen.name, opened, chosen.failed, tuple(notices))


def _chosen_xlsx(parts: Parts, sheet: str | None) -> _Chosen:
    sheets = xlsx.sheets_of(parts.parts)
    seen = [one.name for one in sheets if not one.is_hidden]
    name = _choose([one.name for one in sheets], seen, sheet)
    found = next(one for one in sheets if one.name == name)
    failed = xlsx.measured(parts.parts, found).failed
    return _Chosen(name, parts.packed(but_sheets=found.part), failed, _but(seen, name))


def _chosen_ods(parts: Parts, sheet: str | None) -> _Chosen:
    sheets = ods.measured_sheets(parts.parts)
    name = _choose([*sheets], [*sheets], sheet)
    return _Chosen(name, parts.packed(), sheets[name].failed, _but([*sheets], name))


def _choose(names: list[str], seen: list[str], sheet: str | None) -> str:
    if not names:
        raise ImportWorkbookUnreadable("0 sheets")
    if sheet is None:
        return (seen or names)[0]
    if sheet not in names:
        raise ImportSheetUnknown(sheet[:40], tuple(name[:40] for name in names[:20]))
    return sheet


def _but(names: list[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _opened(chosen: _Chosen) -> CalamineSheet:
    try:
        import python_calamine
    except ModuleNotFoundError:
        raise WorkbooksNotInstalled from None
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(chosen.packed))
        return workbook.get_sheet_by_name(chosen.name)
    except python_calamine.PasswordError:
        raise ImportWorkbookLocked from None
    except python_calamine.CalamineError as error:
        raise ImportWorkbookUnreadable(str(error)[:80]) from None
    except BaseException as error:
        # What its reader did not foresee comes out as a panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise ImportWorkbookUnreadable("panic") from None


def _sheets_left(chosen: _Chosen) -> Notice:
    listed = ", ".join(chosen.others[:10])
    return Notice(
        "sheets-left",
        Text(
            f"Alleen het blad '{chosen.name}' is gelezen. De andere bladen: {listed}.",
            f"Only the sheet '{chosen.name}' was read. The other sheets: {listed}.",
        ),
    )


def _cells_merged(count: int) -> Notice:
    return Notice(
        "cells-merged",
        Text(
            f"Samengevoegde cellen: {count}. De waarde telt alleen voor de eerste cel.",
            f"Merged cells: {count}. The value counts for the first cell alone.",
        ),
    )
