"""Suspending takes two persons; the certificate does not count from that day on."""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.events.oversight import ActApproved, ActProposed
from kvob_domain.estate.events.standing import CertificateSuspended
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus
from tests.domain.asking import ESTATE, Given, approve, up_to


def suspend(on: date) -> SuspendCertificate:
    """A suspension for want of meetings."""
    return SuspendCertificate(estate=ESTATE, on=on, reason="geen overleg")


def test_the_proposal_alone_changes_nothing(given: Given) -> None:
    proposed = given(*up_to(Step.EVALUATION)).when(suspend(date(2022, 5, 1))).then(ActProposed)
    assert status_on(proposed.state.certificates, date(2022, 5, 2)) is Status.VALID


def test_it_is_suspended_from_the_day_of_the_approval(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), suspend(date(2022, 5, 1)))
    approval = approve(date(2022, 5, 9), story.state.proposals[0].id)
    state = story.when(approval).then(ActApproved, CertificateSuspended).state
    assert status_on(state.certificates, date(2022, 5, 8)) is Status.VALID
    assert status_on(state.certificates, date(2022, 5, 9)) is Status.SUSPENDED


def test_a_suspended_certificate_expires_like_any_other(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), suspend(date(2022, 5, 1)))
    state = story.given(approve(date(2022, 5, 9), story.state.proposals[0].id)).state
    assert status_on(state.certificates, date(2024, 6, 3)) is Status.EXPIRED


def test_only_a_valid_certificate_is_suspended(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(suspend(date(2021, 6, 3))).then_refused(WrongStatus)
    expired = given(*up_to(Step.EVALUATION)).when(suspend(date(2024, 6, 3)))
    expired.then_refused(WrongStatus, status=Status.EXPIRED, possible_with=(Status.VALID,))
