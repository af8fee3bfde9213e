"""The evaluation of the term (1-meting) begins the recertification: a new cycle."""

from datetime import date

from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.events.standing import TermEvaluated
from kvob_domain.estate.values import Figures
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import ESTATE, Given, evaluate_term, up_to


def test_a_new_cycle_begins_with_what_was_measured_since_the_award(given: Given) -> None:
    ready = given(*up_to(Step.RECERTIFICATION)[:-1])
    state = ready.when(evaluate_term()).then(TermEvaluated).state
    assert (state.step, state.cycle) == (Step.RECERTIFICATION, 2)
    assert state.dossier.walk_rounds == {"day", "dark"}
    assert state.dossier.survey == ready.state.dossier.survey
    assert state.dossier.analysis_on == date(2024, 1, 18)


def test_the_plan_the_covenant_and_the_waivers_of_the_old_cycle_do_not_count(
    given: Given,
) -> None:
    dossier = given(*up_to(Step.RECERTIFICATION)).state.dossier
    assert (dossier.plan_on, dossier.covenant_on, dossier.audit) == (None, None, None)
    assert dossier.waived == frozenset()


def test_the_yearly_evaluations_of_the_term_stay_on_record(given: Given) -> None:
    year = EvaluateYear(estate=ESTATE, on=date(2022, 5, 31))
    story = given(*up_to(Step.EVALUATION), year, evaluate_term())
    assert story.state.dossier.year_evaluations == (date(2022, 5, 31),)


def test_its_figures_are_set_against_the_baseline(given: Given) -> None:
    measured = Figures(year=2023, burglaries=11, damage_eur=87_000)
    state = given(*up_to(Step.EVALUATION), evaluate_term(figures=measured)).state
    assert state.dossier.figures == state.latest_figures == measured
    assert state.baseline is not None
    assert state.baseline.burglaries == 18


def test_the_new_cycle_is_pinned_to_the_edition_in_force(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    assert story.given(evaluate_term(date(2024, 2, 29))).state.edition == "kvo-3.1"
    assert story.given(evaluate_term(date(2024, 3, 1))).state.edition == "kvo-4.0"


def test_there_is_no_term_to_evaluate_before_the_award(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(evaluate_term()).then_refused(WrongStep)
