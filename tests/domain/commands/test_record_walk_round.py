"""A walk-round is held by daylight or in the dark; a cycle asks for one of each."""

import pytest
from pydantic import ValidationError

from kvob_domain.estate.commands.preparation import RecordWalkRound
from kvob_domain.estate.events.preparation import WalkRoundRecorded
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory
from tests.domain.asking import Given, register, up_to, walk_by_day, walk_in_the_dark


def test_each_light_is_kept(given: Given) -> None:
    story = given(*up_to(Step.INVENTORY))
    state = story.when(walk_by_day()).then(WalkRoundRecorded).after.given(walk_in_the_dark()).state
    assert state.dossier.walk_rounds == {"day", "dark"}


def test_a_walk_round_at_dusk_is_neither() -> None:
    stated = walk_by_day().model_dump() | {"light": "dusk"}
    with pytest.raises(ValidationError, match="light"):
        RecordWalkRound.model_validate(stated)


def test_without_a_trajectory_a_walk_round_belongs_to_no_cycle(given: Given) -> None:
    given(register()).when(walk_by_day()).then_refused(NoTrajectory)
