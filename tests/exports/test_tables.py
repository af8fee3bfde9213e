"""Do lists leave as tables that people can read, and that no spreadsheet runs?"""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kvob_domain.words import Language, Text
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.statistics_query import StatisticsQuery
from kvob_workflow import Engine
from kvob_workflow.exports.tables import (
    About,
    Column,
    Table,
    TablesNotInstalled,
    TableTooLong,
    csv_bytes,
    due_table,
    estates_table,
    measures_table,
    register_table,
    statistics_table,
    writing,
    xlsx_bytes,
)
from kvob_workflow.importing.workbooks import read_sheet

TODAY = date(2026, 11, 23)
ABOUT = About(
    made_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    on=TODAY,
    filters="gemeente:oss",
    source="https://kvob.example/terreinen",
)
HOSTILE = ("=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("http://x";"y")')
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def small(*values: Any) -> Table:
    """One row under numbered headings."""
    columns = tuple(Column(Text(f"kolom {n}", f"column {n}")) for n in range(len(values)))
    return Table(Text("Proef", "Trial"), columns, [values])


def lines(content: bytes) -> list[list[str]]:
    """A CSV file as Dutch Excel reads it."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook as another program reads them."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


@pytest.fixture
def tables(store: Engine) -> dict[Language, tuple[Table, ...]]:
    """Every list as a table."""
    return {
        language: (
            estates_table(store.board(BoardQuery(groups=True)).items, language),
            register_table(store.register().items, language),
            due_table(store.due(DueQuery(day=date(2022, 1, 1), overdue=True)).items, language),
            measures_table(store.measures().items, language),
            statistics_table(store.statistics(StatisticsQuery(day=store.today())), language),
        )
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_as_many_cells_as_headings_and_no_code_for_a_word(
    tables: dict[Language, tuple[Table, ...]], language: Language
) -> None:
    for table in tables[language]:
        rows = list(table.rows)
        headings = [column.heading.of(language) for column in table.columns]
        assert rows
        assert len(set(headings)) == len(headings)
        assert {len(row) for row in rows} == {len(headings)}
        said = {value for row in rows for value in row if isinstance(value, str)}
        assert not said & {"action_plan", "walk_round_day", "term_evaluation", "date_unknown"}


def test_an_estate_stands_in_words_and_days(store: Engine) -> None:
    board = store.board(BoardQuery(text="zilverhoek")).items
    header, row = lines(csv_bytes(estates_table(board)))
    told = dict(zip(header, row, strict=True))
    assert told["Terrein"] == "De Zilverhoek"
    assert told["Gemeente"] == "Voorbeeldstad"
    assert told["Kenmerk"] == board[0].estate_id
    assert told["Niveau afgeleid"] in ("ja", "nee")
    last = board[0].last_valid_day
    assert told["Geldig t/m"] == ("" if last is None else last.isoformat())


def test_csv_is_what_dutch_excel_opens() -> None:
    table = small("é;x", date(2027, 3, 1), True, 0.25, 7, None)
    assert csv_bytes(table).splitlines(keepends=True) == [
        "\ufeffkolom 0;kolom 1;kolom 2;kolom 3;kolom 4;kolom 5\r\n".encode(),
        '"é;x";2027-03-01;ja;0,25;7;\r\n'.encode(),
    ]
    assert lines(csv_bytes(table, "en"))[1] == ["é;x", "2027-03-01", "yes", "0.25", "7", ""]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_a_formula(text: str) -> None:
    assert lines(csv_bytes(small(text)))[1] == [f"'{text}"]
    content = xlsx_bytes(small(text), ABOUT)
    assert sheets(content)["Proef"][1] == [text]
    assert b"<f>" not in _part(content, "xl/worksheets/sheet1.xml")


def test_in_a_workbook_days_are_days_and_numbers_numbers() -> None:
    row = ("x", date(2027, 3, 1), date(1900, 1, 1), False, 0.25, 7, None, "00123")
    found = sheets(xlsx_bytes(small(*row), ABOUT))["Proef"][1]
    assert found == ["x", date(2027, 3, 1), "1900-01-01", "nee", 0.25, 7, "", "00123"]


def test_the_header_stays_in_sight_and_filters() -> None:
    part = _part(xlsx_bytes(small("x"), ABOUT), "xl/worksheets/sheet1.xml")
    assert b'state="frozen"' in part
    assert b"<autoFilter" in part


def test_a_second_sheet_says_of_what_the_table_is() -> None:
    told = dict(sheets(xlsx_bytes(small("x"), ABOUT))["Over deze tabel"])
    assert told["Gemaakt op"] == "2026-11-23T10:00:00+00:00"
    assert told["Peildatum"] == "2026-11-23"
    assert told["Filters"] == "gemeente:oss"
    assert told["Aantal rijen"] == "1"
    assert told["Bron"] == "https://kvob.example/terreinen"
    english = sheets(xlsx_bytes(small("x"), ABOUT._replace(filters=""), "en"))["About this table"]
    assert ["Filters", "none"] in english


def test_what_was_known_at_an_instant_is_said() -> None:
    known = ABOUT._replace(known_at=datetime(2020, 1, 1, tzinfo=UTC))
    told = dict(sheets(xlsx_bytes(small("x"), known))["Over deze tabel"])
    assert told["Zoals bekend op"] == "2020-01-01T00:00:00+00:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_can_be_a_workbook_and_the_same_one_gives_the_same_bytes(
    tables: dict[Language, tuple[Table, ...]], language: Language
) -> None:
    for table in tables[language]:
        kept = table._replace(rows=list(table.rows))
        content = xlsx_bytes(kept, ABOUT, language)
        assert content == xlsx_bytes(kept, ABOUT, language)
        first = sheets(content)[table.title.of(language)]
        assert len(first) == len(kept.rows) + 1  # type: ignore[arg-type]


def test_an_empty_list_is_a_table_with_headings_alone() -> None:
    table = estates_table(())
    assert len(lines(csv_bytes(table))) == 1
    assert len(sheets(xlsx_bytes(estates_table(()), ABOUT))["Terreinen"]) == 1


def test_a_text_that_no_cell_holds_is_cut_and_a_hostile_one_written() -> None:
    (_, (long, odd)) = sheets(xlsx_bytes(small("x" * 40_000, "\ud800\0\x07"), ABOUT))["Proef"]
    assert len(long) == 32_767
    assert long.endswith("…")
    assert odd.startswith("?")


def test_a_table_longer_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST_ROWS", 3)
    table = small("x")
    assert xlsx_bytes(table._replace(rows=[("x",)] * 2), ABOUT)
    with pytest.raises(TableTooLong) as refused:
        xlsx_bytes(table._replace(rows=[("x",)] * 3), ABOUT)
    assert "CSV" in refused.value.message("nl")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(TablesNotInstalled, match="xlsx"):
        xlsx_bytes(small("x"), ABOUT)
    assert csv_bytes(small("x"))


def test_what_was_written_can_be_read_by_the_importer() -> None:
    found = list(read_sheet(xlsx_bytes(small("=x", date(2027, 3, 1), 7), ABOUT)).records())
    assert found[1] == (2, ["=x", "2027-03-01", "7"])


def _part(content: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        return workbook.read(name)
