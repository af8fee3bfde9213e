"""Adopting the safety analysis closes the inventory."""

from datetime import date

from kvob_domain.estate.events.preparation import AnalysisAdopted
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import Given, adopt_analysis, up_to


def test_the_action_plan_follows_the_analysis(given: Given) -> None:
    ready = up_to(Step.ACTION_PLAN)[:-1]
    state = given(*ready).when(adopt_analysis()).then(AnalysisAdopted).state
    assert state.step is Step.ACTION_PLAN
    assert state.dossier.analysis_on == date(2021, 1, 14)


def test_an_analysis_is_adopted_in_the_inventory_only(given: Given) -> None:
    refusal = given(*up_to(Step.COVENANT)).when(adopt_analysis(date(2021, 5, 1)))
    said = refusal.then_refused(WrongStep, possible_in=(Step.INVENTORY,))
    assert {title.en for title in said.allowed_now} >= {"Sign the covenant", "Request the audit"}
