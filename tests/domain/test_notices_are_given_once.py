"""Is a notice given once, and not too late, when scheme data, sources or slips change the days?"""

from dataclasses import replace
from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import ExtendDeadline, GiveNotice
from kvob_domain.estate.deadline_kinds import LAST_ORDINAL
from kvob_domain.estate.deadlines import Deadline, DeadlineKind, deadlines
from kvob_domain.estate.deadlines.owed import notice_status
from kvob_domain.estate.events.deadlines import NoticeGiven
from kvob_domain.estate.values import FIRST_DAY, LAST_DAY
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, fact, register, up_to
from tests.domain.noticing import announced, lived, told
from tests.domain.stating import sourced, stating

YEAR = DeadlineKind.EVALUATION


def reminded(story: Scenario, months: tuple[int, ...]) -> Scenario:
    """The story, under scheme data that remind so many months before the end."""
    return replace(story, book=stating(story.book, reminder_months=sourced(months)))


def reminders(story: Scenario, today: date) -> list[tuple[str, int, str]]:
    """The reminders that are owed."""
    return [one for one in told(story, today) if one[0] == "reminder"]


@pytest.mark.parametrize("months", [(12, 9, 6, 3), (9, 8, 6, 3), (6, 3), (3,)])
def test_a_rung_more_or_less_announces_no_reminder_again(
    given: Given, months: tuple[int, ...]
) -> None:
    told_all = announced(lived(given(), *up_to(Step.EVALUATION)), date(2024, 3, 3))
    fresh = [one[2] for one in reminders(reminded(told_all, months), date(2024, 3, 3))]
    assert not set(fresh) & {"2023-09-03", "2023-12-03", "2024-03-03"}
    assert len(fresh) == len(set(months) - {9, 6, 3})


def test_a_rung_that_is_added_announces_only_itself(given: Given) -> None:
    story = announced(lived(given(), *up_to(Step.EVALUATION)), date(2023, 12, 3))
    story = reminded(story, (9, 6, 4, 3))
    assert reminders(story, date(2024, 2, 3)) == [("reminder", 3, "2024-02-03")]


def test_a_slip_of_a_century_is_announced_like_any_other_year(given: Given) -> None:
    slip = fact("award", "1919-12-10", last_valid_day=PartialDate.parse("2027-12-31"))
    story = given(register(on="")).on(date(2026, 11, 1)).given(slip)
    story = announced(story, date(2026, 12, 10))
    (last,) = (one.event for one in story.history if isinstance(one.event, NoticeGiven))
    assert (last.kind, last.ordinal, last.on) == (YEAR, 107, date(2026, 12, 10))


def test_no_certificate_has_more_years_than_a_deadline_can_be_numbered() -> None:
    assert LAST_DAY.year - FIRST_DAY.year < LAST_ORDINAL
    GiveNotice(estate=ESTATE, on=date(2026, 1, 1), kind=YEAR, ordinal=LAST_ORDINAL)
    with pytest.raises(ValueError, match="less_than_equal"):
        GiveNotice(estate=ESTATE, on=date(2026, 1, 1), kind=YEAR, ordinal=LAST_ORDINAL + 1)


@pytest.fixture
def overtaken(given: Given) -> Scenario:
    """An evaluation moved to June 2026; then a source says that the end was 31 December 2025."""
    story = given(register(on="")).on(date(2024, 1, 10)).given(fact("award", "2024-01-10"))
    extend = ExtendDeadline(
        estate=ESTATE,
        on=date(2024, 12, 10),
        kind=YEAR,
        due_on=date(2026, 6, 1),
        reason="verhuizing",
    )
    story = announced(lived(story, extend), date(2025, 3, 1))
    return story.on(date(2025, 3, 1)).given(fact("expiry", "2025-12-31"))


def moved(story: Scenario) -> Deadline:
    """The deadline that was moved."""
    found = deadlines(story.state, story.book)
    return next(one for one in found if one.due_on == date(2026, 6, 1))


def test_a_moved_deadline_that_the_end_overtook_stays_silent(overtaken: Scenario) -> None:
    assert notice_status(overtaken.state, moved(overtaken)) == "silent"
    days = [day for _, _, day in told(overtaken, date(2030, 1, 1))]
    assert "2026-06-01" not in days
    assert days[-1] == "2026-01-01"
