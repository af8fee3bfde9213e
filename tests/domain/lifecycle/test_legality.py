"""What does the lifecycle allow, and what does it say when it does not?"""

from datetime import date

import pytest

from kvob_domain.estate.commands import ALL_COMMANDS, Command, EstateCommand, name_of
from kvob_domain.estate.commands.standing import RestoreCertificate
from kvob_domain.estate.legality import IN_TRAJECTORY, allowed, allowed_titles, illegal
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import has_move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory, WrongStatus, WrongStep
from tests.domain.asking import CYCLE, ESTATE, TODAY, Given, award, register_group, survey, up_to
from tests.domain.samples import SAMPLE_COMMANDS


@pytest.mark.parametrize("step", CYCLE)
def test_a_command_is_allowed_exactly_when_the_lifecycle_does_not_refuse_it(
    given: Given, step: Step
) -> None:
    state = given(*up_to(step)).state
    for day in (date(2021, 6, 3), date(2024, 6, 3)):
        listed = allowed(state, day)
        for command in SAMPLE_COMMANDS:
            if isinstance(command, EstateCommand) and has_move(command.command):
                dated = command.model_copy(update={"on": day})
                assert (illegal(dated, state) is None) == (type(command) in listed)


def test_a_registered_estate_may_start_or_end(given: Given) -> None:
    titles = allowed_titles(given(*up_to(Step.REGISTERED)).state, TODAY)
    assert [title.en for title in titles] == ["Start the trajectory", "End the trajectory"]


def test_nothing_is_offered_to_a_group(given: Given) -> None:
    assert allowed(given(register_group()).state, TODAY) == ()


def test_a_wrong_step_says_where_the_command_belongs_and_what_is_possible(given: Given) -> None:
    refusal = given(*up_to(Step.KICKOFF)).when(award()).then_refused(WrongStep)
    assert refusal.possible_in == (Step.AWARD, Step.RECERTIFICATION)
    assert [title.nl for title in refusal.allowed_now] == [
        "Intentieverklaring ondertekenen",
        "Beëindigen",
    ]
    assert "Startfase" in refusal.message("nl")


def test_a_wrong_status_says_with_which_status_it_is_possible(given: Given) -> None:
    restore = RestoreCertificate(estate=ESTATE, on=date(2022, 1, 1))
    refusal = given(*up_to(Step.EVALUATION)).when(restore).then_refused(WrongStatus)
    assert refusal.possible_with == (Status.SUSPENDED,)
    assert "Geschorst" in refusal.message("nl")


def test_evidence_is_recorded_in_a_running_trajectory(given: Given) -> None:
    for step in CYCLE:
        refusal = illegal(survey(date(2024, 2, 1)), given(*up_to(step)).state)
        assert isinstance(refusal, NoTrajectory) == (step is Step.REGISTERED)


def test_what_is_recorded_in_a_trajectory_is_no_move_but_a_command() -> None:
    names = {name_of(command) for command in ALL_COMMANDS}
    assert names >= IN_TRAJECTORY
    assert [name for name in IN_TRAJECTORY if has_move(name)] == []


def test_the_lifecycle_speaks_before_the_rules(given: Given) -> None:
    wrong: Command = award(date(2030, 1, 1))
    refusals = given(*up_to(Step.KICKOFF)).when(wrong).refusals
    assert isinstance(refusals[0], WrongStep)
    assert {refusal.code for refusal in refusals} >= {"date-in-future", "audit-missing"}
