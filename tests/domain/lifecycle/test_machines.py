"""Do the two state machines and the tables compiled from them say the same, and reach all?"""

from collections.abc import Iterator

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st
from statemachine import StateMachine
from statemachine.exceptions import TransitionNotAllowed

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.lifecycle.certificate import STATUS_WORDS, CertificateMachine, Status
from kvob_domain.lifecycle.table import (
    CERTIFICATE_MOVES,
    CERTIFICATE_TABLE,
    TRAJECTORY_MOVES,
    TRAJECTORY_TABLE,
    Table,
    has_move,
    is_legal,
    next_status,
    next_step,
    statuses_with,
    steps_with,
)
from kvob_domain.lifecycle.trajectory import STEP_WORDS, Step, TrajectoryMachine

MACHINES: dict[type[StateMachine], Table] = {
    TrajectoryMachine: TRAJECTORY_TABLE,
    CertificateMachine: CERTIFICATE_TABLE,
}
NO_COMMANDS = {"expire", "lose_date"}
"""Moves that time makes, or a source, and nobody asks for."""

MOVES = sorted(TRAJECTORY_MOVES | CERTIFICATE_MOVES)


def send(machine: StateMachine, move: str) -> None:
    """One move; the library leaves a part of this method untyped."""
    machine.send(move)  # pyright: ignore[reportUnknownMemberType]


def walk(machine: type[StateMachine], moves: list[str]) -> Iterator[tuple[str, str | None]]:
    """Each move tried on a living machine: the state before, the state after or None."""
    alive = machine()
    for move in moves:
        before = str(alive.current_state_value)
        try:
            send(alive, move)
        except TransitionNotAllowed:
            yield before, None
        else:
            yield before, str(alive.current_state_value)


@pytest.mark.parametrize("machine", MACHINES)
def test_the_machine_and_its_table_agree_on_every_move_of_every_walk(
    machine: type[StateMachine],
) -> None:
    table = MACHINES[machine]
    own = sorted({move for _, move in table})

    @holds(st.lists(st.sampled_from(own), max_size=25))
    def agree(moves: list[str]) -> None:
        for move, (before, after) in zip(moves, walk(machine, moves), strict=True):
            assert table.get((before, move)) == after

    agree()


@pytest.mark.parametrize("machine", MACHINES)
def test_the_machine_and_its_table_agree_in_every_state(machine: type[StateMachine]) -> None:
    table = MACHINES[machine]
    for state in machine.states:
        for move in sorted({move for _, move in table}):
            alive = machine(start_value=state.value)
            try:
                send(alive, move)
            except TransitionNotAllowed:
                assert (state.id, move) not in table
            else:
                assert table[(str(state.id), move)] == alive.current_state_value


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached_from_the_first(machine: type[StateMachine]) -> None:
    table = MACHINES[machine]
    initial = machine.initial_state
    assert initial is not None
    reached = {str(initial.id)}
    while new := {end for (begin, _), end in table.items() if begin in reached} - reached:
        reached |= new
    assert reached == {str(state.id) for state in machine.states}


def test_steps_and_statuses_are_the_states_of_the_machines() -> None:
    assert [str(state.id) for state in TrajectoryMachine.states] == list(Step)
    assert [str(state.id) for state in CertificateMachine.states] == list(Status)


def test_every_step_and_every_status_has_words_for_the_screens() -> None:
    assert set(STEP_WORDS) == set(Step)
    assert set(STATUS_WORDS) == set(Status)


def test_every_move_is_a_command_or_made_by_time() -> None:
    commands = {name_of(command) for command in ALL_COMMANDS}
    assert set(MOVES) - commands == NO_COMMANDS


@pytest.mark.parametrize("machine", MACHINES)
def test_no_machine_has_conditions_of_its_own(machine: type[StateMachine]) -> None:
    for state in machine.states:
        for transition in state.transitions:
            assert not list(transition.cond)
            assert not list(transition.validators)


@holds(st.sampled_from(Step), st.sampled_from(Status), st.sampled_from(MOVES))
def test_a_move_is_legal_when_every_machine_that_names_it_has_it(
    step: Step, status: Status, move: str
) -> None:
    in_trajectory = move not in TRAJECTORY_MOVES or next_step(step, move) is not None
    in_certificate = move not in CERTIFICATE_MOVES or next_status(status, move) is not None
    assert is_legal(step, status, move) == (in_trajectory and in_certificate)
    assert has_move(move)


@holds(st.sampled_from(MOVES))
def test_where_a_move_is_possible_is_told_from_the_table(move: str) -> None:
    assert set(steps_with(move)) == {step for step in Step if next_step(step, move)}
    assert set(statuses_with(move)) == {one for one in Status if next_status(one, move)}


def test_a_word_that_is_no_move_is_nowhere_possible() -> None:
    assert not has_move("register_estate")
    assert steps_with("register_estate") == ()
    assert next_step(Step.AWARD, "register_estate") is None


@pytest.mark.parametrize(
    ("move", "steps"),
    [
        ("award_certificate", "award recertification"),
        ("sign_covenant", "covenant award evaluation recertification"),
        ("start_trajectory", "registered ended"),
    ],
)
def test_the_steps_of_the_design_s_table_hold_each_move(move: str, steps: str) -> None:
    assert " ".join(steps_with(move)) == steps
