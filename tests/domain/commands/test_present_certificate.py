"""Presenting is the ceremony; it decides nothing and may be months later."""

from datetime import date

from kvob_domain.estate.commands.certification import PresentCertificate
from kvob_domain.estate.events.certification import CertificatePresented
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus
from tests.domain.asking import ESTATE, Given, up_to


def present(on: date) -> PresentCertificate:
    """A ceremony with the mayor."""
    return PresentCertificate(estate=ESTATE, on=on, by="burgemeester")


def test_a_late_ceremony_leaves_the_period_as_it_was(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    state = story.when(present(date(2021, 11, 28))).then(CertificatePresented).state
    certificate = state.certificates[0]
    assert certificate.presented_on == date(2021, 11, 28)
    assert certificate.valid_from == date(2021, 6, 3)


def test_there_is_nothing_to_present_without_a_valid_certificate(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(present(date(2021, 6, 3))).then_refused(
        WrongStatus, status=Status.NONE
    )
    given(*up_to(Step.EVALUATION)).when(present(date(2024, 6, 3))).then_refused(
        WrongStatus, status=Status.EXPIRED
    )
