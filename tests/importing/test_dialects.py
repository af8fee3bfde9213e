"""In which forms may a file be saved? As Excel, exports and people save them."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_file, import_rows

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Accepted, remarks, duplicates, rejected."""
    return report.accepted, report.remarks, report.duplicates, len(report.rejected)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_comma_semicolon_and_tab_separate_columns(
    rows: Rows, imported: Importing, delimiter: str
) -> None:
    text = rows({"parties": "gemeente;politie", "note": "a, b; c"}, {}, delimiter=delimiter)
    assert counts(imported(text)) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_utf_8_and_utf_16_are_read(
    engine: Engine, rows: Rows, imported: Importing, mark: bytes, encoding: str
) -> None:
    text = rows({"municipality": "Súdwest-Fryslân"}, delimiter="\t")
    assert counts(imported(mark + text.encode(encoding))) == (1, 0, 0, 0)
    assert [row.municipality for row in engine.board().items] == ["Súdwest-Fryslân"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_are_read_and_counted(rows: Rows, imported: Importing, end: str) -> None:
    report = imported(rows({}, {"date": "x"}).replace("\n", end))
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected[0].row == 3


def test_headers_may_have_capitals_spaces_quotes_and_any_order(imported: Importing) -> None:
    header = ' Source_URL ,"DATE", event,Municipality,Estate'
    assert counts(imported(f"{header}\nhttps://a.nl,2019,award,Soest,De Grachten\n")) == (
        1,
        0,
        0,
        0,
    )


def test_excel_may_leave_out_or_add_separators_at_the_end(rows: Rows, imported: Importing) -> None:
    header, row, _ = rows({"level": "", "note": ""}).split("\n")
    text = f"{header},,\n{row.rstrip(',')}\n{row},,,,\n"
    report = imported(text)
    assert counts(report) == (1, 0, 1, 0)
    assert report.notices == ()


def test_excels_own_first_line_says_the_separator(rows: Rows, imported: Importing) -> None:
    report = imported("sep=;\n" + rows({}, {"date": "x"}, delimiter=";"))
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected[0].row == 4


def test_unknown_columns_are_named_once_and_stop_nothing(rows: Rows, imported: Importing) -> None:
    report = imported(rows({"Opmerking": "x", "colour": "red"}, {"date": "2011"}))
    assert counts(report) == (2, 0, 0, 0)
    assert [notice.text.en for notice in report.notices] == [
        "These columns were not read: Opmerking, colour."
    ]


def test_rows_without_any_text_are_told_and_are_no_rows(rows: Rows, imported: Importing) -> None:
    report = imported(rows() + ",,,,,\n\n  , ,,,,\n")
    assert (report.rows, *counts(report)) == (1, 1, 0, 0, 0)
    assert [notice.text.en for notice in report.notices] == ["Empty rows passed over: 2."]


def test_a_header_alone_is_no_error(rows: Rows, imported: Importing) -> None:
    report = imported(rows().split("\n")[0])
    assert report.as_dict() == {
        "rows": 0,
        "accepted": 0,
        "remarks": 0,
        "duplicates": 0,
        "rejected": [],
    }
    assert [notice.code for notice in report.notices] == ["rows-none"]


def test_a_note_may_hold_line_breaks_and_rows_are_numbered_by_their_first_line(
    rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"note": "one\ntwo\nthree"}, {"date": "x"}, {"event": "y"}))
    assert [rejected.row for rejected in report.rejected] == [5, 6]


def test_line_breaks_in_a_name_become_spaces(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    assert counts(imported(rows({"estate": "De\nVendel"}, {"estate": "De  Vendel"}))) == (
        1,
        0,
        1,
        0,
    )
    assert [row.estate for row in engine.board().items] == ["De Vendel"]


def test_formulas_and_apostrophes_are_just_text(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"estate": "'t Heen"}, {"estate": '=HYPERLINK("x")'}))
    assert counts(report) == (2, 0, 0, 0)
    assert {row.estate for row in engine.board().items} == {"'t Heen", '=HYPERLINK("x")'}


def test_an_open_stream_is_read_with_or_without_a_mark(engine: Engine, rows: Rows) -> None:
    assert counts(import_rows(engine, io.StringIO(rows()))) == (1, 0, 0, 0)
    marked = io.StringIO("\ufeff" + rows({"date": "2011"}))
    assert counts(import_rows(engine, marked)) == (1, 0, 0, 0)


def test_a_dash_reads_standard_input(
    engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows().encode())))
    assert counts(import_file(engine, "-")) == (1, 0, 0, 0)


def test_progress_tells_the_rows_done_and_the_share_read(
    engine: Engine, rows: Rows, imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.importing.run.ROWS_PER_CHUNK", 2)
    told: list[tuple[int, float | None]] = []
    text = rows({}, {"date": "2011"}, {"date": "x"}, {"date": "2012"}, {"date": "2013"})
    import_rows(engine, io.StringIO(text), progress=lambda done, share: told.append((done, share)))
    assert told == [(2, None), (4, None), (5, None)]


def test_progress_of_a_file_ends_at_all_of_it(engine: Engine, rows: Rows, tmp_path: Path) -> None:
    told: list[tuple[int, float | None]] = []
    path = tmp_path / "history.csv"
    path.write_text(rows({}, {}), "utf-8")
    import_file(engine, path, progress=lambda done, share: told.append((done, share)))
    assert told == [(2, 1.0)]
