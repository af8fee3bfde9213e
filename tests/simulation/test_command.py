"""Do `kvob simulate`, `kvob heat-map` and `kvob calendar` show and write what they should?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
import pytest
from rich.cells import cell_len

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.cli.main import run
from kvob_workflow.importing import import_file
from tests.simulation.conftest import write_recent

FAR = "2040-01-01"


class Called:
    """What one call gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Kvob = Callable[..., Called]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with invented histories and an estate with a name that spreadsheets would run."""
    folder = tmp_path_factory.mktemp("store")
    address = f"sqlite:///{folder / 'kvob.db'}"
    write_recent(folder / "history.csv", estates=40)
    with Engine.open(address, synchronous="NORMAL") as engine:
        import_file(engine, folder / "history.csv")
        engine.do(RegisterEstate(name="=1+1", municipalities=("@Soest",)))
        estate = engine.find("=1+1")
    with Engine.open(address) as engine:
        rows = "estate,municipality,event,date,valid_to,source_url\n"
        (folder / "one.csv").write_text(
            f"{rows}=1+1,@Soest,award,2025-01-01,2037-12-31,https://example.org/\n", "utf-8"
        )
        assert import_file(engine, folder / "one.csv").rejected == ()
        assert engine.state(estate).certificates
    return address


@pytest.fixture
def kvob(url: str, capsys: pytest.CaptureFixture[str]) -> Kvob:
    """Runs `kvob` on the store, in English."""

    def call(*arguments: str) -> Called:
        capsys.readouterr()
        code = int(run((*arguments, "--store", url, "--lang", "en")))
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return call


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_rows_on_the_output_are_those_of_the_summary(kvob: Kvob) -> None:
    rows = rows_of(kvob("simulate", "--until", FAR, "--csv", "-").out)
    summary = json.loads(kvob("simulate", "--until", FAR, "--json").out)
    assert len(rows) == summary["total"] > 0
    assert sum(month["total"] for month in summary["months"]) == summary["total"]
    expiring = [row["on"] for row in rows if row["kind"] == "expiry"]
    assert sorted(expiring)[:20] == [row["on"] for row in summary["first_expiries"]]


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(kvob: Kvob) -> None:
    rows = rows_of(kvob("simulate", "--until", FAR, "--municipality", "@Soest", "--csv", "-").out)
    assert {(row["estate"], row["municipality"]) for row in rows} == {("'=1+1", "'@Soest")}


def test_a_file_is_replaced_only_when_that_is_said(kvob: Kvob, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    asked = ("simulate", "--until", FAR, "--csv", str(path))
    assert kvob(*asked).code == 0
    assert len(rows_of(path.read_text("utf-8"))) > 0
    path.write_text("mine", "utf-8")
    refused = kvob(*asked)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    assert path.read_text("utf-8") == "mine"
    assert kvob(*asked, "--yes").code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["rows.csv"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(kvob: Kvob, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing" / "rows.csv", "/dev/null"):
        done = kvob("calendar", "--output", str(path), "--yes")
        assert (done.code, "output-unwritable" in done.err) == (6, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("by", ["month", "municipality", "body"])
@pytest.mark.parametrize("assume", ["nobody-acts", "renewals-take-the-median"])
def test_no_screen_is_wider_than_the_terminal(
    by: str, assume: str, kvob: Kvob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.cli.screens.screen.output_width", lambda: 80)
    days = ("--renewal-days=-10",) if assume != "nobody-acts" else ()
    done = kvob("simulate", "--until", FAR, "--by", by, "--assume", assume, *days)
    assert done.code == 0
    assert max(cell_len(line) for line in done.out.splitlines()) <= 80
    assert "Without a deadline: " in done.out


def test_a_missing_day_and_two_documents_on_one_output_are_refused(kvob: Kvob) -> None:
    assert "--until" in kvob("simulate").err
    assert kvob("simulate").code == 2
    assert kvob("simulate", "--until", FAR, "--csv", "-", "--json").code == 2
    assert kvob("simulate", "--until", "2020-01-01").code == 2
    assert kvob("simulate", "--until", FAR, "--assume", "luck").code == 2


def test_the_heat_map_shows_each_month_and_fits_the_terminal(
    kvob: Kvob, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("heat-map", "--from", "2026-01", "--until", "2030-12")
    found = json.loads(kvob(*asked, "--json").out)
    assert len(found["months"]) == 60
    assert found["total"] == sum(found["counts"]) > 0
    monkeypatch.setattr("kvob_workflow.cli.screens.screen.output_width", lambda: 80)
    screen = kvob(*asked).out
    assert max(cell_len(line) for line in screen.splitlines()) <= 80
    assert "\N{FULL BLOCK} " in screen
    assert f"{found['total']} deadlines." in screen


def test_a_month_that_is_none_and_an_empty_map_say_so(kvob: Kvob) -> None:
    assert kvob("heat-map", "--from", "soon").code == 2
    empty = kvob("heat-map", "--from", "1950-01", "--until", "1950-02")
    assert (empty.code, "--kind" in empty.out) == (0, True)


def test_the_calendar_of_one_estate_and_kind_has_one_entry(kvob: Kvob, tmp_path: Path) -> None:
    path = tmp_path / "one.ics"
    done = kvob("calendar", "--estate", "=1+1", "--kind", "expiry", "--output", str(path))
    assert (done.code, str(path) in done.out) == (0, True)
    entries = icalendar.Calendar.from_ical(path.read_bytes()).events
    assert [entry.decoded("DTSTART") for entry in entries] == [date(2038, 1, 1)]
    printed = kvob("calendar", "--estate", "=1+1", "--kind", "expiry")
    assert printed.out.encode() == path.read_bytes()
    document = json.loads(kvob("calendar", "--party", "Keurders bv", "--json").out)
    assert document["calendar"].startswith("BEGIN:VCALENDAR")
