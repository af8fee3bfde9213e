"""Recording the audit: who audited, what was found, what is advised."""

from datetime import date

from kvob_domain.estate.events.certification import AuditRecorded
from kvob_domain.estate.values import AuditOutcome
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import Given, audit, finding, request_audit, sign, up_to


def test_an_audit_leaves_its_advice_and_its_open_findings(given: Given) -> None:
    story = given(*up_to(Step.COVENANT), sign(), request_audit())
    command = audit(date(2021, 5, 11), finding(1), finding(2))
    state = story.when(command).then(AuditRecorded).state
    assert (state.dossier.audit, state.dossier.audit_on) == (AuditOutcome.POSITIVE, command.on)
    assert state.dossier.open_findings == {"f1", "f2"}
    assert state.step is Step.AWARD


def test_the_auditor_is_remembered_even_if_somebody_else_records(given: Given) -> None:
    story = given(*up_to(Step.COVENANT), audit())
    assert PersonId("auditor-1") in story.state.involved


def test_an_audit_before_the_covenant_leaves_the_step(given: Given) -> None:
    assert given(*up_to(Step.COVENANT)).when(audit()).state.step is Step.COVENANT


def test_there_is_nothing_to_audit_before_the_plan(given: Given) -> None:
    given(*up_to(Step.ACTION_PLAN)).when(audit()).then_refused(WrongStep)
