"""Which commands can be given now, and what stands in the way of the others?

The lifecycle and the requirements of the move are asked, as they are when the command is given;
what depends on what a command says, or on who gives it, nobody can tell before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import ALL_COMMANDS, Command, EstateCommand, name_of
from kvob_domain.estate.legality import IN_TRAJECTORY, unmoved
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import gating, shortfall
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.table import has_move, next_step
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.scheme_terms import Terms

# What the command itself brings is not missing before it is given.
_BROUGHT: Final = frozenset(
    {("declare_intent", RequirementCode.PARTIES), ("adopt_plan", RequirementCode.GOALS)}
)


@dataclass(frozen=True, slots=True)
class Possible:
    """A command of the lifecycle; `obstacles` are empty where it can be given.

    `leads_to` is the step that it leads to from here, None where it leads to no other one.
    """

    command: type[Command]
    leads_to: Step | None
    obstacles: tuple[Rejected, ...]


def possible(estate: Estate, terms: Terms, day: date) -> tuple[Possible, ...]:
    """Every command that moves the lifecycle or takes a running trajectory, on a day."""
    return tuple(
        Possible(command, _leads_to(name_of(command), estate.step), tuple(found))
        for command in ALL_COMMANDS
        if issubclass(command, EstateCommand)
        and (has_move(name_of(command)) or name_of(command) in IN_TRAJECTORY)
        for found in (_obstacles(command, estate, terms, day),)
    )


def _leads_to(move: str, step: Step) -> Step | None:
    target = next_step(step, move)
    return None if target is step else target


def _obstacles(
    command: type[Command], estate: Estate, terms: Terms, day: date
) -> Iterator[Rejected]:
    refusal = unmoved(command, estate, day)
    if refusal is not None:
        yield refusal
        return
    name = name_of(command)
    for requirement in gating(name, estate):
        still_open = shortfall(requirement, estate, terms)
        if still_open is not None and (name, requirement.code) not in _BROUGHT:
            yield still_open
