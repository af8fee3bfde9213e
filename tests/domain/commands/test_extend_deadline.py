"""What the scheme asks for is extended to a later day, by two persons where the edition says so."""

from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import ExtendDeadline
from kvob_domain.estate.commands.oversight import DeclineAct
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.events.deadlines import DeadlineExtended
from kvob_domain.estate.events.oversight import ActApproved, ActDeclined, ActProposed
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import BeforeLastMove
from kvob_domain.refusals.deadlines import (
    DeadlineFixed,
    DeadlineNotOpen,
    ExtensionNotLater,
    MovedBeyondExpiry,
    MovedToThePast,
    UseOtherCommand,
)
from kvob_domain.refusals.separation import SecondPersonNeeded
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import GUIDE, Scenario
from tests.domain.asking import ESTATE, Given, Under, approve, evaluate_term, up_to
from tests.domain.noticing import due, lived
from tests.domain.stating import sourced, stating

ASKED = date(2022, 5, 2)
YEAR = DeadlineKind.EVALUATION


def extend(
    due_on: date, kind: DeadlineKind = YEAR, on: date = ASKED, ordinal: int = 1
) -> ExtendDeadline:
    """An extension with a reason."""
    return ExtendDeadline(
        estate=ESTATE, on=on, kind=kind, ordinal=ordinal, due_on=due_on, reason="verhuizing"
    )


def days(story: Scenario, kind: DeadlineKind) -> list[date]:
    """The days on which the open deadlines of a kind fall due."""
    return sorted(one.due_on for one in deadlines(story.state, story.book) if one.kind is kind)


@pytest.fixture
def standing(given: Given) -> Scenario:
    """A certificate since June 2021, on the day of asking."""
    return lived(given(), *up_to(Step.EVALUATION)).on(ASKED)


@pytest.mark.lets_through(
    "deadline_is_open",
    "binding_deadlines_are_extended",
    "an_extension_is_later",
    "deadlines_move_to_days_to_come",
    "deadlines_stay_before_the_expiry",
    "steps_follow_each_other",
)
def test_an_extended_deadline_falls_due_on_its_new_day(standing: Scenario) -> None:
    extended = DeadlineExtended(
        on=ASKED,
        kind=YEAR,
        computed_on=date(2022, 6, 3),
        from_due_on=date(2022, 6, 3),
        due_on=date(2022, 9, 1),
        reason="verhuizing",
    )
    after = standing.when(extend(date(2022, 9, 1))).then(extended).after
    assert days(after, YEAR) == [date(2022, 9, 1), date(2023, 6, 3)]
    moved = next(one for one in deadlines(after.state, after.book) if one.reason)
    assert (moved.computed_on, moved.reason) == (date(2022, 6, 3), "verhuizing")


def test_it_can_be_extended_again_and_keeps_the_day_that_the_rule_gave(standing: Scenario) -> None:
    story = standing.given(extend(date(2022, 9, 1)))
    again = story.when(extend(date(2022, 10, 1))).then(DeadlineExtended)
    (event,) = again.events
    assert isinstance(event, DeadlineExtended)
    assert (event.computed_on, event.from_due_on) == (date(2022, 6, 3), date(2022, 9, 1))
    assert days(again.after, YEAR)[0] == date(2022, 10, 1)


def test_what_was_agreed_last_holds_even_if_it_is_dated_earlier(standing: Scenario) -> None:
    story = standing.given(extend(date(2022, 9, 1)))
    story = story.given(extend(date(2022, 10, 1), on=date(2022, 4, 25)))
    assert days(story, YEAR)[0] == date(2022, 10, 1)


@pytest.mark.refuses("an_extension_is_later")
def test_an_extension_to_the_same_day_or_an_earlier_one_is_refused(standing: Scenario) -> None:
    for day in (date(2022, 6, 3), date(2022, 5, 30)):
        standing.when(extend(day)).then_refused(ExtensionNotLater, due_on=date(2022, 6, 3))


@pytest.mark.refuses("deadlines_move_to_days_to_come")
def test_a_deadline_is_not_moved_to_a_day_that_has_passed(standing: Scenario) -> None:
    story = standing.on(date(2022, 9, 1))
    story.when(extend(date(2022, 9, 1))).then_refused(MovedToThePast, today=date(2022, 9, 1))
    story.when(extend(date(2022, 9, 2))).then(DeadlineExtended)


@pytest.mark.refuses("deadlines_stay_before_the_expiry")
def test_a_deadline_is_not_moved_beyond_its_certificate(standing: Scenario) -> None:
    standing.when(extend(date(2024, 6, 3))).then_refused(
        MovedBeyondExpiry, expires_on=date(2024, 6, 3)
    )
    standing.when(extend(date(2024, 6, 2))).then(DeadlineExtended)


