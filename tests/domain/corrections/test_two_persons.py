"""After a decision was taken here, a correction waits for a second person who is not involved."""

from datetime import date

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.events.certification import CertificateAwarded, CovenantSigned
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.oversight import ActApproved, ActProposed
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.values import EndReason
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.corrections import CorrectionBreaks, SaysNothingNew
from kvob_domain.refusals.naming import ProposalUnknown
from kvob_domain.refusals.separation import (
    AuditorDoesNotDecide,
    PreparerDoesNotDecide,
    SecondPersonNeeded,
)
from kvob_domain.testing import GUIDE, Scenario
from tests.domain.asking import ESTATE, Given, fact, register, survey, up_to
from tests.domain.corrections.correcting import (
    CLERK,
    OTHER_CLERK,
    THEN,
    approval,
    never,
    saying,
    version_of,
)


@pytest.fixture
def proposed(given: Given) -> Scenario:
    """An awarded estate of which somebody says that the survey was larger."""
    story = given(*up_to(Step.EVALUATION))
    return story.given(saying(version_of(story, SurveyRecorded), sent=120), by=CLERK)


def test_before_a_decision_one_person_suffices(given: Given) -> None:
    story = given(*up_to(Step.AWARD))
    story.when(saying(version_of(story, SurveyRecorded), sent=120)).then(EventCorrected)


def test_after_a_decision_the_correction_waits(proposed: Scenario) -> None:
    assert isinstance(proposed.history[-1].event, ActProposed)
    assert proposed.state.dossier.survey is None  # the award closed the cycle
    assert len(proposed.state.proposals) == 1


def test_the_decision_itself_takes_two(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    award = version_of(story, CertificateAwarded)
    story.when(saying(award, level="Continue Samenwerken")).then(ActProposed)


def test_what_was_recorded_after_the_last_decision_takes_one(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), survey(date(2022, 3, 1)))
    story.when(saying(version_of(story, SurveyRecorded, 2), sent=120)).then(EventCorrected)


def test_a_decision_taken_elsewhere_is_no_decision_here(given: Given) -> None:
    story = given(register(), fact("award", "2019-06-03"))
    story.when(saying(1, scope="fase 1")).then(EventCorrected)


def test_a_correction_of_a_correction_goes_by_the_event_itself(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    story = story.given(saying(version_of(story, SurveyRecorded), sent=120), by=CLERK)
    story = story.given(approval(story), by=OTHER_CLERK)
    story.when(never(version_of(story, EventCorrected))).then(ActProposed)


def test_a_second_person_approves(proposed: Scenario) -> None:
    result = proposed.when(approval(proposed), by=OTHER_CLERK)
    after = result.then(ActApproved, EventCorrected).after
    assert after.state.proposals == ()


def test_nobody_approves_their_own_correction(proposed: Scenario) -> None:
    proposed.when(approval(proposed), by=CLERK).then_refused(SecondPersonNeeded)


def test_who_prepared_or_audits_does_not_approve(proposed: Scenario) -> None:
    proposed.when(approval(proposed), by=GUIDE).then_refused(PreparerDoesNotDecide)
    auditor = Actor(PersonId("auditor-9"), "Kiwa", Role.AUDITOR)
    proposed.when(approval(proposed), by=auditor).then_refused(AuditorDoesNotDecide)


def test_a_correction_that_would_be_refused_is_not_even_proposed(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    story.when(never(version_of(story, CovenantSigned))).then_refused(CorrectionBreaks)


def test_the_approval_decides_on_the_history_of_that_moment(proposed: Scenario) -> None:
    """The same correction was proposed and approved meanwhile: nothing is left to correct."""
    version = version_of(proposed, SurveyRecorded)
    twice = proposed.given(saying(version, sent=120), by=OTHER_CLERK)
    first, second = twice.state.proposals
    approved = twice.given(
        approval(twice).model_copy(update={"proposal": second.id}),
        by=Actor(PersonId("clerk-3"), "Kiwa", Role.OPERATOR),
    )
    late = approval(approved).model_copy(update={"proposal": first.id})
    approved.when(late, by=OTHER_CLERK).then_refused(SaysNothingNew)
    again = approval(approved).model_copy(update={"proposal": second.id})
    approved.when(again, by=OTHER_CLERK).then_refused(ProposalUnknown)


def test_the_end_of_the_trajectory_takes_no_correction_away(proposed: Scenario) -> None:
    end = EndTrajectory(estate=ESTATE, on=THEN, reason=EndReason.BY_CHOICE)
    ended = proposed.given(end)
    ended.when(approval(ended), by=OTHER_CLERK).then(ActApproved, EventCorrected)
