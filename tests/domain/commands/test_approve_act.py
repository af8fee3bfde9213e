"""Approving lets a proposed act happen, on the day of the approval, if it still may."""

from datetime import date

from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import SuspendCertificate, WithdrawCertificate
from kvob_domain.estate.events.oversight import ActApproved
from kvob_domain.estate.events.standing import CertificateSuspended, CertificateWithdrawn
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus
from kvob_domain.refusals.naming import ProposalUnknown
from tests.domain.asking import ESTATE, Given, approve, up_to

SUSPEND = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="geen overleg")
WITHDRAW = WithdrawCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="opgeheven")


def test_the_approval_and_the_act_are_dated_on_the_day_of_the_approval(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    proposal = story.state.proposals[0].id
    day = date(2022, 5, 9)
    story.when(approve(day, proposal)).then(
        ActApproved(on=day, proposal=proposal),
        CertificateSuspended(on=day, reason="geen overleg"),
    )


def test_an_approved_proposal_waits_no_longer(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    proposal = story.state.proposals[0].id
    approved = story.given(approve(date(2022, 5, 9), proposal))
    assert approved.state.proposals == ()
    approved.when(approve(date(2022, 5, 10), proposal)).then_refused(ProposalUnknown)


def test_two_proposals_wait_beside_each_other_under_their_own_ids(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), SUSPEND, WITHDRAW)
    first, second = (proposal.id for proposal in story.state.proposals)
    withdrawn = story.when(approve(date(2022, 5, 9), second))
    after = withdrawn.then(ActApproved, CertificateWithdrawn).after
    assert [proposal.id for proposal in after.state.proposals] == [first]


def test_an_act_that_is_no_longer_possible_is_refused_at_the_approval(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    late = approve(date(2024, 6, 3), story.state.proposals[0].id)
    story.when(late).then_refused(WrongStatus, status=Status.EXPIRED)


def test_the_end_of_a_trajectory_takes_its_proposals_away(given: Given) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 5, 2), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    proposal = story.state.proposals[0].id
    story.given(end).when(approve(date(2022, 5, 9), proposal)).then_refused(
        ProposalUnknown, waiting=()
    )
