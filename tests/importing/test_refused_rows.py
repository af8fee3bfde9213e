"""Which rows are refused? Each alone, with its line, a code, and what to do; the others go on."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_rows

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]

AFTER = {"date": "2013-05-05"}


def refused(report: ImportReport) -> list[tuple[int, str]]:
    """The rows and codes of what was refused."""
    return [(rejected.row, rejected.error.code) for rejected in report.rejected]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"estate": ""}, "row-field-missing"),
        ({"estate": " \u0301"}, "row-field-missing"),
        ({"municipality": ""}, "row-field-missing"),
        ({"municipality": " / "}, "row-field-missing"),
        ({"event": ""}, "row-field-missing"),
        ({"source_url": "  "}, "row-field-missing"),
        ({"event": "toekenning"}, "row-value-unknown"),
        ({"outcome": "cancelled"}, "row-value-unknown"),
        ({"variant": "industry"}, "row-value-unknown"),
        ({"group": "maybe"}, "row-value-unknown"),
        ({"date_basis": "guessed"}, "row-value-unknown"),
        ({"date": "10-10-2019"}, "row-date-malformed"),
        ({"date": "10/10/2019"}, "row-date-malformed"),
        ({"date": "2019-02-30"}, "row-date-malformed"),
        ({"date": "43748"}, "row-date-malformed"),
        ({"date": "'2019-10-10"}, "row-date-malformed"),
        ({"date": "2019-10-10 00:00:00"}, "row-date-malformed"),
        ({"date": "٢٠١٩"}, "row-date-malformed"),
        ({"valid_to": "31-12-2021"}, "row-date-malformed"),
        ({"valid_to": "2010-10-20"}, "row-ends-before-begin"),
        ({"date": "2026-11-24"}, "date-in-future"),
        ({"date": "2027"}, "date-in-future"),
        ({"date": "2027", "variant": "countryside"}, "date-in-future"),
        ({"cycle": "0"}, "row-cycle-invalid"),
        ({"cycle": "1000"}, "row-cycle-invalid"),
        ({"cycle": "-1"}, "row-cycle-invalid"),
        ({"cycle": "1.0"}, "row-cycle-invalid"),
        ({"cycle": "²"}, "row-cycle-invalid"),
        ({"estate": "x" * 201}, "row-field-too-long"),
        ({"municipality": "x" * 201}, "row-field-too-long"),
        ({"source_url": "x" * 1001}, "row-field-too-long"),
        ({"level": "x" * 101}, "row-field-too-long"),
        ({"certifier": "x" * 201}, "row-field-too-long"),
        ({"note": "x" * 4001}, "row-field-too-long"),
        ({"parties": "x" * 201}, "row-field-too-long"),
        ({"parties": "x;" * 2001}, "row-field-too-long"),
        ({"parties": '""' * 2000, "event": "other"}, "row-field-too-long"),
        ({"estate": "De\0Vendel"}, "row-character-invalid"),
        ({"note": "bell\a"}, "row-character-invalid"),
    ],
)
def test_a_malformed_field_is_refused_and_the_next_row_goes_on(
    engine: Engine, rows: Rows, imported: Importing, fields: dict[str, str], code: str
) -> None:
    report = imported(rows(fields, AFTER))
    assert refused(report) == [(2, code)]
    assert (report.rows, report.accepted) == (2, 1)
    # A refused row leaves nothing behind, not even the estate that it names.
    assert [row.estate for row in engine.board().items] == ["De Vendel"]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-11-23"},
        {"date": "2026-11"},
        {"date": "2026"},
        {"date": ""},
        {"event": "expiry", "date": "2030"},
        {"valid_to": "2010"},
        {"valid_to": "2033-12-31"},
        {"event": "AUDIT", "outcome": "Negative", "group": "No", "date_basis": "Derived"},
        {"cycle": "007", "note": "tab\tand\nline"},
        {"parties": " ;; gemeente ; ;politie;politie"},
    ],
)
def test_what_only_looks_odd_is_taken_in(
    rows: Rows, imported: Importing, fields: dict[str, str]
) -> None:
    report = imported(rows(fields))
    assert (refused(report), report.accepted) == ([], 1)


def test_a_message_says_in_both_languages_how_to_write_a_date(
    rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"date": "10-10-2019"}))
    dutch = report.as_dict("nl")["rejected"][0]
    english = report.as_dict("en")["rejected"][0]
    assert (dutch["row"], dutch["code"]) == (english["row"], english["code"])
    assert dutch["message"].startswith("'10-10-2019' in kolom 'date' is geen datum. Schrijf jaar")
    assert "give the column the format Text first" in english["message"]


def test_an_error_repeats_no_more_than_a_little_of_the_input(
    rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"date": "x" * 9000}, {"event": "y" * 9000}, {"cycle": "1" * 9000}))
    messages = [line["message"] for line in report.as_dict()["rejected"]]
    assert len(messages) == 3
    assert max(map(len, messages)) < 400


def test_more_fields_than_columns_are_refused(rows: Rows, imported: Importing) -> None:
    report = imported(rows({"note": "a"}) + f"{'x,' * 7}x\n" + rows(AFTER).split("\n")[1])
    assert refused(report) == [(3, "row-fields-excess")]
    assert "8 fields, the header 7" in report.rejected[0].error.message("en")


@pytest.mark.parametrize(
    "line", ['"De "Vendel"",Veenendaal,award,2011,held,https://a.nl', '"De Vendel,Veenendaal,award']
)
def test_quotes_that_do_not_match_cost_their_own_row_only(
    rows: Rows, imported: Importing, line: str
) -> None:
    following = [{"date": f"{2000 + year}", "note": "quoted, as it should be"} for year in range(9)]
    header, *lines = rows(*following).splitlines()
    report = imported("\n".join([header, line, *lines]))
    assert refused(report) == [(2, "row-quotes-unbalanced")]
    assert report.accepted == 9


def test_a_quote_that_is_never_closed_costs_its_own_row_only(
    rows: Rows, imported: Importing
) -> None:
    header, *lines = rows(*({"date": f"{1950 + year}"} for year in range(70))).splitlines()
    report = imported("\n".join([header, *lines[:30], '"De Vendel,Veenendaal', *lines[30:]]))
    assert refused(report) == [(32, "row-quotes-unbalanced")]
    assert report.accepted == 70


def test_half_a_character_from_a_stream_is_refused(engine: Engine, rows: Rows) -> None:
    report = import_rows(engine, io.StringIO(rows({"note": "\ud800"}, AFTER)))
    assert refused(report) == [(2, "row-character-invalid")]
    assert report.accepted == 1


def test_an_estate_that_only_refused_rows_name_is_not_registered(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"date": "2999-01-01"}))
    assert report.estates == 0
    assert engine.board().total == 0
