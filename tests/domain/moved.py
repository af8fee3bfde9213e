"""The same commands, some years later."""

from collections.abc import Iterable

from kvob_domain.estate.commands import Command, EstateCommand
from kvob_domain.terms import add_years


def moved(commands: Iterable[Command], *, years: int) -> tuple[Command, ...]:
    """These commands, each on the same calendar day `years` later."""
    return tuple(
        command.model_copy(update={"on": add_years(command.on, years)})
        if isinstance(command, EstateCommand)
        else command
        for command in commands
    )
