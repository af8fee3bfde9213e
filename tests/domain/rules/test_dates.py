"""On which days can something have happened? The rules about days, one after the other."""

from datetime import date, timedelta

import pytest

from kvob_domain.estate.commands.identity import ChangeScope
from kvob_domain.estate.commands.oversight import DeclineAct, MigrateEdition, WaiveRequirement
from kvob_domain.estate.commands.preparation import UpdateMeasure
from kvob_domain.estate.events.identity import EstateRegistered, ScopeChanged
from kvob_domain.estate.events.oversight import ActProposed, EditionMigrated
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import (
    MeasureUpdated,
    PlanAdopted,
    SurveyRecorded,
)
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Progress
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.refusals.dates import (
    BeforeCycle,
    BeforeEstateExisted,
    BeforeLastMove,
    DateInFuture,
)
from tests.domain.asking import (
    ESTATE,
    TODAY,
    Given,
    adopt_analysis,
    adopt_plan,
    approve,
    fact,
    finish,
    register,
    register_group,
    survey,
    up_to,
)

TOMORROW = TODAY + timedelta(days=1)


def change_scope(on: date) -> ChangeScope:
    """A command that asks for nothing but a day."""
    return ChangeScope(estate=ESTATE, on=on, scope="met de nieuwe strook")


def waive(on: date) -> WaiveRequirement:
    """A waiver of the survey."""
    survey = RequirementCode.SURVEY
    return WaiveRequirement(estate=ESTATE, on=on, requirement=survey, reason="te klein")


def migrate(on: date) -> MigrateEdition:
    """A migration to the edition of 2012."""
    edition = EditionId("kvo-2008-v2")
    return MigrateEdition(estate=ESTATE, on=on, edition=edition, reason="overgang")


@pytest.mark.lets_through("nothing_happens_in_the_future")
def test_what_happened_today_can_be_recorded_today(given: Given) -> None:
    given(register()).when(change_scope(TODAY)).then(ScopeChanged)


@pytest.mark.refuses("nothing_happens_in_the_future")
def test_what_is_dated_tomorrow_is_refused_today(given: Given) -> None:
    refusal = given(register()).when(change_scope(TOMORROW)).then_refused(DateInFuture)
    assert (refusal.on.text, refusal.today) == ("2026-11-24", TODAY)


@pytest.mark.lets_through("past_facts_are_past")
@pytest.mark.parametrize("on", ["", "2026", "2026-11", "2026-11-23", "1998"])
def test_a_past_fact_may_have_happened_by_today(given: Given, on: str) -> None:
    given(register()).when(fact("award", on)).then(PastFactRecorded)


@pytest.mark.refuses("past_facts_are_past")
@pytest.mark.parametrize("on", ["2026-11-24", "2026-12", "2027"])
def test_a_past_fact_that_lies_wholly_in_the_future_is_refused(given: Given, on: str) -> None:
    refusal = given(register()).when(fact("award", on)).then_refused(DateInFuture)
    assert refusal.on.text == on


@pytest.mark.lets_through("past_facts_are_past")
def test_an_expiry_may_be_stated_for_the_future(given: Given) -> None:
    given(register()).when(fact("expiry", "2028")).then(PastFactRecorded)


@pytest.mark.lets_through("past_facts_are_past")
def test_an_estate_may_have_existed_since_today(given: Given) -> None:
    given().when(register(on=TODAY)).then(EstateRegistered)


@pytest.mark.refuses("past_facts_are_past")
def test_an_estate_or_group_that_is_yet_to_come_is_refused(given: Given) -> None:
    given().when(register(on=TOMORROW)).then_refused(DateInFuture)
    given().when(register_group(on="2027")).then_refused(DateInFuture)


@pytest.mark.lets_through("nothing_happens_before_the_estate_exists")
def test_something_may_happen_on_the_estate_s_first_day(given: Given) -> None:
    given(register(on="1998-05")).when(change_scope(date(1998, 5, 1))).then(ScopeChanged)


@pytest.mark.lets_through("nothing_happens_before_the_estate_exists")
def test_without_a_known_first_day_nothing_is_too_early(given: Given) -> None:
    given(register(on="")).when(change_scope(date(1960, 1, 1))).then(ScopeChanged)


