"""Incident figures: the first ever known are the baseline that later ones are compared with."""

from datetime import date

from kvob_domain.estate.events.preparation import FiguresRecorded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory
from tests.domain.asking import Given, figures, register, up_to


def test_the_first_figures_become_the_baseline(given: Given) -> None:
    command = figures(damage_eur=146_000)
    state = given(*up_to(Step.INVENTORY)).when(command).then(FiguresRecorded).state
    assert state.baseline == state.latest_figures == command.figures
    assert (command.figures.year, command.figures.damage_eur) == (2020, 146_000)


def test_later_figures_leave_the_baseline_as_it_was(given: Given) -> None:
    first, second = figures(), figures(date(2022, 1, 20), burglaries=11)
    state = given(*up_to(Step.EVALUATION), second).state
    assert state.baseline == first.figures
    assert state.latest_figures == second.figures


def test_without_a_trajectory_figures_belong_to_no_cycle(given: Given) -> None:
    given(register()).when(figures()).then_refused(NoTrajectory)
