"""Awarding decides; periods, levels and terms are told in the folder `certificates`."""

from datetime import date

from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStatus, WrongStep
from tests.domain.asking import ESTATE, RENEWAL, Given, approve, award, up_to


def test_the_first_award_begins_the_evaluation(given: Given) -> None:
    expected = CertificateAwarded(
        on=date(2021, 6, 3),
        edition=EditionId("kvo-3.1"),
        level="Basis Samenwerken",
        level_derived=True,
        valid_from=date(2021, 6, 3),
        valid_from_stated=False,
        expires_on=date(2024, 6, 3),
        expires_on_stated=False,
        renewal=False,
        body="Kiwa",
    )
    state = given(*up_to(Step.AWARD)).when(award()).then(expected).state
    assert (state.step, state.decided_on) == (Step.EVALUATION, date(2021, 6, 3))


def test_what_was_measured_before_the_award_does_not_count_for_the_next_cycle(
    given: Given,
) -> None:
    dossier = given(*up_to(Step.EVALUATION)).state.dossier
    assert (dossier.survey, dossier.figures, dossier.audit) == (None, None, None)
    assert dossier.walk_rounds == frozenset()


def test_nothing_is_awarded_before_the_covenant_or_the_audit_request(given: Given) -> None:
    refusal = given(*up_to(Step.COVENANT)).when(award()).then_refused(WrongStep)
    assert refusal.possible_in == (Step.AWARD, Step.RECERTIFICATION)


def test_a_suspended_certificate_is_not_renewed_until_it_is_restored(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    on = date(2023, 9, 1)
    story = story.given(SuspendCertificate(estate=ESTATE, on=on, reason="geen overleg"))
    story = story.given(approve(on, story.state.proposals[0].id))
    story = story.given(*up_to(Step.RECERTIFICATION)[-5:], *RENEWAL)
    refusal = story.when(award(date(2024, 5, 16))).then_refused(WrongStatus)
    assert refusal.status is Status.SUSPENDED
    assert Status.EXPIRED in refusal.possible_with
    story.when(award(date(2024, 6, 3))).then(CertificateAwarded)