@pytest.mark.refuses("binding_deadlines_are_extended")
def test_the_end_of_a_certificate_is_not_extended_and_a_reminder_is_replanned(
    standing: Scenario,
) -> None:
    expiry = standing.when(extend(date(2025, 1, 1), DeadlineKind.EXPIRY))
    assert DeadlineKind.EVALUATION in expiry.then_refused(DeadlineFixed).possible
    reminder = standing.when(extend(date(2023, 12, 1), DeadlineKind.REMINDER))
    instead = reminder.then_refused(UseOtherCommand, kind=DeadlineKind.REMINDER)
    assert instead.message("nl").endswith("Gebruik daarvoor 'Termijn verzetten'.")


@pytest.mark.refuses("deadline_is_open", "steps_follow_each_other")
def test_a_deadline_that_is_done_or_asked_too_early_is_refused(given: Given) -> None:
    story = lived(given(), *up_to(Step.RECERTIFICATION))
    story.when(extend(date(2024, 5, 1))).then_refused(DeadlineNotOpen)
    story.when(extend(date(2024, 5, 1))).then_refused(BeforeLastMove)


def test_a_deadline_of_an_ended_trajectory_is_not_moved(standing: Scenario) -> None:
    end = EndTrajectory(estate=ESTATE, on=ASKED, reason=EndReason.BY_CHOICE)
    refused = standing.given(end).when(extend(date(2022, 9, 1))).then_refused(DeadlineNotOpen)
    assert [words.en for words in refused.open] == ["Expires on (expiry 1, 2024-06-03)"]


def test_keeping_the_file_is_extended_where_the_scheme_says_how_long(
    book: SchemeBook, under: Under
) -> None:
    scheme = stating(book, retention_years=sourced(5))
    story = lived(under(scheme), *up_to(Step.EVALUATION)).on(ASKED)
    story.when(extend(date(2030, 1, 1), DeadlineKind.RETENTION)).then(DeadlineExtended)


@pytest.mark.parametrize("asked", [None, False])
def test_one_person_extends_unless_the_edition_says_otherwise(
    book: SchemeBook, under: Under, asked: bool | None
) -> None:
    scheme = book if asked is None else stating(book, extension_approval=sourced(asked))
    story = lived(under(scheme), *up_to(Step.EVALUATION)).on(ASKED)
    story.when(extend(date(2022, 9, 1))).then(DeadlineExtended)


@pytest.fixture
def proposed(book: SchemeBook, under: Under) -> Scenario:
    """An extension that waits, where the edition asks for two persons."""
    scheme = stating(book, extension_approval=sourced(True))
    story = lived(under(scheme), *up_to(Step.EVALUATION)).on(ASKED)
    after = story.when(extend(date(2022, 9, 1))).then(ActProposed).after
    assert days(after, YEAR) == [date(2022, 6, 3), date(2023, 6, 3)]
    return after.on(date(2022, 5, 9))


def test_where_two_persons_are_asked_the_extension_waits_for_the_second(proposed: Scenario) -> None:
    approval = approve(date(2022, 5, 9), proposed.state.proposals[0].id)
    proposed.when(approval, by=GUIDE).then_refused(SecondPersonNeeded)
    after = proposed.when(approval).then(ActApproved, DeadlineExtended).after
    assert days(after, YEAR) == [date(2022, 9, 1), date(2023, 6, 3)]


def test_notice_falls_due_on_the_old_day_while_the_extension_waits(proposed: Scenario) -> None:
    assert [one.kind for one in due(proposed, date(2022, 6, 3))] == [YEAR]


def test_a_declined_extension_changes_nothing(proposed: Scenario) -> None:
    proposal = proposed.state.proposals[0].id
    decline = DeclineAct(estate=ESTATE, on=date(2022, 5, 9), proposal=proposal, reason="te lang")
    after = proposed.when(decline).then(ActDeclined).after
    assert days(after, YEAR) == [date(2022, 6, 3), date(2023, 6, 3)]


def test_an_approval_is_refused_once_the_deadline_is_closed(proposed: Scenario) -> None:
    story = lived(proposed, EvaluateYear(estate=ESTATE, on=date(2022, 5, 20)))
    approval = approve(date(2022, 5, 25), proposed.state.proposals[0].id)
    story.on(date(2022, 5, 25)).when(approval).then_refused(DeadlineNotOpen, kind=YEAR)


def test_an_approval_is_refused_once_the_new_day_has_passed(proposed: Scenario) -> None:
    approval = approve(date(2022, 9, 1), proposed.state.proposals[0].id)
    proposed.on(date(2022, 9, 1)).when(approval).then_refused(MovedToThePast)


def test_a_proposal_ends_when_the_renewal_begins(proposed: Scenario) -> None:
    assert lived(proposed, evaluate_term()).state.proposals == ()
