"""Refusing the award leaves the estate where it is; it may be audited again."""

from datetime import date

from kvob_domain.estate.commands.certification import RefuseAward
from kvob_domain.estate.events.certification import AwardRefused, CertificateAwarded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import ESTATE, Given, audit, award, up_to


def refuse(on: date) -> RefuseAward:
    """A decision not to award."""
    return RefuseAward(estate=ESTATE, on=on, reason="plan te mager")


def test_a_refused_estate_may_be_audited_again_and_awarded(given: Given) -> None:
    refused = given(*up_to(Step.AWARD)).when(refuse(date(2021, 6, 3))).then(AwardRefused)
    assert (refused.state.step, refused.state.certificates) == (Step.AWARD, ())
    again = refused.after.given(audit(date(2021, 9, 1)))
    again.when(award(date(2021, 9, 15))).then(CertificateAwarded)


def test_a_refused_renewal_stays_in_recertification(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION))
    assert story.when(refuse(date(2024, 5, 1))).state.step is Step.RECERTIFICATION


def test_nothing_is_refused_before_it_could_be_awarded(given: Given) -> None:
    given(*up_to(Step.COVENANT)).when(refuse(date(2021, 6, 3))).then_refused(WrongStep)
