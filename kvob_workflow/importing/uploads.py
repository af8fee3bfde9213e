"""How does a file that a page received come in? Known by its contents, whatever its name.

`rows_of_upload` reads it once; the dry run, the import and the refused rows are all of what was
read then. The bytes are held in memory: the page bounds what it takes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kvob_workflow.importing.decoding import CheckedBytes, text_of
from kvob_workflow.importing.header import header_of_rows, read_header
from kvob_workflow.importing.records import LONGEST_RECORD, Lines
from kvob_workflow.importing.refused_rows import refused_csv
from kvob_workflow.importing.run import import_read
from kvob_workflow.importing.workbooks import is_workbook, read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.words import Language
    from kvob_workflow.importing.header import Header
    from kvob_workflow.importing.records import Record
    from kvob_workflow.importing.report import ImportReport, Notice
    from kvob_workflow.importing.run import Progress, TakesFacts
    from kvob_workflow.importing.workbooks import Sheet

_LONGEST_START: Final = 4


class Upload:
    """A file whose header was read.

    `name` is the one that it came with, for people alone. `header` are its columns as they stand.
    """

    def __init__(self, name: str, content: bytes, sheet: Sheet | None) -> None:
        """Of a workbook its sheet; otherwise the bytes of a CSV file.

        Raises:
            Invalid: it is no text, or has no header; see `rows_of_upload`.
        """
        self.name = name
        self._content = content
        self._sheet = sheet
        self.header, _ = self._opened()

    @property
    def columns(self) -> Sequence[str]:
        """The names of its columns, as they stand."""
        return self.header.names

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What there is to say of the file; the report of its import says it too."""
        return () if self._sheet is None else self._sheet.notices

    def rows(self) -> Iterator[tuple[int, Record]]:
        """Each row with its number in the file, or why it has no fields."""
        return self._opened()[1]

    def fields(self, numbers: frozenset[int]) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows of these numbers as they look, also where they could not be read."""
        if self._sheet is not None:
            yield from (one for one in self._sheet.texts() if one[0] in numbers)
            return
        lines = list[str]()
        for number, record in self.rows():
            if number not in numbers:
                continue
            if isinstance(record, list):
                yield number, record
            else:
                lines = lines or self._text().read().split("\n")
                yield number, self._leniently(lines[number - 1])

    def _leniently(self, line: str) -> list[str]:
        """A line whose quotes do not match, as far as it goes."""
        if len(line) > LONGEST_RECORD:
            return []
        found = next(csv.reader([line], delimiter=self.header.delimiter), None)
        return found or []

    def _opened(self) -> tuple[Header, Iterator[tuple[int, Record]]]:
        if self._sheet is not None:
            return header_of_rows(self._sheet.records())
        return read_header(Lines(self._text().readline))

    def _text(self) -> io.TextIOWrapper:
        return text_of(CheckedBytes(io.BytesIO(self._content), self.name))


def rows_of_upload(name: str, content: bytes, sheet: str | None = None) -> Upload:
    """A file as a page received it: CSV, or a workbook of which one sheet is read.

    Raises:
        Invalid: it cannot be read as a whole (`kvob_workflow.importing.errors`).
        WorkbooksNotInstalled: a workbook, without the extra `xlsx`.
    """
    if is_workbook(content[:_LONGEST_START]):
        return Upload(name, b"", read_sheet(content, sheet))
    CheckedBytes(io.BytesIO(content), name).check_all()
    return Upload(name, content, None)


def import_upload(
    engine: TakesFacts, upload: Upload, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Imports the rows of an upload, or rehearses it.

    Raises:
        Unavailable: the store failed; `ImportInterrupted` when chunks before are kept.
    """
    return import_read(
        engine,
        upload.header,
        upload.rows(),
        upload.notices,
        dry_run=dry_run,
        progress=progress,
    )


def rejected_rows_csv(upload: Upload, report: ImportReport, language: Language = "nl") -> bytes:
    """The refused rows of an upload with their reasons, to mend and to offer again."""
    reasons = {row: error.message(language) for row, error in report.rejected}
    found = upload.fields(frozenset(reasons))
    return refused_csv(
        upload.columns, ((fields, number, reasons[number]) for number, fields in found), language
    )
