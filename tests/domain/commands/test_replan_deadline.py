"""Nobody is bound by a reminder or a target date: one person gives it another day."""

from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import ReplanDeadline
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.events.deadlines import DeadlineReplanned
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.deadlines import (
    DeadlineFixed,
    MovedBeyondExpiry,
    MovedToThePast,
    UseOtherCommand,
)
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, Under, up_to
from tests.domain.noticing import lived
from tests.domain.stating import sourced, stating

ASKED = date(2023, 6, 10)
REMINDER = DeadlineKind.REMINDER


def replan(
    due_on: date, kind: DeadlineKind = REMINDER, on: date = ASKED, ordinal: int = 1
) -> ReplanDeadline:
    """Another day for a reminder."""
    return ReplanDeadline(
        estate=ESTATE, on=on, kind=kind, ordinal=ordinal, due_on=due_on, reason="vakantie"
    )


@pytest.fixture
def standing(given: Given) -> Scenario:
    """A certificate of which the first reminder is still to come."""
    return lived(given(), *up_to(Step.EVALUATION)).on(ASKED)


@pytest.mark.lets_through(
    "planned_deadlines_are_replanned",
    "deadlines_move_to_days_to_come",
    "deadlines_stay_before_the_expiry",
)
@pytest.mark.parametrize("day", [date(2023, 8, 21), date(2023, 9, 18)])
def test_a_reminder_is_replanned_to_an_earlier_or_a_later_day(
    standing: Scenario, day: date
) -> None:
    after = standing.when(replan(day)).then(DeadlineReplanned).after
    found = [one for one in deadlines(after.state, after.book) if one.kind is REMINDER]
    first = min(found, key=lambda one: one.ordinal)
    assert (first.due_on, first.computed_on) == (day, date(2023, 9, 3))
    assert first.reason == "vakantie"


def test_a_target_date_is_replanned(book: SchemeBook, under: Under) -> None:
    scheme = stating(book, target_days=sourced({"inventory": 90}))
    story = lived(under(scheme), *up_to(Step.INVENTORY)).on(date(2020, 12, 1))
    (target,) = deadlines(story.state, scheme)
    command = replan(date(2022, 1, 1), target.kind, date(2020, 12, 1), target.ordinal)
    after = story.when(command).then(DeadlineReplanned).after
    assert [one.due_on for one in deadlines(after.state, scheme)] == [date(2022, 1, 1)]


@pytest.mark.refuses("planned_deadlines_are_replanned")
def test_what_the_scheme_asks_for_is_extended_and_an_end_stays(standing: Scenario) -> None:
    evaluation = standing.when(replan(date(2024, 1, 1), DeadlineKind.EVALUATION, ordinal=2))
    refused = evaluation.then_refused(UseOtherCommand)
    assert refused.message("en").endswith("Use 'Extend a deadline' for it.")
    standing.when(replan(date(2025, 1, 1), DeadlineKind.EXPIRY)).then_refused(DeadlineFixed)


@pytest.mark.refuses("deadlines_move_to_days_to_come", "deadlines_stay_before_the_expiry")
def test_a_reminder_stays_between_today_and_the_end_of_the_certificate(
    standing: Scenario,
) -> None:
    standing.when(replan(ASKED)).then_refused(MovedToThePast, new=ASKED)
    standing.when(replan(date(2024, 6, 3))).then_refused(MovedBeyondExpiry)
