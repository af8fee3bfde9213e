"""How is a table written? As CSV that Dutch Excel opens well, or as a workbook.

CSV: UTF-8 with a byte order mark, semicolons, lines that end in CR and LF, days as 2027-03-15,
decimals with a comma in Dutch. Dutch Excel takes a comma for a decimal sign and a file without
mark for Windows-1252. A text that a spreadsheet would run has an apostrophe in front.

XLSX: days are days and numbers numbers; texts are written as texts, so that nothing is a formula.
The header stays in sight and filters; a second sheet says of what the table is. The same table
and the same `About` give the same bytes.
"""

from __future__ import annotations

import csv
import importlib
import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvob_domain.words import Text
from kvob_workflow.exports.cells import harmless
from kvob_workflow.exports.tables.errors import TablesNotInstalled, TableTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_domain.words import Language
    from kvob_workflow.exports.tables.table import About, Table, Value

_BOM: Final = "\ufeff"
_MOST_ROWS: Final = 1_048_576
"""Of a sheet, its header included: a bound of the format."""
_LONGEST: Final = 32_767
"""Characters of a cell: a bound of the format."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it Excel counts a 29 February 1900 that never was; such a day is written as text."""
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_ABOUT: Final = Text("Over deze tabel", "About this table")
_MADE: Final = Text("Gemaakt op", "Made at")
_ON: Final = Text("Peildatum", "Day asked")
_KNOWN: Final = Text("Zoals bekend op", "As known at")
_FILTERS: Final = Text("Filters", "Filters")
_NO_FILTERS: Final = Text("geen", "none")
_SOURCE: Final = Text("Bron", "Source")
_COUNT: Final = Text("Aantal rijen", "Number of rows")
_COPY: Final = Text(
    "Dit is een afschrift; wat er nu geldt, staat in het systeem.",
    "This is a copy; what holds now stands in the system.",
)


def csv_bytes(table: Table, language: Language = "nl") -> bytes:
    """The table as CSV."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading.of(language) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(value, language) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def xlsx_bytes(table: Table, about: About, language: Language = "nl") -> bytes:
    """The table as a workbook of two sheets.

    Raises:
        TablesNotInstalled: without the extra `xlsx`.
        TableTooLong: more rows than a sheet holds.
    """
    try:
        # Any: it comes without types.
        xlsxwriter: Any = importlib.import_module("xlsxwriter")
    except ModuleNotFoundError:
        raise TablesNotInstalled from None
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        made = about.made_at.replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"title": table.title.of(language), "created": made})
        count = _write_table(workbook, table, language)
        _write_about(workbook, _told(about, count, language), language)
    return content.getvalue()


def _write_table(workbook: Any, table: Table, language: Language) -> int:
    """The first sheet; how many rows it has."""
    sheet = workbook.add_worksheet(table.title.of(language))
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    as_day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading.of(language), heading)
    last = 0
    for last, row in enumerate(table.rows, start=1):
        if last >= _MOST_ROWS:
            raise TableTooLong(_MOST_ROWS - 1)
        for place, value in enumerate(row):
            _write_cell(sheet, last, place, value, as_day, language)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return last


def _write_cell(
    sheet: Any, row: int, place: int, value: Value, as_day: Any, language: Language
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, _flag(value, language))
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, place, value, as_day)
    else:
        sheet.write_string(row, place, _fitting(str(value)))


def _write_about(workbook: Any, lines: Iterator[tuple[str, str]], language: Language) -> None:
    sheet = workbook.add_worksheet(_ABOUT.of(language))
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, _fitting(value))


def _told(about: About, count: int, language: Language) -> Iterator[tuple[str, str]]:
    yield _MADE.of(language), about.made_at.isoformat(timespec="seconds")
    yield _ON.of(language), about.on.isoformat()
    if about.known_at is not None:
        yield _KNOWN.of(language), about.known_at.isoformat(timespec="seconds")
    yield _FILTERS.of(language), about.filters or _NO_FILTERS.of(language)
    yield _COUNT.of(language), str(count)
    if about.source:
        yield _SOURCE.of(language), about.source
    yield "", _COPY.of(language)


def _csv_cell(value: Value, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _flag(value, language)
    if isinstance(value, float):
        written = f"{value:.10g}"
        return written.replace(".", ",") if language == "nl" else written
    return str(value) if isinstance(value, int) else harmless(str(value))


def _flag(value: bool, language: Language) -> str:
    if language == "nl":
        return "ja" if value else "nee"
    return "yes" if value else "no"


def _fitting(text: str) -> str:
    """A text that a cell can hold; what is cut off is told by the dots at its end."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
