"""Adopting the plan sets the goals and the measures matrix of the cycle."""

from datetime import date

from kvob_domain.estate.events.preparation import PlanAdopted
from kvob_domain.estate.values import MeasureTag, Progress
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from tests.domain.asking import GOAL, MEASURES, Given, adopt_plan, measure, up_to


def test_the_covenant_follows_the_plan(given: Given) -> None:
    state = given(*up_to(Step.ACTION_PLAN)).when(adopt_plan()).then(PlanAdopted).state
    assert state.step is Step.COVENANT
    assert (state.goals, state.measures) == ((GOAL,), MEASURES)


def test_a_measure_has_an_owner_a_tag_and_a_day(given: Given) -> None:
    cameras = measure(
        1,
        owner="Parkmanagement",
        owner_role=PartyRole.PARK_MANAGEMENT,
        tag=MeasureTag.SAFE,
        goal="g1",
        due_on=date(2022, 1, 1),
        progress=Progress.STARTED,
    )
    state = given(*up_to(Step.ACTION_PLAN), adopt_plan(measures=(cameras,))).state
    assert state.measures == (cameras,)


def test_the_plan_of_a_renewal_replaces_the_measures_and_leaves_the_step(given: Given) -> None:
    command = adopt_plan(date(2024, 2, 8), measures=(measure(21), measure(22)))
    state = given(*up_to(Step.RECERTIFICATION)).when(command).then(PlanAdopted).state
    assert state.step is Step.RECERTIFICATION
    assert [line.id for line in state.measures] == ["m21", "m22"]
