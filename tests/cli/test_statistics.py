"""How does the command line tell the figures: in tables, as CSV, as JSON, and what they count?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kvob_projections.figures import FigureCode
from kvob_workflow import RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.engine import Engine
from tests.cli.conftest import Kvob


@pytest.fixture
def zilverhoek(store: str) -> str:
    """A store with the invented estate, as far as its story was taken."""
    with Engine.open(store, synchronous="NORMAL") as engine:
        estate = engine.do(RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",)))
        for step in story(estate.estate):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
    return store


def test_every_figure_stands_on_the_screen_with_how_many_it_is_of(
    call: Kvob, zilverhoek: str
) -> None:
    out = call("statistics", "--lang", "en", "--store", zilverhoek).out
    assert "Time per step (days)" in out
    assert "How certificates ended" in out
    assert "Renewed on time" in out
    assert "Funnel of the first cycle (estates)" in out
    assert "* fewer than five: chance weighs heavily." in out


def test_a_figure_can_be_asked_alone_in_any_spelling(call: Kvob, zilverhoek: str) -> None:
    found = call("statistics", "first-cycle", "Renewed_On_Time", "--json").json()
    assert [one["figure"]["code"] for one in found["figures"]] == ["first_cycle", "renewed_on_time"]
    assert found["figures"][0]["rows"][0]["days"]["median"] == 261
    assert found["figures"][1]["rows"][0]["share"] == 1.0
    assert found["figures"][0]["figure"]["definition"]["nl"]


def test_a_program_and_a_spreadsheet_get_the_same_numbers(
    call: Kvob, zilverhoek: str, tmp_path: Path
) -> None:
    path = tmp_path / "figures.csv"
    assert call("statistics", "--csv", str(path)).code == 0
    assert call("statistics", "--csv", str(path)).code == 2  # it is there already
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    found = {(row["figure"], row["key"]): row for row in rows if row["n"]}
    assert found["time_per_step", "kickoff"]["median"] == "21"
    assert found["renewed_on_time", ""]["share"] == "1"
    left_out = [row for row in rows if row["part"].startswith("left out: ")]
    assert [row["key"] for row in left_out if row["figure"] == "time_per_step"] == ["evaluation"]
    piped = call("statistics", "--csv", "-").out
    assert piped == path.read_text("utf-8")


def test_what_a_figure_counts_is_told_without_a_store(call: Kvob) -> None:
    told = call("statistics", "--explain", "lapsed-by-neglect", "--lang", "nl")
    assert told.out.startswith("lapsed_by_neglect: Verlopen door nalaten")
    assert "Noemer: alle certificaten" in told.out
    every = call("statistics", "--explain", "--json").json()
    assert [one["code"] for one in every] == [code.value for code in FigureCode]


def test_filters_narrow_the_figures(call: Kvob, zilverhoek: str) -> None:
    def first_cycles(*words: str) -> int:
        found = call("statistics", "first-cycle", "--json", *words).json()
        return int(found["figures"][0]["rows"][0]["n"])

    assert first_cycles() == 1
    assert first_cycles("--municipality", "voorbeeldstad") == 1
    assert first_cycles("--municipality", "Oss") == 0
    assert first_cycles("--edition", "kvo-4.0") == 0
    assert first_cycles("--since", "2021-06-03", "--until", "2021-06-03") == 1
    assert first_cycles("--since", "2021-06-04") == 0
    assert first_cycles("--on", "2021-06-02") == 0


@pytest.mark.parametrize(
    "words",
    [
        ("alles",),
        ("--since", "2030-01-01"),
        ("--silent-days", "0"),
        ("--json", "--csv", "-"),
        ("--municipality", "x" * 201),
    ],
)
def test_what_cannot_be_asked_is_refused(call: Kvob, words: tuple[str, ...]) -> None:
    assert call("statistics", *words).code == 2
