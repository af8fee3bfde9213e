"""Updating a measure records its progress and who owns it now."""

from datetime import date

from kvob_domain.estate.commands.preparation import UpdateMeasure
from kvob_domain.estate.events.preparation import MeasureUpdated
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory
from tests.domain.asking import ESTATE, Given, register, up_to

DROPPED = UpdateMeasure(
    estate=ESTATE,
    on=date(2022, 1, 1),
    measure="m5",
    progress=Progress.DROPPED,
    note="te duur",
)


def test_only_the_named_measure_changes(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION))
    state = story.when(DROPPED).then(MeasureUpdated).state
    assert [line.progress for line in state.measures] == [
        *[Progress.DONE] * 4,
        Progress.DROPPED,
        *[Progress.PLANNED] * 3,
    ]
    assert state.measures[4].owner == story.state.measures[4].owner


def test_without_a_trajectory_there_is_no_plan_to_update(given: Given) -> None:
    given(register()).when(DROPPED).then_refused(NoTrajectory)
