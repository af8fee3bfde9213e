"""Which ways round the rules were tried? Backdating, spelling, restarting, waiving, stating."""

from datetime import date

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.certification import AwardCertificate
from kvob_domain.estate.commands.identity import SucceedParty, TransferEstate
from kvob_domain.estate.commands.oversight import ApproveAct, WaiveRequirement
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.events.identity import EstateTransferred
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import AnalysisAdopted
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.refusals.dates import (
    BeforeCycle,
    BeforeItsEvidence,
    BeforeLastMove,
    HasNotHappened,
    LastValidDayTooEarly,
)
from kvob_domain.refusals.separation import PreparerDoesNotDecide, SecondPersonNeeded
from tests.domain.asking import ESTATE, Given, adopt_analysis, award, fact, register, up_to


def past(kind: str, on: str, **more: object) -> RecordPastFact:
    """A past fact with more fields than its kind and date."""
    plain = fact(kind, on)
    return plain.model_copy(update={"fact": plain.fact.model_copy(update=more)})


@pytest.mark.refuses("decisions_follow_their_evidence")
def test_an_analysis_is_not_dated_before_the_figures_that_it_rests_on(given: Given) -> None:
    story = given(*up_to(Step.ACTION_PLAN)[:-1])
    story.when(adopt_analysis(date(2021, 1, 13))).then_refused(BeforeItsEvidence)


@pytest.mark.lets_through("decisions_follow_their_evidence")
def test_an_analysis_may_be_adopted_on_the_day_of_the_figures(given: Given) -> None:
    story = given(*up_to(Step.ACTION_PLAN)[:-1])
    story.when(adopt_analysis(date(2021, 1, 14))).then(AnalysisAdopted)


@pytest.mark.refuses("validity_begins_in_the_cycle")
def test_validity_does_not_begin_before_the_trajectory(given: Given) -> None:
    early = award(date(2021, 6, 3)).model_copy(update={"valid_from": date(1950, 1, 1)})
    given(*up_to(Step.AWARD)).when(early).then_refused(BeforeCycle)


@pytest.mark.lets_through("validity_begins_in_the_cycle")
def test_validity_may_begin_later_than_the_decision(given: Given) -> None:
    later = award(date(2021, 6, 3)).model_copy(update={"valid_from": date(2021, 7, 1)})
    state = given(*up_to(Step.AWARD)).when(later).state
    assert state.certificates[0].valid_from == date(2021, 7, 1)


@pytest.mark.refuses("changes_follow_each_other")
def test_a_body_does_not_take_over_before_the_kickoff(given: Given) -> None:
    story = given(*up_to(Step.KICKOFF))
    early = TransferEstate(estate=ESTATE, on=date(2020, 9, 14), to_body="DASS")
    story.when(early).then_refused(BeforeLastMove)
    succeed = SucceedParty(
        estate=ESTATE,
        on=date(2020, 9, 14),
        former="Politie",
        successor="Nationale politie",
        role=PartyRole.POLICE,
    )
    story.when(succeed).then_refused(BeforeLastMove)


@pytest.mark.lets_through("changes_follow_each_other")
def test_a_body_takes_over_from_the_kickoff_on(given: Given) -> None:
    take_over = TransferEstate(estate=ESTATE, on=date(2020, 9, 15), to_body="DASS")
    given(*up_to(Step.KICKOFF)).when(take_over).then(EstateTransferred)


@pytest.mark.refuses("past_facts_have_happened")
def test_what_is_planned_is_no_past_fact(given: Given) -> None:
    given(register()).when(past("award", "2019-03-01", outcome="planned")).then_refused(
        HasNotHappened, outcome="planned"
    )


@pytest.mark.lets_through("past_facts_have_happened")
def test_a_negative_audit_has_happened(given: Given) -> None:
    story = given(register(on=""))
    story.when(past("audit", "2019-03-01", outcome="negative")).then(PastFactRecorded)


