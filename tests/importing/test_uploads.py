"""What does a page do with a file? It reads the contents, and gives refused rows back to mend."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_upload, rejected_rows_csv, rows_of_upload
from kvob_workflow.importing.errors import ImportFileNotUtf8
from kvob_workflow.importing.refused_rows import refused_csv, restored
from kvob_workflow.importing.workbooks.errors import ImportWorkbookUnreadable
from tests.importing.workbook_files import AWARD, HEADER, xlsx, xlsx_of

_CSV = "estate;note;municipality;event;date;source_url;eigen kolom\n"
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\ufeff"))


def lines(content: bytes) -> list[list[str]]:
    """A file as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_file_is_known_by_its_contents_not_its_name(engine: Engine) -> None:
    for name in ("feiten.csv", "feiten.xlsx", "feiten"):
        upload = rows_of_upload(name, xlsx_of(HEADER, AWARD))
        assert import_upload(engine, upload, dry_run=True).accepted == 1
        upload = rows_of_upload(name, ",".join(HEADER).encode() + b"\n" + ",".join(AWARD).encode())
        assert import_upload(engine, upload, dry_run=True).accepted == 1


def test_a_dry_run_and_the_import_are_of_the_same_rows(engine: Engine) -> None:
    upload = rows_of_upload("feiten.xlsx", xlsx_of(HEADER, AWARD))
    assert import_upload(engine, upload, dry_run=True).accepted == 1
    assert import_upload(engine, upload).accepted == 1
    assert import_upload(engine, upload).duplicates == 1


def test_what_there_is_to_say_of_a_workbook_is_said_before_it_is_imported() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEADER)
        workbook.add_worksheet("Tweede")

    upload = rows_of_upload("x", xlsx(fill))
    assert [notice.code for notice in upload.notices] == ["sheets-left"]


def test_a_wrong_encoding_or_workbook_is_refused_at_once() -> None:
    with pytest.raises(ImportFileNotUtf8):
        rows_of_upload("feiten.csv", (_CSV + "é").encode("cp1252"))
    with pytest.raises(ImportWorkbookUnreadable):
        rows_of_upload("feiten.csv", b"PK\x03\x04")


def test_refused_rows_come_back_with_their_reason_and_all_their_columns(engine: Engine) -> None:
    text = (
        _CSV
        + "Goed;;Oss;award;2019;https://example.nl;a\n"
        + "Fout;=1+1;Oss;award;10-10-2019;https://example.nl;b\n"
        + 'Open;"x;Oss;award;2019;https://example.nl;c\n'
    )
    upload = rows_of_upload("feiten.csv", text.encode())
    report = import_upload(engine, upload)
    header, wrong, opened = lines(rejected_rows_csv(upload, report))
    assert header == [*_CSV.strip().split(";"), "geweigerd_omdat"]
    assert wrong[:7] == [
        *("Fout", "'=1+1", "Oss", "award", "10-10-2019", "https://example.nl", "b")
    ]
    assert wrong[7].startswith("Rij 3: '10-10-2019' in kolom 'date' is geen datum.")
    assert opened[0] == "Open"
    assert opened[7].startswith("Rij 4: ")
    english = lines(rejected_rows_csv(upload, report, "en"))
    assert english[0][-1] == "refused_because"
    assert english[1][-1].startswith("Row 3: ")


def test_mended_rows_are_offered_again_as_they_were(engine: Engine) -> None:
    text = _CSV + "Fout;'=1+1;Oss;award;10-10-2019;https://example.nl;b\n"
    upload = rows_of_upload("feiten.csv", text.encode())
    returned = rejected_rows_csv(upload, import_upload(engine, upload))
    assert "''=1+1" in returned.decode()
    again = rows_of_upload("hersteld.csv", returned.replace(b"10-10-2019", b"2019-10-10"))
    report = import_upload(engine, again)
    assert report.accepted == 1
    assert not any("geweigerd" in notice.text.nl for notice in report.notices)
    (estate,) = engine.board().items
    assert "'=1+1" in str(engine.history(engine.find(estate.estate)))


def test_a_second_round_has_one_column_of_reasons(engine: Engine) -> None:
    text = _CSV + "Fout;;Oss;award;x;https://example.nl;b\n"
    upload = rows_of_upload("feiten.csv", text.encode())
    returned = rejected_rows_csv(upload, import_upload(engine, upload))
    again = rows_of_upload("hersteld.csv", returned)
    second = rejected_rows_csv(again, import_upload(engine, again))
    assert lines(second)[0].count("geweigerd_omdat") == 1
    assert lines(second)[1][-1].startswith("Rij 2: ")


def test_refused_rows_of_a_workbook_come_back_too(engine: Engine) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        del workbook
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, AWARD)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    upload = rows_of_upload("feiten.xlsx", xlsx(fill))
    _, row = lines(rejected_rows_csv(upload, import_upload(engine, upload)))
    assert row[:5] == [*AWARD[:3], "#DIV/0!", AWARD[4]]
    assert "D2" in row[5]


@given(
    st.lists(st.one_of(_TEXTS, st.sampled_from(("=a", "'=a", "''-", "'", "'x", "@"))), min_size=1)
)
def test_no_field_is_a_formula_and_each_is_restored_exactly(fields: list[str]) -> None:
    header = [f"kolom {number}" for number in range(len(fields))]
    _, row = lines(refused_csv(header, [(fields, 2, "daarom")]))
    assert not any(field.startswith(("=", "+", "-", "@", "\t")) for field in row)
    assert next(restored([(2, row[:-1])])) == (2, fields)
