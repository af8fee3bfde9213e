"""A survey counts how many entrepreneurs were asked and answered."""

from datetime import date

import pytest
from pydantic import ValidationError

from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.requirement_checks import response_rate
from kvob_domain.estate.state import Survey
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory
from tests.domain.asking import Given, register, survey, up_to


def test_a_survey_is_kept_with_its_counts(given: Given) -> None:
    state = given(*up_to(Step.INVENTORY)).when(survey()).then(SurveyRecorded).state
    assert state.dossier.survey == Survey(date(2020, 11, 30), 113, 41)


def test_the_survey_that_closed_last_counts_whenever_it_was_recorded(given: Given) -> None:
    later, earlier = survey(date(2020, 11, 30), 41), survey(date(2020, 11, 23), 27)
    state = given(*up_to(Step.INVENTORY), later, earlier).state
    assert state.dossier.survey == Survey(date(2020, 11, 30), 113, 41)


@pytest.mark.parametrize(
    ("returned", "sent", "rate"),
    [(27, 113, "23.9"), (41, 113, "36.3"), (45, 118, "38.1"), (1, 8, "12.5"), (0, 5, "0.0")],
)
def test_the_rate_is_shown_to_a_tenth_of_a_percent(returned: int, sent: int, rate: str) -> None:
    assert str(response_rate(Survey(date(2020, 11, 30), sent, returned))) == rate


def test_nobody_can_be_asked_nothing() -> None:
    with pytest.raises(ValidationError, match="sent"):
        survey(sent=0, returned=0)


def test_without_a_trajectory_a_survey_belongs_to_no_cycle(given: Given) -> None:
    given(register()).when(survey()).then_refused(NoTrajectory, step=Step.REGISTERED)
