"""Restoring lifts the suspension; one person may do so."""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.standing import RestoreCertificate, SuspendCertificate
from kvob_domain.estate.events.standing import CertificateRestored
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus
from tests.domain.asking import ESTATE, Given, approve, up_to

RESTORE = RestoreCertificate(estate=ESTATE, on=date(2022, 8, 1), reason="hervat")
SUSPEND = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="geen overleg")


def test_the_certificate_is_valid_again_until_its_old_expiry(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), SUSPEND)
    story = story.given(approve(SUSPEND.on, story.state.proposals[0].id))
    certificates = story.when(RESTORE).then(CertificateRestored).state.certificates
    assert status_on(certificates, date(2022, 7, 31)) is Status.SUSPENDED
    assert status_on(certificates, date(2022, 8, 1)) is Status.VALID
    assert certificates[0].expires_on == date(2024, 6, 3)


def test_there_is_nothing_to_restore_while_it_is_valid(given: Given) -> None:
    given(*up_to(Step.EVALUATION)).when(RESTORE).then_refused(
        WrongStatus, status=Status.VALID, possible_with=(Status.SUSPENDED,)
    )
