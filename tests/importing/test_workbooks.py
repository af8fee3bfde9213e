"""Is a workbook read as its CSV would be? XLSX and ODS, and what is refused of them."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.errors import KvobError
from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_file
from kvob_workflow.importing.errors import ImportColumnsMissing, ImportFileEmpty
from kvob_workflow.importing.workbooks import measuring, read_sheet, unpacking
from kvob_workflow.importing.workbooks.errors import (
    ImportSheetUnknown,
    ImportWorkbookLocked,
    ImportWorkbookOld,
    ImportWorkbookTooLarge,
    ImportWorkbookUnreadable,
    RowCellFailed,
    WorkbooksNotInstalled,
)
from tests.importing.workbook_files import (
    AWARD,
    HEADER,
    ods_of,
    ods_text,
    ods_value,
    sheet_xml,
    with_part,
    xlsx,
    xlsx_of,
    zipped,
)

Importing = Callable[[str | bytes], ImportReport]
_SHEET = "xl/worksheets/sheet1.xml"


def fields(content: bytes, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    """The rows of a workbook that can all be read."""
    return [(number, record) for number, record in read_sheet(content, sheet).texts()]


def test_a_workbook_is_imported_as_the_csv_of_its_sheet(imported: Importing) -> None:
    report = imported(xlsx_of(HEADER, AWARD, (*AWARD[:3], date(2013, 10, 21), AWARD[4])))
    assert (report.rows, report.accepted, report.rejected) == (2, 2, ())
    assert report.notices == ()


def test_ods_is_imported_too(imported: Importing) -> None:
    rows = ["".join(map(ods_text, row)) for row in (HEADER, AWARD)]
    assert imported(ods_of(*rows)).accepted == 1


def test_values_become_the_text_that_the_importer_reads() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["a", "b", "c", "d"])
        sheet.write_string(1, 0, "00123")
        sheet.write_number(1, 1, 2019)
        sheet.write_number(1, 2, 5.25)
        sheet.write_boolean(1, 3, True)
        sheet.write_formula(2, 0, '="x"&"y"', None, "xy")
        sheet.write_datetime(
            2, 1, datetime(2019, 10, 10), workbook.add_format({"num_format": "d mmm yy"})
        )
        sheet.write_boolean(2, 2, False)
        sheet.write_number(2, 3, 0.1 + 0.2)

    assert fields(xlsx(fill)) == [
        (1, ["a", "b", "c", "d"]),
        (2, ["00123", "2019", "5.25", "yes"]),
        (3, ["xy", "2019-10-10", "no", "0.3"]),
    ]


def test_values_of_ods_do_so_too() -> None:
    row = (
        ods_text("00123")
        + ods_value("float", "2019", "2.019,00")
        + ods_value("date", "2019-10-10", "10-10-19")
        + ods_value("boolean", "true", "WAAR")
    )
    assert fields(ods_of(row)) == [(1, ["00123", "2019", "2019-10-10", "yes"])]


def test_rows_have_the_number_of_the_sheet_also_below_an_empty_top(imported: Importing) -> None:
    wrong = ("De Vendel", "Veenendaal", "award", "10-10-2019", "https://example.nl")
    report = imported(xlsx_of(HEADER, AWARD, wrong, first=3, column=2))
    assert [row for row, _ in report.rejected] == [6]
    assert report.accepted == 1


def test_hidden_rows_count(imported: Importing) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        del workbook
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, AWARD)
        sheet.set_row(1, None, None, {"hidden": True})

    assert imported(xlsx(fill)).accepted == 1


def test_a_merged_cell_counts_once_and_the_report_says_so(imported: Importing) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        del workbook
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, AWARD)
        sheet.write_row(2, 1, ("Veenendaal", "award", "2013", "https://example.nl"))
        sheet.merge_range(1, 0, 2, 0, "De Vendel")

    report = imported(xlsx(fill))
    assert [(row, error.code) for row, error in report.rejected] == [(3, "row-field-missing")]
    assert [notice.code for notice in report.notices] == ["cells-merged"]


def test_of_several_sheets_the_first_is_read_and_the_others_are_named(imported: Importing) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEADER)
        workbook.add_worksheet("Toelichting")

    report = imported(xlsx(fill))
    assert [notice.code for notice in report.notices] == ["sheets-left", "rows-none"]
    assert "Toelichting" in report.notices[0].text.nl


def test_a_sheet_is_chosen_by_name_and_a_hidden_one_is_not_the_first(
    engine: Engine, tmp_path: Path
) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.hide()
        other = workbook.add_worksheet("Echt")
        other.activate()
        other.set_first_sheet()
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, AWARD)

    path = tmp_path / "history.xlsx"
    path.write_bytes(xlsx(fill))
    assert import_file(engine, path, dry_run=True).accepted == 1
    assert import_file(engine, path, dry_run=True, sheet="Echt").accepted == 1
    with pytest.raises(ImportFileEmpty):
        import_file(engine, path, sheet="Feiten")
    with pytest.raises(ImportSheetUnknown) as refused:
        import_file(engine, path, sheet="Geen")
    assert refused.value.known == ("Feiten", "Echt")


def test_a_cell_that_failed_refuses_its_row_by_its_name(imported: Importing) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        del workbook
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, AWARD)
        sheet.write_formula(1, 3, "=A1+B9", None, "#REF!")
        sheet.write_row(2, 0, AWARD)

    report = imported(xlsx(fill))
    ((row, error),) = report.rejected
    assert isinstance(error, RowCellFailed)
    assert (row, error.cell, error.value) == (2, "D2", "#REF!")
    assert report.accepted == 1


def test_a_cell_of_ods_that_failed_does_so_too() -> None:
    failed = (
        '<table:table-cell table:formula="x" calcext:value-type="error">'
        "<text:p>#REF!</text:p></table:table-cell>"
    )
    records = list(read_sheet(ods_of(ods_text("a"), ods_text("b") + failed)).records())
    assert isinstance(records[1][1], RowCellFailed)
    assert records[1][1].cell == "B2"


def test_repeated_cells_and_rows_of_ods_are_laid_out() -> None:
    assert fields(ods_of(ods_text("a", 3), ods_text("b"))) == [
        (1, ["a", "a", "a"]),
        (2, ["b", "", ""]),
    ]


def test_missing_columns_are_named_as_in_csv(imported: Importing) -> None:
    with pytest.raises(ImportColumnsMissing):
        imported(xlsx_of(("estate", "date")))


def test_an_empty_sheet_is_refused(imported: Importing) -> None:
    with pytest.raises(ImportFileEmpty):
        imported(xlsx_of())


def _locked_zip() -> bytes:
    content = bytearray(xlsx_of(HEADER))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def _lying_zip() -> bytes:
    """Its directory says that the sheet has 100 bytes; there are more."""
    content = bytearray(with_part(xlsx_of(HEADER), _SHEET, sheet_xml(" " * 5_000_000)))
    place = content.find(_SHEET.encode(), content.find(b"PK\x01\x02")) - 46
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(content)


def _twice() -> bytes:
    content = io.BytesIO(xlsx_of(HEADER))
    with zipfile.ZipFile(content, "a") as target:
        target.writestr("xl/worksheets/SHEET1.xml", sheet_xml(""))
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"PK\x03\x04 and what follows", ImportWorkbookUnreadable),
        (xlsx_of(HEADER)[:-100], ImportWorkbookUnreadable),
        (zipped({"a.txt": b"a"}), ImportWorkbookUnreadable),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
            ImportWorkbookUnreadable,
        ),
        (zipped({"xl/workbook.bin": b""}), ImportWorkbookOld),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), ImportWorkbookUnreadable),
        (with_part(xlsx_of(HEADER), _SHEET, b"<worksheet>"), ImportWorkbookUnreadable),
        (with_part(xlsx_of(HEADER), _SHEET, b""), ImportWorkbookUnreadable),
        (
            with_part(xlsx_of(HEADER), _SHEET, b'<?xml version="1.0" encoding="UTb-8"?><a/>'),
            ImportWorkbookUnreadable,
        ),
        (
            with_part(
                xlsx_of(HEADER),
                _SHEET,
                b'<!DOCTYPE x [<!ENTITY a "aaa">]><worksheet>&a;</worksheet>',
            ),
            ImportWorkbookUnreadable,
        ),
        (b"\xd0\xcf\x11\xe0 an xls", ImportWorkbookOld),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ImportWorkbookLocked),
        (_locked_zip(), ImportWorkbookLocked),
        (
            ods_of(ods_text("a"), manifest="<manifest:encryption-data/>"),
            ImportWorkbookLocked,
        ),
        (_lying_zip(), ImportWorkbookUnreadable),
        (_twice(), ImportWorkbookUnreadable),
        (
            with_part(xlsx_of(HEADER), _SHEET, sheet_xml('<row><c r="?1"><v>1</v></c></row>')),
            ImportWorkbookUnreadable,
        ),
    ],
)
def test_what_is_no_readable_workbook_is_refused_plainly(
    engine: Engine, imported: Importing, content: bytes, error: type[KvobError]
) -> None:
    with pytest.raises(error) as refused:
        imported(content)
    assert len(refused.value.message("nl")) < 400
    assert engine.board().total == 0


_FAR = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
_LONG_TEXT = b'<sst xmlns="x"><si><t>' + b"x" * 30_000 + b"</t></si></sst>"
_MANY = "".join('<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' for _ in range(3000))


@pytest.mark.parametrize(
    "content",
    [
        with_part(xlsx_of(HEADER), _SHEET, sheet_xml(_FAR)),
        with_part(xlsx_of(HEADER), _SHEET, sheet_xml('<row r="9999999"><c><v>1</v></c></row>')),
        with_part(
            with_part(xlsx_of(HEADER), _SHEET, sheet_xml(_MANY)), "xl/sharedStrings.xml", _LONG_TEXT
        ),
        ods_of(ods_text("x" * 20_000, 16_000)),
        ods_of(ods_text("x", 999_999_999)),
    ],
)
def test_a_workbook_that_would_not_fit_in_memory_is_refused_before_it_is_laid_out(
    imported: Importing, content: bytes
) -> None:
    assert len(content) < 2_000_000
    with pytest.raises(ImportWorkbookTooLarge):
        imported(content)


def test_rows_of_ods_that_repeat_without_end_are_refused() -> None:
    many = 'table:number-rows-repeated="1000000"'
    rows = f"<table:table-row {many}>{ods_text('x', 9)}</table:table-row>"
    with pytest.raises(ImportWorkbookTooLarge):
        read_sheet(ods_of(ods_text("a"), more=f"<table:table>{rows}</table:table>"))


def test_empty_cells_with_a_format_to_the_end_of_the_sheet_do_no_harm() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"/>'
    assert fields(with_part(xlsx_of(HEADER), _SHEET, sheet_xml(rows))) == [(1, ["1"])]
    ended = '<table:table-cell table:number-columns-repeated="16383"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048574">{ended}</table:table-row>'
    assert fields(ods_of(ods_text("a") + ended)) == [(1, ["a"])]
    with_empty = ods_of(ods_text("a"), more=f'<table:table table:name="x">{empty}</table:table>')
    assert fields(with_empty) == [(1, ["a"])]


def test_a_file_larger_than_a_workbook_may_be_is_refused(
    imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_FILE", 1000)
    with pytest.raises(ImportWorkbookTooLarge):
        imported(xlsx_of(HEADER, AWARD))


def test_so_is_one_that_unpacks_to_more(
    imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 100_000)
    with pytest.raises(ImportWorkbookTooLarge):
        imported(with_part(xlsx_of(HEADER), _SHEET, sheet_xml(" " * 200_000)))


def test_so_is_one_with_more_cells(imported: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MOST_CELLS", 9)
    with pytest.raises(ImportWorkbookTooLarge) as refused:
        imported(xlsx_of(HEADER, AWARD))
    assert refused.value.what == "cells"


def test_without_the_extra_it_is_named(
    imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(WorkbooksNotInstalled, match="xlsx"):
        imported(xlsx_of(HEADER, AWARD))
    assert imported("estate,municipality,event,date,source_url\n").rows == 0


def test_a_workbook_comes_through_a_pipe(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO(xlsx_of(HEADER, AWARD))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(content)))
    assert import_file(engine, "-").accepted == 1


def test_progress_is_told_up_to_the_end(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "history.xlsx"
    path.write_bytes(xlsx_of(HEADER, AWARD))
    told: list[tuple[int, float | None]] = []
    import_file(engine, path, progress=lambda done, share: told.append((done, share)))
    assert told == [(1, 1.0)]
