"""Are counts, columns, thresholds, heat and the steps told in numbers and words as well?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kvob_domain.estate.state import Move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Language
from kvob_workflow.web.pictures.bars import Count, bars
from kvob_workflow.web.pictures.columns import Column, by_month, by_year, columns
from kvob_workflow.web.pictures.days import days_between, length
from kvob_workflow.web.pictures.dial import dial, dial_words, is_reached
from kvob_workflow.web.pictures.heat import heat_of
from kvob_workflow.web.pictures.steps_bar import steps_bar
from tests.web.pictures.seen import HOSTILE, LONG, complaints, seen


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "counts",
    [[], [Count("Convenant", 0)], [Count(HOSTILE, 3, "/x"), Count(LONG, 1234567), Count("", 1)]],
    ids=["nothing", "only zero", "hostile"],
)
def test_bars_are_well_formed_and_say_their_numbers(
    counts: list[Count], language: Language
) -> None:
    page = seen(bars(counts, "Trechter", language), bars(counts, "Nog een", language, name="b"))
    assert complaints(page) == []
    assert len(page.pictures) == 4


def test_numbers_are_written_as_the_language_does() -> None:
    counts = [Count("Geldig", 1234)]
    assert "1.234" in seen(bars(counts, "x", "nl")).words("kvob-wide")
    assert "1,234" in seen(bars(counts, "x", "en")).words("kvob-wide")


def test_months_in_between_are_zero_and_the_year_is_written_once() -> None:
    shown = by_month({date(2025, 11, 1): 2, date(2026, 2, 1): 1}, "nl")
    assert [(one.label, one.value, one.under) for one in shown] == [
        ("nov", 2, "2025"),
        ("dec", 0, "2025"),
        ("jan", 0, "2026"),
        ("feb", 1, "2026"),
    ]
    assert seen(columns(shown, "Per maand", "nl")).words("kvob-wide").count("2026") == 1


@pytest.mark.parametrize("years", [1, 8, 40])
def test_columns_that_would_be_too_thin_become_bars(years: int) -> None:
    shown = by_year({1986: 3, 1985 + years: 12345})
    page = seen(columns(shown, "Per jaar", "en"))
    assert complaints(page) == []
    assert page.words("kvob-wide").count("12,345") == 1
    assert len(shown) == years


def test_no_columns_at_all_is_said() -> None:
    assert by_month({}, "nl") == by_year({}) == ()
    assert "Er is niets te tellen." in seen(columns([], "x", "nl")).words()
    assert complaints(seen(columns([Column(HOSTILE, 1)], HOSTILE, "nl"))) == []


@pytest.mark.parametrize(
    ("part", "of", "words"),
    [
        (41, 113, "41 van 113 (36,3 %), drempel 30 %"),
        (27, 113, "27 van 113 (23,9 %), drempel 30 %"),
        (0, 0, "0 van 0, drempel 30 %"),
        (29999, 100000, "29.999 van 100.000 (29,99 %), drempel 30 %"),
    ],
)
def test_the_response_is_told_against_its_threshold(part: int, of: int, words: str) -> None:
    assert dial_words(part, of, Decimal(30), "nl") == words


@pytest.mark.parametrize(
    ("part", "of", "reached"), [(3, 10, True), (29, 100, False), (0, 0, False), (12, 10, True)]
)
def test_the_threshold_is_reached_at_the_threshold(part: int, of: int, reached: bool) -> None:
    assert is_reached(part, of, Decimal(30)) is reached
    page = seen(dial(part, of, Decimal("30.0"), "en", title=HOSTILE))
    assert complaints(page) == []
    said = "✓ Threshold reached" if reached else "! Threshold not yet reached"
    assert said in page.words()


def test_equal_counts_are_equally_warm_and_zero_is_never_warm() -> None:
    counts = [0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 55]
    heat = heat_of(counts)
    steps = [heat.css(count) for count in counts]
    assert steps == sorted(steps)
    assert steps[0] == "heat-0"
    assert steps[-1] == "heat-5"
    assert {step.css for step in heat.legend()} == {f"heat-{step}" for step in range(6)}


def test_a_map_of_nothing_is_cold_and_a_count_above_all_is_the_warmest() -> None:
    assert heat_of([]).css(3) == "heat-0"
    assert heat_of([0, 0]).css(0) == "heat-0"
    assert heat_of([7]).css(99) == "heat-1"


def test_the_steps_bar_says_done_current_and_future_with_their_days() -> None:
    known = datetime(2026, 1, 1, tzinfo=UTC)
    moves = [
        Move(date(2020, 9, 15), Step.KICKOFF, 1, known),
        Move(date(2020, 10, 6), Step.INVENTORY, 2, known),
    ]
    items = steps_bar(Step.INVENTORY, moves)
    assert [item.state for item in items] == ["done", "current", *["future"] * 5]
    assert [item.day for item in items[:3]] == [date(2020, 9, 15), date(2020, 10, 6), None]
    assert items[0].until == date(2020, 10, 6)


@pytest.mark.parametrize(("step", "done"), [(Step.REGISTERED, 0), (Step.ENDED, 0)])
def test_an_estate_without_a_trajectory_has_no_current_step(step: Step, done: int) -> None:
    states = [item.state for item in steps_bar(step, [])]
    assert "current" not in states
    assert states.count("done") == done


@pytest.mark.parametrize(
    ("first", "last", "nl"),
    [
        (date(2020, 1, 31), date(2020, 3, 1), "1 maand"),
        (date(2020, 1, 1), date(2022, 4, 1), "2 jaar en 3 maanden"),
        (date(2020, 1, 1), date(2021, 1, 1), "1 jaar"),
        (date(2020, 1, 1), date(2020, 1, 2), "1 dag"),
    ],
)
def test_a_length_is_told_in_whole_months(first: date, last: date, nl: str) -> None:
    assert length(first, last, "nl") == nl


@pytest.mark.parametrize(
    ("first", "last", "en"),
    [
        (None, None, "date unknown"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2020, 1, 1), date(2021, 12, 31), "2020 to 2021"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        (date(2020, 2, 1), date(2020, 2, 28), "1 Feb 2020 to 28 Feb 2020"),
    ],
)
def test_days_of_which_only_a_part_is_known_are_told_so(
    first: date | None, last: date | None, en: str
) -> None:
    assert days_between(first, last, "en") == en
