"""Do the facts about real Dutch estates, shipped with the package, all come in?"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from kvob_projections.register import RegisterQuery, RegisterRow
from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_file, sample_cases
from kvob_workflow.importing.columns import COLUMNS


@pytest.fixture
def report(engine: Engine) -> ImportReport:
    """The report of the first import of the sample file."""
    with sample_cases() as path:
        return import_file(engine, path)


def on_register(engine: Engine, name: str, day: date) -> RegisterRow | None:
    """The estate's line in the register on a day."""
    page = engine.register(RegisterQuery(day=day, text=name))
    return next((row for row in page.items if row.estate == name), None)


def test_no_row_of_the_sample_is_rejected(report: ImportReport) -> None:
    assert report.rejected == ()
    assert report.notices == ()


def test_each_row_of_the_sample_is_a_fact_or_a_remark(report: ImportReport) -> None:
    assert (report.rows, report.accepted, report.remarks, report.duplicates) == (198, 172, 26, 0)


def test_other_rows_and_variants_and_planned_ones_are_the_remarks(report: ImportReport) -> None:
    with sample_cases() as path, path.open(encoding="utf-8", newline="") as file:
        moving_nothing = sum(
            row["event"] == "other" or row["variant"] != "estate" or row["outcome"] == "planned"
            for row in csv.DictReader(file)
        )
    assert report.remarks == moving_nothing == 26


def test_the_second_import_finds_nothing_new(engine: Engine, report: ImportReport) -> None:
    with sample_cases() as path:
        again = import_file(engine, path)
    assert (again.rows, again.accepted, again.remarks, again.duplicates) == (198, 0, 0, 198)
    assert (again.rejected, again.estates) == ((), report.estates)


def test_a_dry_run_reports_the_same_and_writes_nothing(engine: Engine) -> None:
    with sample_cases() as path:
        rehearsed = import_file(engine, path, dry_run=True)
        assert engine.board().total == 0
        real = import_file(engine, path)
    assert rehearsed.as_dict() == real.as_dict()
    assert (rehearsed.dry_run, real.dry_run) == (True, False)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2019, 10, 10), "valid"),
        (date(2022, 10, 9), "valid"),
        (date(2022, 10, 10), "expired"),
    ],
)
def test_de_soestdijkse_grachten_is_valid_for_three_years(
    engine: Engine, report: ImportReport, day: date, status: str
) -> None:
    row = on_register(engine, "De Soestdijkse Grachten", day)
    assert row is not None
    assert (row.status, row.municipality, row.level) == (status, "Soest", "Basis Samenwerken")
    assert (row.expires_on, row.estimated) == (date(2022, 10, 10), False)


def test_de_soestdijkse_grachten_is_absent_before_its_award(
    engine: Engine, report: ImportReport
) -> None:
    assert on_register(engine, "De Soestdijkse Grachten", date(2019, 10, 9)) is None


@pytest.mark.parametrize("estate", ["Noordschil", "Drie Eiken"])
def test_the_estates_of_baarn_are_valid_to_the_end_of_2026(
    engine: Engine, report: ImportReport, estate: str
) -> None:
    last, after = (
        on_register(engine, estate, date(*day)) for day in ((2026, 12, 31), (2027, 1, 1))
    )
    assert last is not None
    assert after is not None
    assert (last.status, after.status) == ("valid", "expired")


def test_two_municipalities_in_one_field_are_two(engine: Engine, report: ImportReport) -> None:
    shared = [row for row in engine.board().items if "Uithoorn" in row.municipality]
    assert [row.municipality for row in shared] == ["Aalsmeer/Uithoorn"]


def test_groups_are_no_estates(engine: Engine, report: ImportReport) -> None:
    assert not any("(all)" in row.estate for row in engine.board().items)


def test_every_row_of_the_sample_names_a_public_page_and_each_column_is_known() -> None:
    with sample_cases() as path, path.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert Counter(row["source_url"].partition("://")[0] for row in listed).keys() <= {
        "http",
        "https",
    }
    assert set(listed[0]) <= set(COLUMNS)
    readme = (path.parent / "README.md").read_text("utf-8")
    assert [column for column in listed[0] if f"`{column}`" not in readme] == []
