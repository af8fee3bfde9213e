"""Is the line true to time, legible with much or nothing on it, and told as rows as well?"""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from kvob_domain.words import Language
from kvob_workflow.web.pictures.time_scale import scale_of, ticks
from kvob_workflow.web.pictures.timeline import (
    Bar,
    Deadline,
    Story,
    TimelineEvent,
    rows,
    timeline,
)
from tests.web.pictures.seen import HOSTILE, LONG, complaints, seen

TODAY = date(2026, 11, 24)


def event(day: date, label: str = "Schouw", **more: str) -> TimelineEvent:
    """Something that happened and was recorded on one day."""
    return TimelineEvent(day, day, day, label, more.get("href"))


def many(count: int) -> tuple[TimelineEvent, ...]:
    """Events spread over forty years."""
    first = date(1986, 1, 1)
    return tuple(
        event(first + timedelta(days=29 * at), f"Gebeurtenis {at}", href=f"/events/{at}")
        for at in range(count)
    )


FULL = Story(
    TODAY,
    events=(event(date(2021, 6, 3), HOSTILE, href="/events/1"), event(date(2023, 5, 30), LONG)),
    steps=(Bar(date(2020, 9, 15), date(2021, 6, 3), HOSTILE, "step"),),
    certificates=(Bar(date(2021, 6, 3), date(2024, 6, 2), LONG, "valid", "Geldig", "/c/1"),),
    deadlines=(Deadline(date(2027, 6, 2), HOSTILE), Deadline(date(2026, 9, 1), LONG)),
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "story",
    [Story(TODAY), FULL, Story(TODAY, (event(TODAY),)), Story(TODAY, many(500)), Story(date.max)],
    ids=["nothing", "hostile", "one day", "five hundred", "the last day there is"],
)
def test_it_is_well_formed_in_both_languages(story: Story, language: Language) -> None:
    page = seen(
        timeline(story, language, name="a"),
        timeline(story, language, name="b", folded=False, with_recorded=True),
    )
    assert complaints(page) == []
    assert len(page.pictures) == 4


def test_five_hundred_events_stay_a_small_page() -> None:
    drawn = timeline(Story(TODAY, many(500)), "nl")
    assert len(drawn) < 120_000
    counted = [said for said in seen(drawn).words("kvob-wide") if said.startswith("+")]
    drawn_marks = len(list(seen(drawn).pictures[0].iter("a")))
    assert drawn_marks + sum(int(said) for said in counted) == 500


def test_a_long_time_without_events_is_folded_and_said_in_words() -> None:
    story = Story(date(2024, 6, 1), (event(date(2022, 2, 1)), event(date(2024, 5, 1))))
    assert "2 jaar en 3 maanden zonder gebeurtenissen" in seen(timeline(story, "nl")).words()
    assert "2 years and 3 months without events" in seen(timeline(story, "en")).words()
    unfolded = seen(timeline(story, "nl", folded=False))
    assert unfolded.with_class("pic-fold") == []


def test_the_scale_is_the_same_in_every_stretch() -> None:
    days = [date(2010, 1, 1), date(2010, 4, 1), date(2016, 1, 1), date(2016, 6, 1), TODAY]
    scale = scale_of([(day, day) for day in days], 880)
    rates = [(one.x1 - one.x0) / (one.last - one.first).days for one in scale.stretches]
    assert len(scale.folds) == 2
    assert rates == pytest.approx([rates[0]] * 3)
    assert scale.stretches[-1].x1 == pytest.approx(880)
    assert sorted(scale.x(day) for day in days) == [scale.x(day) for day in days]


def test_a_gap_at_the_threshold_is_not_folded_and_one_day_more_is() -> None:
    first = date(2020, 1, 1)
    for days, folds in ((274, 0), (275, 1)):
        last = first + timedelta(days=days)
        assert len(scale_of([(first, first), (last, last)], 100).folds) == folds


def test_a_year_in_which_something_happened_is_not_folded_away() -> None:
    year = (date(2020, 1, 1), date(2020, 12, 31))
    assert scale_of([(date(2019, 12, 1), date(2019, 12, 1)), year], 100).folds == ()


def test_the_words_on_the_axis_do_not_overlap() -> None:
    scale = scale_of([(date(1986, 1, 1), TODAY)], 284)
    centers = [tick.center for tick in ticks(scale, "nl")]
    assert all(after - before > 40 for before, after in itertools.pairwise(centers))
    assert [tick.words for tick in ticks(scale, "nl")] == ["1990", "2000", "2010", "2020"]


def test_a_month_is_drawn_as_a_span_and_told_in_words() -> None:
    partial = TimelineEvent(date(2023, 1, 1), date(2023, 1, 31), TODAY, "Cijfers", "/e/1")
    story = Story(TODAY, (partial,))
    page = seen(timeline(story, "nl", folded=False))
    assert "januari 2023: Cijfers" in page.titles()
    assert page.with_class("pic-partial")
    assert [row.when for row in rows(story, "nl") if row.lane == "event"] == ["januari 2023"]


def test_what_was_recorded_much_later_is_joined_to_its_day_when_asked() -> None:
    late = TimelineEvent(date(2026, 1, 1), date(2026, 1, 1), date(2026, 6, 1), "Audit")
    story = Story(TODAY, (late,))
    assert seen(timeline(story, "nl")).with_class("pic-recorded") == []
    assert seen(timeline(story, "nl", with_recorded=True)).with_class("pic-recorded")
    assert [row.note for row in rows(story, "nl") if row.lane == "event"] == [
        "vastgelegd op 1 jun 2026"
    ]


def test_what_has_no_date_stands_first_in_the_table_and_is_counted_in_the_picture() -> None:
    story = Story(TODAY, (event(TODAY), TimelineEvent(None, None, TODAY, "Ooit")))
    assert "Zonder datum, alleen in de tabel: 1" in seen(timeline(story, "nl")).words("kvob-wide")
    assert rows(story, "nl")[0].label == "Ooit"
    assert rows(story, "nl")[0].when == "datum onbekend"


def test_rows_are_in_order_and_hold_everything_with_the_gaps() -> None:
    told = rows(FULL, "nl")
    days = [row.first for row in told if row.first is not None]
    assert days == sorted(days)
    assert len([row for row in told if row.lane != "nothing"]) == 6


def test_a_deadline_that_has_gone_by_says_so() -> None:
    page = seen(timeline(Story(TODAY, deadlines=FULL.deadlines), "en", folded=False))
    assert page.with_class("pic-mark-overdue")
    assert page.with_class("pic-mark-planned")
    assert [title for title in page.titles() if title.endswith("(overdue)")]


def test_another_day_than_today_is_not_called_today() -> None:
    story = Story(date(2022, 5, 3), as_of=True)
    assert "Op 3 mei 2022" in seen(timeline(story, "nl")).words()


def test_a_bar_that_lasts_says_since_when() -> None:
    story = Story(TODAY, steps=(Bar(date(2024, 5, 16), None, "Uitvoering", "now"),))
    assert rows(story, "nl")[0].when == "sinds 16 mei 2024"