@pytest.mark.refuses("past_certificates_end_after_they_begin")
@pytest.mark.lets_through("past_certificates_end_after_they_begin")
def test_a_past_certificate_ends_after_it_begins(given: Given) -> None:
    day = fact("award", "2019-03-01").fact.on
    before = fact("award", "2019-02-28").fact.on
    story = given(register(on=""))
    story.when(past("award", "2019-03-01", last_valid_day=before)).then_refused(
        LastValidDayTooEarly
    )
    story.when(past("award", "2019-03-01", last_valid_day=day)).then(PastFactRecorded)


def test_two_spellings_of_one_person_are_one_person(given: Given) -> None:
    story = given(*up_to(Step.AWARD))
    shouting = Actor(PersonId("GUIDE-1"), "PVO", Role.DECIDER)
    story.when(award(date(2021, 6, 3)), by=shouting).then_refused(PreparerDoesNotDecide)


def test_who_prepared_does_not_approve_a_waiver(given: Given) -> None:
    waive = WaiveRequirement(
        estate=ESTATE, on=date(2021, 6, 1), requirement=RequirementCode.AUDIT, reason="haast"
    )
    decider = Actor(PersonId("decider-1"), "Kiwa", Role.DECIDER)
    guide = Actor(PersonId("guide-1"), "PVO", Role.GUIDE)
    story = given(*up_to(Step.AWARD)).given(waive, by=decider)
    approve = ApproveAct(estate=ESTATE, on=date(2021, 6, 1), proposal=story.state.proposals[0].id)
    story.when(approve, by=guide).then_refused(PreparerDoesNotDecide)
    story.when(approve, by=decider).then_refused(SecondPersonNeeded)


def test_a_source_does_not_change_a_certificate_that_was_decided_here(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), fact("expiry", "2150-01-01"))
    state = story.state
    assert state.certificates[0].expires_on == date(2024, 6, 3)
    assert IrregularityKind.SOURCES_DIFFER in {odd.kind for odd in state.irregularities}


def test_an_award_by_a_source_in_a_running_trajectory_is_noted(given: Given) -> None:
    state = given(*up_to(Step.INVENTORY), fact("award", "2021-01-01")).state
    kinds = {odd.kind for odd in state.irregularities}
    assert IrregularityKind.AWARD_NOT_DECIDED_HERE in kinds


def test_the_same_source_that_says_more_is_kept(given: Given) -> None:
    story = given(register(on=""), past("award", "2019-10-10", level="Basis Samenwerken"))
    more = past("award", "2019-10-10", level="Continu Samenwerken")
    result = story.when(more)
    assert len(result.events) == 1
    kinds = {odd.kind for odd in result.state.irregularities}
    assert IrregularityKind.SOURCES_DIFFER in kinds
    assert result.after.when(past("award", "2019-10-10")).events == ()


def test_an_ended_trajectory_does_not_come_back_with_its_old_evidence(given: Given) -> None:
    from kvob_domain.estate.commands.preparation import EndTrajectory
    from kvob_domain.estate.values import EndReason

    end = EndTrajectory(estate=ESTATE, on=date(2021, 6, 3), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.AWARD), end, fact("covenant", "2026-01-01"))
    result = story.when(AwardCertificate(estate=ESTATE, on=date(2026, 2, 1)))
    assert result.refusal is not None


def test_a_past_award_after_a_withdrawal_begins_on_its_own_day(given: Given) -> None:
    from kvob_domain.estate.events.standing import CertificateWithdrawn

    story = given(
        *up_to(Step.EVALUATION),
        CertificateWithdrawn(on=date(2023, 7, 1), reason="fraude"),
        fact("award", "2024-02-01"),
    )
    certificates = story.state.certificates
    assert certificates[1].valid_from == date(2024, 2, 1)
    assert status_on(certificates, date(2024, 2, 1)) is Status.VALID
