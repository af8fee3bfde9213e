"""Which requests are there? The closed union of commands, split by subject.

Every entrance (Python, JSON, command line) is derived from `ALL_COMMANDS`; a test walks it.
"""

from functools import cache
from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from kvob_domain.estate.commands.base import Ask, EstateCommand, JointCommand
from kvob_domain.estate.commands.certification import CertificationCommand
from kvob_domain.estate.commands.corrections import CorrectionCommand
from kvob_domain.estate.commands.deadlines import DeadlineCommand
from kvob_domain.estate.commands.documents import DocumentCommand
from kvob_domain.estate.commands.identity import IdentityCommand, RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.oversight import OversightCommand, TwoPersonCommand
from kvob_domain.estate.commands.past import PastCommand
from kvob_domain.estate.commands.preparation import PreparationCommand
from kvob_domain.estate.commands.standing import StandingCommand

Command = (
    IdentityCommand
    | PreparationCommand
    | CertificationCommand
    | StandingCommand
    | OversightCommand
    | DeadlineCommand
    | PastCommand
    | CorrectionCommand
    | DocumentCommand
)
Registration = RegisterEstate | RegisterGroup

ALL_COMMANDS: tuple[type[Command], ...] = get_args(Command)


@cache
def command_adapter() -> TypeAdapter[Command]:
    """The validator of any command by its `command` field; built at first use."""
    return TypeAdapter(Annotated[Command, Field(discriminator="command")])


def name_of(command: type[Command]) -> str:
    """The stable name of a command, such as `sign_covenant`."""
    return str(command.model_fields["command"].default)


__all__ = [
    "ALL_COMMANDS",
    "Ask",
    "CertificationCommand",
    "Command",
    "CorrectionCommand",
    "DeadlineCommand",
    "DocumentCommand",
    "EstateCommand",
    "IdentityCommand",
    "JointCommand",
    "OversightCommand",
    "PastCommand",
    "PreparationCommand",
    "Registration",
    "StandingCommand",
    "TwoPersonCommand",
    "command_adapter",
    "name_of",
]