@pytest.mark.refuses("nothing_happens_before_the_estate_exists")
def test_nothing_happens_before_the_estate_s_first_day(given: Given) -> None:
    given(register(on="1998-05")).when(change_scope(date(1998, 4, 30))).then_refused(
        BeforeEstateExisted, on=PartialDate.parse("1998-04-30"), since=PartialDate.parse("1998-05")
    )


@pytest.mark.lets_through("steps_follow_each_other")
def test_two_steps_may_be_taken_on_one_day(given: Given) -> None:
    day = date(2021, 1, 14)
    happened = up_to(Step.ACTION_PLAN)
    given(*happened[:-1]).when(adopt_analysis(day)).after.when(adopt_plan(day)).then(PlanAdopted)


@pytest.mark.refuses("steps_follow_each_other")
def test_a_step_is_not_dated_before_the_step_that_came_before_it(given: Given) -> None:
    happened = up_to(Step.ACTION_PLAN)
    given(*happened[:-1]).when(adopt_analysis(date(2020, 10, 5))).then_refused(
        BeforeLastMove, on=date(2020, 10, 5), last=date(2020, 10, 6)
    )


@pytest.mark.lets_through("evidence_belongs_to_the_cycle")
def test_a_survey_may_close_on_the_day_of_the_kickoff(given: Given) -> None:
    given(*up_to(Step.KICKOFF)).when(survey(date(2020, 9, 15))).then(SurveyRecorded)


@pytest.mark.refuses("evidence_belongs_to_the_cycle")
def test_a_survey_from_before_the_kickoff_does_not_count(given: Given) -> None:
    given(*up_to(Step.KICKOFF)).when(survey(date(2020, 9, 14))).then_refused(
        BeforeCycle, on=date(2020, 9, 14), since=date(2020, 9, 15)
    )


@pytest.mark.refuses("evidence_belongs_to_the_cycle")
def test_a_survey_from_before_the_last_award_does_not_count_for_the_renewal(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    story.when(survey(date(2021, 6, 2))).then_refused(BeforeCycle, since=date(2021, 6, 3))
    story.when(survey(date(2021, 6, 3))).then(SurveyRecorded)


@pytest.mark.refuses("evidence_belongs_to_the_cycle")
def test_a_renewal_s_evidence_is_not_older_than_an_award_known_from_a_source(given: Given) -> None:
    story = given(register(), fact("award", "2021-06-03"))
    story.when(survey(date(2021, 6, 2))).then_refused(BeforeCycle, since=date(2021, 6, 3))
    story.when(survey(date(2021, 6, 3))).then(SurveyRecorded)


def test_a_waiver_and_a_migration_belong_to_the_cycle_that_they_are_asked_in(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION))
    for ask, follows in ((waive, ActProposed), (migrate, EditionMigrated)):
        story.when(ask(date(2024, 1, 17))).then_refused(BeforeLastMove, last=date(2024, 1, 18))
        story.when(ask(date(2024, 1, 18))).then(follows)


def test_an_act_is_not_approved_or_declined_before_it_was_proposed(given: Given) -> None:
    story = given(*up_to(Step.KICKOFF), waive(date(2020, 10, 1)))
    early, proposed = date(2020, 9, 30), date(2020, 10, 1)
    proposal = story.state.proposals[0].id
    decline = DeclineAct(estate=ESTATE, on=early, proposal=proposal, reason="onnodig")
    for command in (approve(early, proposal), decline):
        story.when(command).then_refused(BeforeLastMove, on=early, last=proposed)


@pytest.mark.lets_through("measures_progress_after_the_plan")
def test_a_measure_may_be_done_on_the_day_of_the_plan(given: Given) -> None:
    story = given(*up_to(Step.COVENANT))
    story.when(finish(5, on=date(2021, 2, 9))[0]).then(MeasureUpdated)


@pytest.mark.refuses("measures_progress_after_the_plan")
def test_a_measure_is_not_done_before_the_plan_that_holds_it(given: Given) -> None:
    started = UpdateMeasure(
        estate=ESTATE, on=date(2021, 2, 8), measure="m5", progress=Progress.STARTED
    )
    given(*up_to(Step.COVENANT)).when(started).then_refused(BeforeCycle, since=date(2021, 2, 9))
