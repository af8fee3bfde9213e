"""Registering a group enters what sources speak of as one; a group walks no steps."""

import pytest

from kvob_domain.estate.commands import Command
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.values import EstateKind
from kvob_domain.refusals.lifecycle import AlreadyRegistered, GroupHasNoTrajectory
from tests.domain.asking import Given, award, evaluate_term, register_group, start, survey


def test_a_group_is_entered_as_a_group(given: Given) -> None:
    state = given().when(register_group()).then(EstateRegistered).state
    assert (state.kind, state.name) == (EstateKind.GROUP, "Alle terreinen")


def test_a_group_is_not_entered_twice(given: Given) -> None:
    given(register_group()).when(register_group()).then_refused(AlreadyRegistered)


@pytest.mark.parametrize("command", [start(), survey(), award(), evaluate_term()])
def test_a_group_has_no_trajectory_of_its_own(given: Given, command: Command) -> None:
    given(register_group()).when(command).then_refused(GroupHasNoTrajectory, name="Alle terreinen")
