"""Withdrawing takes two persons and is final: only a new trajectory leads to another mark."""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import SuspendCertificate, WithdrawCertificate
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.oversight import ActApproved
from kvob_domain.estate.events.standing import CertificateWithdrawn
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    CYCLE,
    ESTATE,
    RENEWAL,
    Given,
    approve,
    award,
    declare,
    start,
    up_to,
)
from tests.domain.moved import moved

WITHDRAW = WithdrawCertificate(estate=ESTATE, on=date(2022, 5, 9), reason="opgeheven")


def withdrawn(given: Given) -> Scenario:
    """A certificate that two persons withdrew on 9 May 2022."""
    story = given(*up_to(Step.EVALUATION), WITHDRAW)
    approval = approve(WITHDRAW.on, story.state.proposals[0].id)
    return story.when(approval).then(ActApproved, CertificateWithdrawn).after


def test_it_stays_withdrawn_after_the_day_on_which_it_would_have_expired(given: Given) -> None:
    certificates = withdrawn(given).state.certificates
    assert status_on(certificates, date(2022, 5, 8)) is Status.VALID
    assert status_on(certificates, date(2022, 5, 9)) is Status.WITHDRAWN
    assert status_on(certificates, date(2030, 1, 1)) is Status.WITHDRAWN


def test_a_suspended_certificate_can_be_withdrawn(given: Given) -> None:
    suspend = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="geen overleg")
    story = given(*up_to(Step.EVALUATION), suspend)
    story = story.given(approve(suspend.on, story.state.proposals[0].id), WITHDRAW)
    story = story.given(approve(WITHDRAW.on, story.state.proposals[0].id))
    assert status_on(story.state.certificates, WITHDRAW.on) is Status.WITHDRAWN


def test_a_withdrawn_certificate_is_not_renewed(given: Given) -> None:
    story = withdrawn(given).given(*CYCLE[Step.RECERTIFICATION], *RENEWAL)
    story.when(award(date(2024, 5, 16))).then_refused(WrongStatus, status=Status.WITHDRAWN)


def test_a_new_trajectory_after_the_withdrawal_leads_to_a_first_certificate(
    given: Given,
) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 6, 1), reason=EndReason.OTHER)
    story = withdrawn(given).given(end, start(date(2022, 9, 15)), declare(date(2022, 10, 6)))
    story = story.given(*moved(up_to(Step.AWARD)[3:], years=2))
    awarded = story.when(award(date(2023, 6, 3))).then(CertificateAwarded).state
    second = awarded.certificates[1]
    assert (second.level, second.renewal) == ("Basis Samenwerken", False)
    assert (second.valid_from, second.gap_days) == (date(2023, 6, 3), 0)
    assert status_on(awarded.certificates, date(2023, 6, 2)) is Status.WITHDRAWN
    assert status_on(awarded.certificates, date(2023, 6, 3)) is Status.VALID
