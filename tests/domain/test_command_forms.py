"""What does the form of a command refuse before any rule is asked?"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from kvob_domain.estate.commands import Command, EstateCommand, JointCommand, command_adapter
from kvob_domain.estate.evolve import fold
from tests.domain.asking import ESTATE, Given, register
from tests.domain.samples import SAMPLE_COMMANDS

JOINT = {
    "sign_covenant",
    "request_audit",
    "record_audit",
    "award_certificate",
    "refuse_award",
    "present_certificate",
}


@pytest.mark.parametrize("command", SAMPLE_COMMANDS, ids=lambda one: one.command)
def test_every_command_reads_what_it_writes(command: Command) -> None:
    text = command.model_dump_json()
    assert command_adapter().validate_json(text) == command


@pytest.mark.parametrize("command", SAMPLE_COMMANDS, ids=lambda one: one.command)
def test_no_command_takes_a_field_that_it_does_not_know(command: Command) -> None:
    stated = command.model_dump(mode="json") | {"surprise": 1}
    with pytest.raises(ValidationError, match="extra_forbidden"):
        command_adapter().validate_python(stated)


@pytest.mark.parametrize("command", SAMPLE_COMMANDS, ids=lambda one: one.command)
def test_no_command_can_be_changed_afterwards(command: Command) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        command.command = "other"  # type: ignore[assignment]


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", SAMPLE_COMMANDS, ids=lambda one: one.command)
def test_a_day_outside_1900_to_2199_is_a_slip_of_the_pen(command: Command, day: str) -> None:
    stated = command.model_dump(mode="json")
    for name in {"on", "valid_from", "last_valid_day"} & set(stated):
        with pytest.raises(ValidationError, match=name):
            command_adapter().validate_python(stated | {name: day})


def test_the_outermost_days_can_be_folded(given: Given) -> None:
    stated: dict[str, Any] = {"command": "change_scope", "estate": ESTATE, "scope": "oud"}
    command = command_adapter().validate_python(stated | {"on": date(1900, 1, 1)})
    story = given(register(on=""), command)
    assert fold(ESTATE, story.history).scope == "oud"


def test_acts_that_several_estates_share_name_the_others() -> None:
    joint = {one.command for one in SAMPLE_COMMANDS if isinstance(one, JointCommand)}
    assert joint == JOINT


def test_a_person_is_an_id_and_never_an_address() -> None:
    stated = {"command": "record_audit", "estate": ESTATE, "on": "2021-05-11"}
    for person in ("jan@voorbeeld.nl", "Jan de Vries", ""):
        with pytest.raises(ValidationError, match="auditor"):
            command_adapter().validate_python(stated | {"auditor": person, "outcome": "positive"})


@pytest.mark.parametrize("estate", ["", "1", "Z" * 32, "A" * 32, "0" * 31, "0" * 33])
def test_an_estate_id_is_32_hexadecimal_digits(estate: str) -> None:
    for command in SAMPLE_COMMANDS:
        if isinstance(command, EstateCommand):
            stated = command.model_dump(mode="json") | {"estate": estate}
            with pytest.raises(ValidationError, match="estate"):
                command_adapter().validate_python(stated)
