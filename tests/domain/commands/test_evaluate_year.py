"""The yearly evaluation is the working group's own; it moves nothing and may bring figures."""

from datetime import date

from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.events.standing import YearEvaluated
from kvob_domain.estate.values import Figures
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import ESTATE, Given, figures, up_to


def test_each_evaluation_is_kept_with_its_day(given: Given) -> None:
    first = EvaluateYear(estate=ESTATE, on=date(2022, 5, 31), note="6 van 8")
    second = EvaluateYear(
        estate=ESTATE, on=date(2023, 5, 30), figures=Figures(year=2022, burglaries=12)
    )
    story = given(*up_to(Step.EVALUATION))
    state = story.when(first).then(YearEvaluated).after.given(second).state
    assert state.dossier.year_evaluations == (date(2022, 5, 31), date(2023, 5, 30))
    assert state.step is Step.EVALUATION
    assert state.latest_figures == second.figures
    assert state.baseline == figures().figures


def test_there_is_no_year_to_evaluate_before_the_award(given: Given) -> None:
    year = EvaluateYear(estate=ESTATE, on=date(2022, 5, 31))
    given(*up_to(Step.AWARD)).when(year).then_refused(WrongStep, possible_in=(Step.EVALUATION,))
