"""Who may decide? Somebody who neither audited nor prepared, and for some acts two persons."""

from datetime import date

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import RefuseAward
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import (
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.oversight import ActApproved, ActProposed
from kvob_domain.estate.events.standing import CertificateSuspended
from kvob_domain.estate.values import EndReason
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.separation import (
    AuditorDoesNotDecide,
    PreparerDoesNotDecide,
    SecondPersonNeeded,
)
from kvob_domain.testing import AUDITOR, DECIDER, GUIDE, SECOND_DECIDER, Scenario
from tests.domain.asking import ESTATE, RENEWAL, Given, approve, award, start, up_to

LATER = date(2022, 5, 1)
SUSPEND = SuspendCertificate(estate=ESTATE, on=LATER, reason="geen evaluatie")
WITHDRAW = WithdrawCertificate(estate=ESTATE, on=LATER, reason="opgeheven")
RESTORE = RestoreCertificate(estate=ESTATE, on=LATER)
REFUSE = RefuseAward(estate=ESTATE, on=date(2021, 6, 3), reason="te weinig")
ANOTHER_AUDITOR = Actor(PersonId("auditor-2"), "Kiwa", Role.AUDITOR)


def suspended(given: Given) -> Scenario:
    """A certificate that stands suspended."""
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    return story.given(approve(LATER, story.state.proposals[0].id))


@pytest.mark.lets_through("auditors_do_not_decide", "preparers_do_not_decide")
def test_a_decider_who_took_no_part_awards(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(award(), by=DECIDER).then(CertificateAwarded)


@pytest.mark.refuses("auditors_do_not_decide")
def test_who_acts_as_auditor_does_not_decide_even_if_another_audited(given: Given) -> None:
    story = given(*up_to(Step.AWARD))
    story.when(award(), by=ANOTHER_AUDITOR).then_refused(
        AuditorDoesNotDecide, person="auditor-2", command=award().TITLE
    )


@pytest.mark.refuses("auditors_do_not_decide")
@pytest.mark.parametrize("decision", [SUSPEND, WITHDRAW])
def test_an_auditor_does_not_propose_to_suspend_or_withdraw(
    given: Given, decision: Command
) -> None:
    given(*up_to(Step.EVALUATION)).when(decision, by=ANOTHER_AUDITOR).then_refused(
        AuditorDoesNotDecide
    )


@pytest.mark.refuses("auditors_do_not_decide")
def test_an_auditor_neither_refuses_an_award_nor_lifts_a_suspension(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(REFUSE, by=AUDITOR).then_refused(AuditorDoesNotDecide)
    suspended(given).when(RESTORE, by=AUDITOR).then_refused(AuditorDoesNotDecide)


@pytest.mark.refuses("preparers_do_not_decide")
def test_the_guide_who_prepared_the_estate_does_not_decide_in_any_role(given: Given) -> None:
    as_decider = Actor(GUIDE.person, "Kiwa", Role.DECIDER)
    given(*up_to(Step.AWARD)).when(award(), by=as_decider).then_refused(
        PreparerDoesNotDecide, person="guide-1"
    )


@pytest.mark.refuses("preparers_do_not_decide")
def test_the_auditor_does_not_decide_in_another_role_either(given: Given) -> None:
    as_decider = Actor(AUDITOR.person, "Kiwa", Role.DECIDER)
    given(*up_to(Step.AWARD)).when(award(), by=as_decider).then_refused(
        PreparerDoesNotDecide, person="auditor-1"
    )


@pytest.mark.refuses("preparers_do_not_decide")
def test_who_prepared_the_first_cycle_does_not_decide_on_the_renewal(given: Given) -> None:
    another_guide = Actor(PersonId("guide-2"), "PVO", Role.GUIDE)
    story = given(*up_to(Step.EVALUATION))
    story = story.given(*up_to(Step.RECERTIFICATION)[len(story.history) :], by=another_guide)
    story = story.given(*RENEWAL)
    as_decider = Actor(GUIDE.person, "Kiwa", Role.DECIDER)
    story.when(award(date(2024, 5, 16)), by=as_decider).then_refused(PreparerDoesNotDecide)


def test_a_new_trajectory_after_an_end_asks_anew_who_took_part(given: Given) -> None:
    story = given(*up_to(Step.KICKOFF))
    assert GUIDE.person in story.state.involved
    another = Actor(PersonId("guide-2"), "PVO", Role.GUIDE)
    end = EndTrajectory(estate=ESTATE, on=LATER, reason=EndReason.BY_CHOICE)
    assert story.given(end, start(date(2022, 6, 1)), by=another).state.involved == {another.person}


def test_a_second_person_s_approval_suspends(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    proposed = story.when(SUSPEND, by=DECIDER).then(ActProposed)
    proposal = proposed.state.proposals[0].id
    second = proposed.after.when(approve(LATER, proposal), by=SECOND_DECIDER)
    second.then(ActApproved, CertificateSuspended)


def test_one_person_twice_is_not_two_persons(given: Given) -> None:
    proposed = given(*up_to(Step.EVALUATION)).when(SUSPEND, by=DECIDER)
    proposal = proposed.state.proposals[0].id
    same_person = Actor(DECIDER.person, "DASS", Role.SCHEME_MANAGER)
    proposed.after.when(approve(LATER, proposal), by=same_person).then_refused(
        SecondPersonNeeded, proposal=proposal, person="decider-1"
    )


def test_who_prepared_the_estate_does_not_approve_a_suspension(given: Given) -> None:
    proposed = given(*up_to(Step.EVALUATION)).when(SUSPEND, by=DECIDER)
    proposal = proposed.state.proposals[0].id
    proposed.after.when(approve(LATER, proposal), by=GUIDE).then_refused(PreparerDoesNotDecide)
