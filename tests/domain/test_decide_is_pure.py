"""Does the same question always get the same answer, and does asking change nothing?"""

import pytest

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.estate.ground import Ground
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import AUDITOR, DECIDER, GUIDE
from tests.domain.answers import answer
from tests.domain.asking import CYCLE, RENEWAL, TODAY, Given, up_to
from tests.domain.samples import SAMPLE_COMMANDS


@pytest.mark.parametrize("actor", [GUIDE, AUDITOR, DECIDER], ids=lambda one: one.role.value)
@pytest.mark.parametrize("step", CYCLE)
def test_asked_twice_in_any_step_every_command_gets_one_answer(
    given: Given, book: SchemeBook, step: Step, actor: Actor
) -> None:
    story = given(*up_to(step))
    state, twin = story.state, story.state
    ground = Ground(book, TODAY, actor)
    for command in SAMPLE_COMMANDS:
        assert answer(command, state, ground) == answer(command, state, ground)
    assert state == twin


def test_a_refused_command_leaves_the_story_as_it_was(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION), *RENEWAL)
    refused: list[Command] = []
    for command in SAMPLE_COMMANDS:
        result = story.when(command)
        if result.refusal is not None:
            assert result.after.history == story.history
            refused.append(command)
    assert len(refused) > 10
