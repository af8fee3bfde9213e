"""Waiving a deadline takes a reason and a second person; then nothing is owed on it any more."""

from datetime import date

import pytest

from kvob_domain.estate.commands.deadlines import WaiveDeadline
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.deadlines import DeadlineKind, deadlines, ladder
from kvob_domain.estate.events.deadlines import DeadlineWaived
from kvob_domain.estate.events.oversight import ActApproved, ActProposed
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import BeforeLastMove
from kvob_domain.refusals.deadlines import DeadlineFixed, DeadlineNotOpen
from kvob_domain.refusals.naming import ProposalUnknown
from kvob_domain.refusals.separation import SecondPersonNeeded
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import GUIDE, Scenario
from tests.domain.asking import (
    ESTATE,
    Given,
    Under,
    approve,
    audit,
    award,
    close,
    evaluate_term,
    finding,
    up_to,
)
from tests.domain.noticing import announced, lived, told
from tests.domain.stating import sourced, stating

ASKED, APPROVED = date(2022, 5, 2), date(2022, 5, 9)
YEAR = DeadlineKind.EVALUATION


def waive(kind: DeadlineKind = YEAR, on: date = ASKED, ordinal: int = 1) -> WaiveDeadline:
    """A waiver with a reason."""
    return WaiveDeadline(estate=ESTATE, on=on, kind=kind, ordinal=ordinal, reason="pas begonnen")


@pytest.fixture
def proposed(given: Given) -> Scenario:
    """A waiver of the first yearly evaluation that waits for the second person."""
    story = lived(given(), *up_to(Step.EVALUATION)).on(ASKED)
    return story.when(waive()).then(ActProposed).after.on(APPROVED)


@pytest.mark.lets_through("deadline_is_open", "fixed_deadlines_are_not_waived")
def test_a_waiver_waits_for_the_second_person_and_changes_nothing_before(
    proposed: Scenario,
) -> None:
    story = proposed.on(ASKED)
    story.when(waive(DeadlineKind.REMINDER)).then(ActProposed)
    assert told(story, date(2022, 6, 3)) == [("evaluation", 1, "2022-06-03")]


def test_the_second_person_is_another_one(proposed: Scenario) -> None:
    approval = approve(APPROVED, proposed.state.proposals[0].id)
    proposed.when(approval, by=GUIDE).then_refused(SecondPersonNeeded)


def test_a_waived_deadline_is_done_and_gets_no_notice(proposed: Scenario) -> None:
    approval = approve(APPROVED, proposed.state.proposals[0].id)
    waived = DeadlineWaived(
        on=APPROVED, kind=YEAR, computed_on=date(2022, 6, 3), reason="pas begonnen"
    )
    after = proposed.when(approval).then(ActApproved, waived).after
    assert told(after, date(2022, 6, 3)) == []
    (shown,) = (one for one in ladder(after.state, after.book) if one.reason)
    assert (shown.is_done, shown.reason) == (True, "pas begonnen")
    after.when(waive(on=APPROVED)).then_refused(DeadlineNotOpen)


def test_a_deadline_that_fell_due_unfulfilled_can_still_be_waived(proposed: Scenario) -> None:
    story = announced(proposed, date(2022, 6, 3)).on(date(2022, 7, 1))
    approval = approve(date(2022, 7, 1), proposed.state.proposals[0].id)
    after = story.when(approval).then(ActApproved, DeadlineWaived).after
    assert YEAR not in {one.kind for one in deadlines(after.state, after.book) if one.ordinal == 1}


@pytest.mark.refuses("fixed_deadlines_are_not_waived")
def test_the_end_of_a_certificate_and_the_keeping_of_its_file_are_not_waived(
    book: SchemeBook, under: Under
) -> None:
    scheme = stating(book, retention_years=sourced(5))
    story = lived(under(scheme), *up_to(Step.EVALUATION)).on(ASKED)
    for kind in (DeadlineKind.EXPIRY, DeadlineKind.RETENTION):
        refused = story.when(waive(kind)).then_refused(DeadlineFixed, kind=kind)
        assert not {DeadlineKind.EXPIRY, DeadlineKind.RETENTION} & set(refused.possible)


def test_an_approval_is_refused_once_the_deadline_is_closed(proposed: Scenario) -> None:
    story = lived(proposed, EvaluateYear(estate=ESTATE, on=date(2022, 5, 20)))
    approval = approve(date(2022, 5, 25), proposed.state.proposals[0].id)
    story.on(date(2022, 5, 25)).when(approval).then_refused(DeadlineNotOpen, kind=YEAR)


def test_an_evaluation_dated_earlier_and_recorded_later_still_closes_it(
    proposed: Scenario,
) -> None:
    approval = approve(APPROVED, proposed.state.proposals[0].id)
    evaluated = EvaluateYear(estate=ESTATE, on=date(2022, 5, 5))
    proposed.given(evaluated).when(approval).then_refused(DeadlineNotOpen)


def test_a_proposal_ends_when_the_renewal_begins(proposed: Scenario) -> None:
    story = lived(proposed, evaluate_term())
    late = approve(date(2024, 1, 20), proposed.state.proposals[0].id)
    story.on(date(2024, 1, 20)).when(late).then_refused(ProposalUnknown)


def test_a_proposal_ends_with_the_trajectory(proposed: Scenario) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 5, 3), reason=EndReason.BY_CHOICE)
    assert lived(proposed, end).state.proposals == ()


def test_a_proposal_ends_with_the_award_that_closes_its_cycle(
    book: SchemeBook, under: Under
) -> None:
    scheme = stating(book, corrective_action_months=sourced(6))
    with_finding = audit(date(2021, 5, 12), finding(1))
    story = lived(under(scheme), *up_to(Step.AWARD), with_finding)
    mend = waive(DeadlineKind.CORRECTIVE_ACTION, date(2021, 5, 20))
    story = lived(story, mend)
    assert len(story.state.proposals) == 1
    assert lived(story, close(), award()).state.proposals == ()


def test_a_waiver_dated_before_the_renewal_began_is_refused(given: Given) -> None:
    story = lived(given(), *up_to(Step.RECERTIFICATION)).on(date(2024, 1, 20))
    early = waive(DeadlineKind.TERM_EVALUATION, date(2024, 1, 10), 3)
    story.when(early).then_refused(BeforeLastMove)
