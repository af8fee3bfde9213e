"""How does the command line tell the figures: in tables, as CSV, as JSON, and what they count?"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.words import Language
from kvob_projections.counted import FigureRow
from kvob_projections.distributions import Distribution
from kvob_projections.figures import FIGURES, FigureCode
from kvob_projections.statistics import FigureAnswer, Statistics
from kvob_workflow import RegisterEstate
from kvob_workflow.cli.screens.screen import Screen
from kvob_workflow.cli.screens.statistics import draw_statistics
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


def test_a_filter_that_fits_nothing_is_told_with_the_names_that_there_are(
    call: Kvob, sample_store: str
) -> None:
    asked = ("statistics", "audits", "--store", sample_store)
    wrong = ("--body", "Kiwi", "--municipality", "Soost", "--edition", "kvo-9")
    shown = call(*asked, *wrong, "--lang", "en").out
    heading, *_ = shown.splitlines()
    assert heading.endswith("; municipality 'Soost'; body 'Kiwi'; edition 'kvo-9'")
    assert "No body 'Kiwi' in the figures; there are: Kiwa, Kiwa Nederland." in shown
    assert "No municipality 'Soost' in the figures; there are: Soest, " in shown
    assert "No edition 'kvo-9' in the figures; there are: kvo-2008, " in shown
    piped = call(*asked, "--body", "Kiwi", "--csv", "-", "--lang", "nl")
    assert piped.err.startswith("Geen instelling 'Kiwi' in de cijfers; er zijn: Kiwa, ")
    found = call(*asked, *wrong, "--json").json()
    assert (found["body"], found["municipality"], found["edition"]) == ("Kiwi", "Soost", "kvo-9")
    fits = {one["filter"]: one for one in found["unmatched"]}
    assert (len(fits["municipality"]["known"]), fits["municipality"]["more"]) == (10, True)
    assert (fits["body"]["known"], fits["body"]["more"]) == (["Kiwa", "Kiwa Nederland"], False)
    right = ("--body", "kiwa", "--municipality", "soest", "--edition", "kvo-3.1")
    assert call(*asked, *right, "--json").json()["unmatched"] == []


def test_the_example_of_the_documentation_finds_something(call: Kvob, sample_store: str) -> None:
    asked = ("audits", "decisions", "coming", "--body", "Kiwa Nederland", "--lang", "en")
    shown = call("statistics", *asked, "--store", sample_store).out
    assert "2019-04  3 " in shown
    assert "2019-06  3 " in shown


def test_what_is_left_out_of_all_bodies_does_not_stand_under_the_last(
    call: Kvob, sample_store: str
) -> None:
    shown = call("statistics", "audits", "--lang", "nl", "--store", sample_store).out
    assert "\n\nNiet meegeteld, alle instellingen samen: 4 " in shown
    alone = call("statistics", "audits", "--lang", "en", "--body", "Kiwa", "--store", sample_store)
    assert "\nLeft out: 4 " in alone.out


def test_days_after_the_day_asked_are_told_not_to_count(call: Kvob, zilverhoek: str) -> None:
    cut = ("statistics", "funnel", "--on", "2022-01-01", "--until", "2022-01-02", "--lang", "en")
    told = "Days after the day asked, 2022-01-01, are not counted; --on gives a later one."
    assert told in call(*cut).out
    assert call(*cut, "--json").json()["cut"] is True
    assert told not in call(*cut[:4], "--until", "2022-01-01", "--lang", "en").out
    late = call(
        "statistics", "--on", "2022-01-01", "--since", "2030-01-01", "--until", "2031-01-01"
    )
    assert (late.code, "period-ahead" in late.err, "--on" in late.err) == (2, True, True)
    behind = call("statistics", "coming", "--on", "2022-01-01", "--ahead", "2021-12-31")
    assert (behind.code, "ahead-invalid" in behind.err) == (2, True)
    assert call("statistics", "coming", "--on", "2022-01-01", "--ahead", "2022-01-01").code == 0


@pytest.mark.parametrize(
    ("language", "told", "medians"),
    [
        (
            "nl",
            "1 met dagen deels bekend, 7 met dagen deels bekend, 1 met stappen ertussen onbekend, "
            "1 hercertificering, 1.586 hercertificeringen, 1 loopt nog, 2 lopen nog",
            ("1.586", "1.586,5", "-1.586", "0,5"),
        ),
        (
            "en",
            "1 with days partly known, 7 with days partly known, 1 with steps in between unknown, "
            "1 renewal, 1,586 renewals, 1 still running, 2 still running",
            ("1,586", "1,586.5", "-1,586", "0.5"),
        ),
    ],
)
def test_numbers_read_as_the_language_writes_them_after_one_and_after_more(
    capsys: pytest.CaptureFixture[str],
    language: Language,
    told: str,
    medians: tuple[str, ...],
) -> None:
    left_out = (
        *(("estimated", 1), ("unsure", 7), ("gap", 1), ("renewal", 1), ("renewal", 1586)),
        *(("running", 1), ("running", 2)),
    )
    for days in (1586.0, 1586.5, -1586.0, 0.5):
        rows = (
            FigureRow("", 1586, days=Distribution(1586, days, 1, 1, 1, 1, 1)),
            *(FigureRow("", 0, left_out={name: number}) for name, number in left_out),
        )
        answer = FigureAnswer(FIGURES[FigureCode.FIRST_CYCLE], rows, {})
        day = date(2026, 1, 1)
        draw_statistics(Screen(language), Statistics(day, None, day, day, (answer,)))
    lines = [re.split(r"  +", line.strip()) for line in capsys.readouterr().out.splitlines()]
    counted = [line for line in lines if line[1:2] == [medians[0]]]
    assert tuple(line[2] for line in counted) == medians
    parts = [line[2] for line in lines if line[1:2] == ["0"]]
    assert ", ".join(parts[: len(left_out)]) == told


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
