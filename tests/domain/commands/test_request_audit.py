"""Requesting the audit asks the certification body to come."""

from datetime import date

from kvob_domain.estate.events.certification import AuditRequested
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import Given, request_audit, up_to


def test_the_day_of_the_request_is_kept(given: Given) -> None:
    state = given(*up_to(Step.COVENANT)).when(request_audit()).then(AuditRequested).state
    assert (state.step, state.dossier.audit_requested_on) == (Step.AWARD, date(2021, 4, 20))


def test_the_body_that_is_asked_holds_the_estate_from_then_on(given: Given) -> None:
    story = given(*up_to(Step.COVENANT), request_audit(body="DASS"))
    assert story.state.body == "DASS"


def test_a_renewal_stays_in_recertification(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION))
    requested = story.when(request_audit(date(2024, 3, 1))).then(AuditRequested)
    assert requested.state.step is Step.RECERTIFICATION


def test_no_audit_is_requested_while_the_certificate_runs(given: Given) -> None:
    given(*up_to(Step.EVALUATION)).when(request_audit(date(2022, 1, 1))).then_refused(WrongStep)
