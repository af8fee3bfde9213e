"""What is a rule? A sentence, the commands that it looks at, and a check that may refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Ask, Command
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.state import Estate

C = TypeVar("C", bound=Ask)
Check = Callable[[C, Estate, Ground], Rejected | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `text` is its docstring: the rule in words, with its source."""

    name: str
    text: str
    commands: tuple[type[Command], ...]
    check: Callable[..., Rejected | None]
    refusal: Callable[[Command, Estate, Ground], Rejected | None]


def rule(*commands: type[Command]) -> Callable[[Check[C]], Rule]:
    """Make a rule of a check on these commands; the function's name is the rule's name."""

    def make(check: Check[C]) -> Rule:
        def refusal(command: Command, estate: Estate, ground: Ground) -> Rejected | None:
            if not isinstance(command, commands):
                return None
            # A test compares `commands` with the annotation of the check.
            return check(cast("C", command), estate, ground)

        return Rule(check.__name__, check.__doc__ or "", commands, check, refusal)

    return make
