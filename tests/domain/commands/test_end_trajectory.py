"""Ending a trajectory by choice, by neglect or in a merger; a valid certificate runs on."""

from datetime import date

import pytest

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.events.preparation import TrajectoryEnded
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from kvob_domain.scheme import SchemeBook
from tests.domain.asking import CYCLE, ESTATE, Given, up_to

END = EndTrajectory(
    estate=ESTATE, on=date(2024, 2, 1), reason=EndReason.BY_CHOICE, note="kosten en tijd"
)


@pytest.mark.parametrize("step", CYCLE)
def test_a_trajectory_can_be_ended_in_every_step(given: Given, step: Step) -> None:
    assert given(*up_to(step)).when(END).then(TrajectoryEnded).state.step is Step.ENDED


def test_an_ended_trajectory_is_not_ended_again(given: Given) -> None:
    refusal = given(*up_to(Step.AWARD), END).when(END).then_refused(WrongStep, step=Step.ENDED)
    assert [title.en for title in refusal.allowed_now] == ["Start the trajectory"]


def test_a_valid_certificate_runs_on_until_it_expires(given: Given) -> None:
    certificates = given(*up_to(Step.EVALUATION), END).state.certificates
    assert status_on(certificates, date(2024, 6, 2)) is Status.VALID
    assert status_on(certificates, date(2024, 6, 3)) is Status.EXPIRED


def test_after_the_end_nothing_is_missing_and_nothing_waits(given: Given, book: SchemeBook) -> None:
    suspend = SuspendCertificate(estate=ESTATE, on=date(2024, 1, 20), reason="geen overleg")
    story = given(*up_to(Step.RECERTIFICATION), suspend)
    assert story.state.proposals != ()
    ended = story.given(END).state
    assert ended.proposals == ()
    assert missing(ended, book.terms("kvo-3.1")) == ()
