"""Presenting is the ceremony; it decides nothing and may be months later."""

from datetime import date

import pytest

from kvob_domain.estate.commands.certification import PresentCertificate
from kvob_domain.estate.events.certification import CertificatePresented
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import BeforeCycle, NothingToPresent
from tests.domain.asking import ESTATE, Given, award, up_to


def present(on: date) -> PresentCertificate:
    """A ceremony with the mayor."""
    return PresentCertificate(estate=ESTATE, on=on, by="burgemeester")


def test_a_late_ceremony_leaves_the_period_as_it_was(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    state = story.when(present(date(2021, 11, 28))).then(CertificatePresented).state
    certificate = state.certificates[0]
    assert certificate.presented_on == date(2021, 11, 28)
    assert certificate.valid_from == date(2021, 6, 3)


@pytest.mark.lets_through("there_is_a_certificate_to_present")
def test_the_ceremony_may_come_before_the_certificate_is_valid(given: Given) -> None:
    later = award(date(2021, 6, 3)).model_copy(update={"valid_from": date(2021, 7, 1)})
    story = given(*up_to(Step.AWARD), later)
    story.when(present(date(2021, 6, 10))).then(CertificatePresented)


@pytest.mark.refuses("there_is_a_certificate_to_present")
def test_there_is_nothing_to_present_without_an_award(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(present(date(2021, 6, 3))).then_refused(NothingToPresent)


def test_the_ceremony_does_not_come_before_the_award(given: Given) -> None:
    given(*up_to(Step.EVALUATION)).when(present(date(2021, 6, 2))).then_refused(BeforeCycle)
