"""A waiver lets one requirement of one cycle pass, with a reason and two persons."""

from datetime import date

from kvob_domain.estate.commands.oversight import WaiveRequirement
from kvob_domain.estate.events.certification import CertificateAwarded, CovenantSigned
from kvob_domain.estate.events.oversight import ActApproved, RequirementWaived
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import missing
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.evidence import CovenantMissing, FindingsOpen, TooFewMeasuresDone
from kvob_domain.refusals.lifecycle import NoTrajectory
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    POLICE,
    Given,
    adopt_plan,
    approve,
    audit,
    award,
    finding,
    register,
    request_audit,
    sign,
    up_to,
)


def waive(code: RequirementCode, on: date) -> WaiveRequirement:
    """A waiver for a small estate."""
    return WaiveRequirement(estate=ESTATE, on=on, requirement=code, reason="twaalf bedrijven")


def waived(story: Scenario, code: RequirementCode, on: date) -> Scenario:
    """The story after two persons waived a requirement."""
    story = story.given(waive(code, on))
    approval = approve(on, story.state.proposals[-1].id)
    return story.when(approval).then(ActApproved, RequirementWaived).after


def test_a_waiver_lets_the_award_through(given: Given, book: SchemeBook) -> None:
    story = given(*up_to(Step.ACTION_PLAN), adopt_plan(), sign(), request_audit(), audit())
    story.when(award()).then_refused(TooFewMeasuresDone, done=0)
    terms = book.terms("kvo-3.1")
    open_codes = [one.code for one in missing(story.state, terms)]
    assert open_codes == [RequirementCode.MEASURES_DONE]
    story = waived(story, RequirementCode.MEASURES_DONE, date(2021, 6, 1))
    assert missing(story.state, terms) == ()
    story.when(award()).then(CertificateAwarded)


def test_a_waived_covenant_may_be_signed_by_some_of_the_parties(given: Given) -> None:
    only_police = sign(date(2021, 4, 15), POLICE)
    story = given(*up_to(Step.COVENANT))
    story.when(only_police).then_refused(CovenantMissing)
    story = waived(story, RequirementCode.COVENANT, date(2021, 4, 10))
    story.when(only_police).then(CovenantSigned)


def test_findings_that_were_waived_are_not_carried_past_the_award(given: Given) -> None:
    story = given(*up_to(Step.AWARD), audit(date(2021, 5, 20), finding(1)))
    story.when(award()).then_refused(FindingsOpen)
    story = waived(story, RequirementCode.FINDINGS_CLOSED, date(2021, 6, 1))
    awarded = story.when(award()).then(CertificateAwarded)
    assert awarded.state.dossier.open_findings == frozenset()


def test_there_is_nothing_to_waive_without_a_trajectory(given: Given) -> None:
    command = waive(RequirementCode.SURVEY, date(2021, 1, 1))
    given(register()).when(command).then_refused(NoTrajectory)
