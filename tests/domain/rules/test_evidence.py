"""Is the evidence there? Each requirement once where it lets through and once where it refuses."""

from datetime import date
from decimal import Decimal

import pytest

from kvob_domain.estate.commands.preparation import RecordFigures, RecordSurvey, RecordWalkRound
from kvob_domain.estate.events.certification import CertificateAwarded, CovenantSigned
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    IntentDeclared,
    PlanAdopted,
    SurveyRecorded,
)
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.refusals.evidence import (
    AnalysisMissing,
    CovenantMissing,
    FiguresMissing,
    GoalsMissing,
    IntentMissing,
    MoreReturnedThanSent,
    PartiesMissing,
    PlanMissing,
    SurveyMissing,
    SurveyResponseTooLow,
    WalkRoundMissing,
)
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ASSOCIATION,
    MUNICIPALITY,
    PARTIES,
    POLICE,
    RENEWAL,
    Given,
    adopt_analysis,
    adopt_plan,
    award,
    declare,
    fact,
    figures,
    register,
    sign,
    survey,
    up_to,
    walk_by_day,
    walk_in_the_dark,
)


def inventory(given: Given, *left_out: type, instead: tuple[RecordSurvey, ...] = ()) -> Scenario:
    """An inventory that is ready to be closed, but for what is left out."""
    evidence = [one for one in up_to(Step.ACTION_PLAN)[:-1] if not isinstance(one, left_out)]
    return given(*evidence, *instead)


@pytest.mark.lets_through("required_parties_take_part", "requirements_of_the_move_are_met")
def test_four_required_parties_declare_the_intent(given: Given) -> None:
    given(*up_to(Step.KICKOFF)).when(declare()).then(IntentDeclared)


@pytest.mark.refuses("required_parties_take_part", "requirements_of_the_move_are_met")
def test_without_police_and_fire_brigade_there_is_no_partnership(given: Given) -> None:
    two = declare(date(2020, 10, 6), ASSOCIATION, MUNICIPALITY)
    refusal = given(*up_to(Step.KICKOFF)).when(two).then_refused(PartiesMissing)
    assert refusal.missing == (PartyRole.POLICE, PartyRole.FIRE_BRIGADE)
    assert refusal.holder == "practice"
    assert refusal.source.startswith("https://pvo-brabant-zeeland.nl/")


@pytest.mark.lets_through(
    "intent_is_declared",
    "enough_entrepreneurs_answered",
    "walked_by_day",
    "walked_in_the_dark",
    "figures_are_on_record",
)
def test_a_complete_inventory_is_closed_by_the_analysis(given: Given) -> None:
    inventory(given).when(adopt_analysis()).then(AnalysisAdopted)


@pytest.mark.refuses("intent_is_declared")
def test_an_analysis_without_a_declared_intent_says_so_beside_the_wrong_step(given: Given) -> None:
    given(*up_to(Step.KICKOFF)).when(adopt_analysis(date(2020, 9, 16))).then_refused(IntentMissing)


@pytest.mark.refuses("enough_entrepreneurs_answered")
def test_an_analysis_needs_a_survey(given: Given) -> None:
    refusal = inventory(given, RecordSurvey).when(adopt_analysis()).then_refused(SurveyMissing)
    assert (refusal.minimum, refusal.holder) == (Decimal(30), "practice")


@pytest.mark.refuses("enough_entrepreneurs_answered")
def test_a_response_of_27_out_of_113_is_7_forms_short(given: Given) -> None:
    low = survey(date(2020, 11, 23), returned=27, sent=113)
    story = inventory(given, RecordSurvey, instead=(low,))
    refusal = story.when(adopt_analysis()).then_refused(SurveyResponseTooLow)
    assert (refusal.returned, refusal.sent, refusal.short) == (27, 113, 7)
    assert (refusal.rate, refusal.minimum) == (Decimal("23.9"), Decimal(30))


@pytest.mark.lets_through("enough_entrepreneurs_answered")
def test_a_response_of_exactly_30_percent_is_enough(given: Given) -> None:
    exact = survey(returned=30, sent=100)
    inventory(given, RecordSurvey, instead=(exact,)).when(adopt_analysis()).then(AnalysisAdopted)


@pytest.mark.refuses("enough_entrepreneurs_answered")
def test_a_response_that_only_rounds_to_30_percent_is_not_enough(given: Given) -> None:
    nearly = survey(returned=2999, sent=10_000)
    story = inventory(given, RecordSurvey, instead=(nearly,))
    refusal = story.when(adopt_analysis()).then_refused(SurveyResponseTooLow, short=1)
    assert refusal.rate == Decimal("30.0")


def test_the_latest_survey_counts(given: Given) -> None:
    low, enough = survey(date(2020, 11, 23), 27, 113), survey(date(2020, 11, 30), 41, 113)
    for order in ((low, enough), (enough, low)):
        inventory(given, RecordSurvey, instead=order).when(adopt_analysis()).then(AnalysisAdopted)


@pytest.mark.refuses("walked_by_day")
def test_a_walk_round_in_the_dark_does_not_replace_one_by_daylight(given: Given) -> None:
    story = inventory(given, RecordWalkRound).given(walk_in_the_dark())
    refusal = story.when(adopt_analysis()).then_refused(WalkRoundMissing)
    assert (refusal.light.nl, refusal.light.en) == ("bij daglicht", "by daylight")


