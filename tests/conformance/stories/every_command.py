"""What does every command do? Tried, done, repeated, its id used again, and refused elsewhere.

The examples are those of the three entrances; each gets estates, a municipality and ids of its
own, so that one store holds all of them. A command without an example fails the suite.
"""

from __future__ import annotations

from typing import Any

from kvob_domain.estate.commands import ALL_COMMANDS, Command, command_adapter, name_of
from kvob_domain.ids import EstateId
from kvob_workflow import ChangeScope
from tests.cli.command_examples import BY_NAME, in_corner
from tests.cli.walked_so_far import Given
from tests.conformance.about import every_list, every_question
from tests.conformance.world import TODAY, World


def story(world: World) -> None:
    """Each command of the closed union in a corner of its own."""
    for number, command in enumerate(ALL_COMMANDS, start=1):
        assert name_of(command) in BY_NAME, "write an example of the new command"
        before, example = BY_NAME[name_of(command)]
        _one(world, number, before, example)
    every_list(world)


def _one(world: World, number: int, before: list[Given], example: Given) -> None:
    world.count_from(number * 1000 + 1)
    for one in before:
        world.do(_moved(one, number), one.actor)
    world.count_from(number * 1000 + 500)
    elsewhere = world.register(f"Leeg {number}", f"Elders {number}")
    command, key = _moved(example, number), f"command-{number}"
    world.do(command, example.actor, dry_run=True)
    world.count_from(number * 1000 + 600)
    world.do(command, example.actor, command_id=key)
    world.ask("do", command, actor=example.actor, command_id=key)
    other = ChangeScope(estate=elsewhere, on=TODAY, scope="Iets anders")
    world.tries(other, command_id=key)
    world.tries(command, example.actor)
    world.tries(_moved(example, number, estate=elsewhere), example.actor)
    every_question(world, EstateId(str(getattr(command, "estate", elsewhere))))


def _moved(given: Given, number: int, *, estate: str | None = None) -> Command:
    """The same command about the estates of another corner, or about one that is named."""
    fields: dict[str, Any] = in_corner(given, number).fields
    if estate is not None:
        fields["estate"] = estate
    return command_adapter().validate_python(fields)
