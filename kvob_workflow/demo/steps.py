"""What is a step of the demonstration? A command, who gives it, and the refusal it must meet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kvob_domain.actor import Actor
from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Command


@dataclass(frozen=True, slots=True)
class DemoStep:
    """One command of the story; `refused_with` names the refusal where the rules say no."""

    command: Command
    actor: Actor
    refused_with: type[Rejected] | None = None


def given_by(actor: Actor, commands: Iterable[Command]) -> Iterator[DemoStep]:
    """Steps that one person takes and that the rules let through."""
    for command in commands:
        yield DemoStep(command, actor)
