"""How does a story get its notices? Commands are recorded on their days, notices by the alarm."""

from datetime import date
from typing import Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import Command, EstateCommand
from kvob_domain.estate.deadlines import Deadline
from kvob_domain.estate.deadlines.owed import notice_of, owed
from kvob_domain.ids import PersonId
from kvob_domain.testing import Scenario

ALARM: Final = Actor(PersonId("alarm"), None, Role.ALARM, "alarm")
FIRST: Final = date(2020, 1, 1)


def lived(story: Scenario, *commands: Command) -> Scenario:
    """The story with these commands, each recorded on the day it happened.

    What names no civil day, such as a registration, is recorded with the one before it.
    """
    day = story.history[-1].at.date() if story.history else FIRST
    for command in commands:
        day = command.on if isinstance(command, EstateCommand) else day
        story = story.on(day).given(command)
    return story


def due(story: Scenario, today: date) -> tuple[Deadline, ...]:
    """The deadlines that notice is owed of on a day."""
    return owed(story.state, story.book, today)


def announced(story: Scenario, today: date) -> Scenario:
    """The story after the alarm has given every notice that is owed on a day."""
    notices = tuple(notice_of(one) for one in due(story, today))
    return story.on(today).recording(notices, ALARM)


def told(story: Scenario, today: date) -> list[tuple[str, int, str]]:
    """What is owed, as (kind, ordinal, day)."""
    return [(one.kind.value, one.ordinal, f"{one.due_on}") for one in due(story, today)]