@pytest.mark.refuses("walked_in_the_dark")
def test_a_walk_round_by_daylight_does_not_replace_one_in_the_dark(given: Given) -> None:
    story = inventory(given, RecordWalkRound).given(walk_by_day())
    refusal = story.when(adopt_analysis()).then_refused(WalkRoundMissing)
    assert (refusal.light.nl, refusal.light.en) == ("in het donker", "in the dark")


@pytest.mark.refuses("figures_are_on_record")
def test_an_analysis_rests_on_incident_figures(given: Given) -> None:
    inventory(given, RecordFigures).when(adopt_analysis()).then_refused(
        FiguresMissing, holder="practice"
    )


def test_all_that_is_missing_is_said_at_once_in_the_order_of_the_rules(given: Given) -> None:
    story = inventory(given, RecordSurvey, RecordWalkRound, RecordFigures)
    refusals = story.when(adopt_analysis()).refusals
    said = [type(refusal) for refusal in refusals]
    assert said == [SurveyMissing, WalkRoundMissing, WalkRoundMissing, FiguresMissing]


@pytest.mark.lets_through("analysis_is_adopted", "plan_has_goals")
def test_a_plan_with_a_goal_follows_the_analysis(given: Given) -> None:
    given(*up_to(Step.ACTION_PLAN)).when(adopt_plan()).then(PlanAdopted)


@pytest.mark.refuses("analysis_is_adopted")
def test_a_plan_without_an_analysis_says_so_beside_the_wrong_step(given: Given) -> None:
    given(*up_to(Step.INVENTORY)).when(adopt_plan()).then_refused(AnalysisMissing)


@pytest.mark.refuses("plan_has_goals")
def test_a_plan_states_goals(given: Given) -> None:
    without_goals = adopt_plan(goals=())
    given(*up_to(Step.ACTION_PLAN)).when(without_goals).then_refused(
        GoalsMissing, holder="practice"
    )


@pytest.mark.lets_through("plan_has_goals")
@pytest.mark.refuses("plan_has_goals")
def test_the_plan_of_a_renewal_states_goals_as_well(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION))
    on = date(2024, 2, 8)
    story.when(adopt_plan(on, goals=())).then_refused(GoalsMissing)
    story.when(adopt_plan(on)).then(PlanAdopted)


@pytest.mark.lets_through("plan_is_adopted")
@pytest.mark.refuses("plan_is_adopted")
def test_a_renewal_needs_a_plan_of_its_own(given: Given) -> None:
    plan, checked = RENEWAL
    story = given(*up_to(Step.RECERTIFICATION))
    story.given(checked).when(award(date(2024, 5, 16))).then_refused(PlanMissing)
    story.given(plan, checked).when(award(date(2024, 5, 16))).then(CertificateAwarded)


@pytest.mark.lets_through("enough_entrepreneurs_answered", "walked_by_day", "walked_in_the_dark")
@pytest.mark.refuses("enough_entrepreneurs_answered", "walked_by_day", "walked_in_the_dark")
@pytest.mark.refuses("figures_are_on_record")
def test_a_renewal_needs_an_inventory_from_after_the_last_award(given: Given) -> None:
    renewed = award(date(2024, 5, 16))
    measured = up_to(Step.RECERTIFICATION)
    given(*measured, *RENEWAL).when(renewed).then(CertificateAwarded)
    evaluation = up_to(Step.EVALUATION)
    bare = given(*evaluation, measured[-1], *RENEWAL).when(renewed)
    said = [type(refusal) for refusal in bare.refusals]
    assert said == [SurveyMissing, WalkRoundMissing, WalkRoundMissing, FiguresMissing]


def test_evidence_that_a_source_reports_counts_as_met(given: Given) -> None:
    story = given(register(), fact("intent_declaration", "2019"), fact("inventory", "2020"))
    assert story.state.step is Step.ACTION_PLAN
    story.when(adopt_plan()).then(PlanAdopted)


@pytest.mark.lets_through("forms_returned_were_sent")
@pytest.mark.refuses("forms_returned_were_sent")
def test_no_more_forms_come_back_than_were_sent(given: Given) -> None:
    story = given(*up_to(Step.INVENTORY))
    story.when(survey(returned=40, sent=40)).then(SurveyRecorded)
    story.when(survey(returned=41, sent=40)).then_refused(
        MoreReturnedThanSent, returned=41, sent=40
    )


@pytest.mark.lets_through("required_parties_sign_the_covenant")
def test_the_covenant_step_ends_when_all_required_parties_have_signed(given: Given) -> None:
    signed = given(*up_to(Step.COVENANT)).when(sign()).then(CovenantSigned)
    assert signed.state.step is Step.AWARD


@pytest.mark.refuses("required_parties_sign_the_covenant")
def test_a_covenant_without_a_required_party_does_not_end_the_step(given: Given) -> None:
    three = sign(date(2021, 4, 15), *PARTIES[:3])
    given(*up_to(Step.COVENANT)).when(three).then_refused(
        CovenantMissing, missing=(PartyRole.FIRE_BRIGADE,), holder="practice"
    )


def test_once_the_audit_is_requested_parties_may_sign_one_by_one(given: Given) -> None:
    story = given(*up_to(Step.COVENANT), figures(date(2021, 4, 1)))
    story = story.given(*(one for one in up_to(Step.AWARD) if one.command == "request_audit"))
    for number, party in enumerate((POLICE, MUNICIPALITY), start=21):
        story = story.when(sign(date(2021, 4, number), party)).then(CovenantSigned).after
    assert story.state.dossier.covenant_roles == {PartyRole.POLICE, PartyRole.MUNICIPALITY}
    assert story.state.step is Step.AWARD
