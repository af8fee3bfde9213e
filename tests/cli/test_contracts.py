"""Does `kvob --json` keep the contracts that scripts rely on? On the sample cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow import BoardRow, DueRow, HistoryEntry, MeasureRow, RegisterRow

Kvob = Callable[..., Any]

SOEST = "De Soestdijkse Grachten, Soest"


@pytest.fixture
def look(call: Kvob, sample_store: str) -> Callable[..., Any]:
    """Asks the sample store, and gives the one JSON document back."""

    def look(*arguments: str) -> Any:
        done = call(*arguments, "--json", "--store", sample_store)
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)

    return look


def names(row: type[Any]) -> list[str]:
    """The field names of a Python row, in order."""
    return [field.name for field in fields(row)]


def status_in(rows: list[dict[str, Any]], estate: str) -> str | None:
    """The status of an estate in a register."""
    return next((row["status"] for row in rows if row["estate"] == estate), None)


def test_the_sample_file_has_no_rejected_rows_and_the_second_import_accepts_none(
    call: Kvob, sample_file: Path
) -> None:
    first = call("import", str(sample_file), "--json").json()
    assert list(first) == ["rows", "accepted", "remarks", "duplicates", "rejected"]
    assert first["rejected"] == []
    assert first["accepted"] > 0
    again = call("import", str(sample_file), "--json").json()
    assert (again["accepted"], again["remarks"], again["rejected"]) == (0, 0, [])
    for report in (first, again):
        told = report["accepted"] + report["remarks"] + report["duplicates"]
        assert told + len(report["rejected"]) == report["rows"]


def test_a_dry_run_gives_the_same_report_and_makes_no_store(
    call: Kvob, sample_file: Path, tmp_path: Path
) -> None:
    trial = call("import", str(sample_file), "--dry-run", "--json").json()
    assert list(tmp_path.iterdir()) == []
    assert call("import", str(sample_file), "--json").json() == trial


def test_a_certificate_expires_with_no_scheduler_at_work(look: Callable[..., Any]) -> None:
    assert status_in(look("register", "--on", "2022-10-09"), "De Soestdijkse Grachten") == "valid"
    assert status_in(look("register", "--on", "2022-10-10"), "De Soestdijkse Grachten") == "expired"


def test_the_estates_of_baarn_are_valid_to_the_end_of_2026(look: Callable[..., Any]) -> None:
    for day, status in (("2026-12-31", "valid"), ("2027-01-01", "expired")):
        rows = look("register", "--on", day, "--municipality", "Baarn")
        assert rows
        assert {row["status"] for row in rows} == {status}


def test_the_register_lists_the_fields_of_the_python_rows(look: Callable[..., Any]) -> None:
    rows = look("register", "--on", "2020-01-15")
    assert {tuple(row) for row in rows} == {tuple(names(RegisterRow))}
    row = next(row for row in rows if row["estate"] == "De Soestdijkse Grachten")
    promised = {
        "municipality": "Soest",
        "status": "valid",
        "level": "Basis Samenwerken",
        "level_derived": False,
        "valid_from": "2019-10-10",
        "expires_on": "2022-10-10",
        "estimated": False,
        "certificate_number": 1,
    }
    assert {name: row[name] for name in promised} == promised


def test_the_register_leaves_out_estates_without_a_certificate(look: Callable[..., Any]) -> None:
    assert status_in(look("register", "--on", "2019-10-09"), "De Soestdijkse Grachten") is None
    known = {"valid", "suspended", "expired", "withdrawn", "unknown"}
    assert {row["status"] for row in look("register")} <= known


def test_the_board_lists_the_fields_of_the_python_rows(look: Callable[..., Any]) -> None:
    rows = look("board", "--on", "2020-01-15")
    assert len(rows) > 50
    assert {tuple(row) for row in rows} == {tuple(names(BoardRow))}


def test_what_is_due_lists_the_fields_of_the_python_rows(look: Callable[..., Any]) -> None:
    rows = look("due", "--within", "90d", "--on", "2026-11-23")
    assert rows
    assert {tuple(row) for row in rows} == {tuple(names(DueRow))}
    assert {row["due_on"] for row in rows} <= {"2026-12-31", "2027-01-01"}


def test_a_history_lists_the_fields_of_the_python_rows(look: Callable[..., Any]) -> None:
    rows = look("history", SOEST)
    assert len(rows) >= 3
    assert {tuple(row) for row in rows} == {tuple(names(HistoryEntry))}
    assert {row["title"]["nl"] for row in rows} >= {"Aangemeld", "Feit uit het verleden vastgelegd"}


def test_measures_are_a_list_of_the_python_rows(call: Kvob) -> None:
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    assert call("measures", "--json").json() == []
    assert "due_on" in names(MeasureRow)


def test_filters_sorting_and_paging_work_together(look: Callable[..., Any]) -> None:
    rows = look("board", "--step", "evaluation", "--sort", "-estate", "--limit", "5")
    assert [row["step"] for row in rows] == ["evaluation"] * 5
    found = [row["estate"] for row in rows]
    assert found == sorted(found, key=str.casefold, reverse=True)
    two = look("board", "--step", "evaluation", "--sort=-estate", "--limit", "2", "--offset", "1")
    assert [row["estate"] for row in two] == found[1:3]


def test_a_filter_takes_the_words_of_the_screens(look: Callable[..., Any]) -> None:
    code = look("board", "--step", "action_plan")
    assert code
    assert look("board", "--step", "action-plan") == code
    assert look("board", "--step", "Plan van aanpak") == code


def test_the_overview_of_an_estate_is_one_object(look: Callable[..., Any]) -> None:
    overview = look("estate", SOEST, "--on", "2020-01-15")
    assert (overview["estate"], overview["status"], overview["on"]) == (
        "De Soestdijkse Grachten",
        "valid",
        "2020-01-15",
    )
    assert overview["certificates"][0]["last_valid_day"] == "2022-10-09"


def test_options_before_the_command_count_as_well(call: Kvob, sample_store: str) -> None:
    before = call("--json", "--store", sample_store, "board", "--limit", "1")
    assert before.json() == call("board", "--limit", "1", "--json", "--store", sample_store).json()


def test_a_store_that_is_not_there_is_empty_and_is_not_made(call: Kvob, tmp_path: Path) -> None:
    done = call("board", "--json")
    assert (done.code, done.json(), done.err) == (0, [], "")
    assert "kvob.db" in call("board").err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("scheme", "list"),
        ("scheme", "show", "kvo-4.0"),
        ("scheme", "show", "practice"),
        ("config", "show"),
        ("diagram",),
        ("doctor",),
        ("version",),
        ("completion",),
        ("measures",),
    ],
)
def test_every_other_command_gives_one_document_too(
    arguments: tuple[str, ...], look: Callable[..., Any]
) -> None:
    assert look(*arguments) is not None


def test_an_error_is_one_document_on_standard_error(call: Kvob) -> None:
    done = call("estate", "Nergens", "--json", "--lang", "nl")
    document = json.loads(done.err)
    assert (done.code, done.out, list(document)) == (4, "", ["error"])
    assert list(document["error"]) == ["code", "message", "fields", "others"]
    assert document["error"]["code"] == "estate-not-found"
    assert document["error"]["message"].startswith("Terrein 'Nergens' is hier niet bekend.")
    assert document["error"]["fields"] == {"text": "Nergens"}
    assert document["error"]["others"] == []
