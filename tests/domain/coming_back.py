"""Does an event lead back to the command that it came from? Asked of every story that is told."""

from typing import Final

from kvob_domain.estate.commanded import command_of
from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.testing import Result

# What a command may leave to be computed when it is decided, and what the event then says.
_LEFT_OUT: Final = {"start_trajectory": {"edition"}, "evaluate_term": {"edition"}}
# A level under another name is written down under its own; a correction as the whole statement.
_SAID_OTHERWISE: Final = {"award_certificate": {"level"}, "correct": {"says"}}


def comes_back(result: Result) -> bool:
    """Whether the first event of an accepted command leads back to it; True for a refusal."""
    asked = result.command
    if not result.events or isinstance(asked, GiveNotice):
        return True  # a notice by hand looks like one by the alarm clock
    recorded = result.after.history[len(result.before.history)]
    told = command_of(recorded)
    apart = {"estate", "also"} | _SAID_OTHERWISE.get(asked.command, set())
    for field in _LEFT_OUT.get(asked.command, set()):
        if getattr(asked, field, None) is None:
            apart.add(field)
    if told is None or type(told) is not type(asked):
        return False
    return told.model_dump(exclude=apart) == asked.model_dump(exclude=apart)
