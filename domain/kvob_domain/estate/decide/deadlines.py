"""What is written down about a deadline? The rules have found it open."""

from typing import assert_never

from kvob_domain.estate.commands.deadlines import (
    DeadlineCommand,
    ExtendDeadline,
    GiveNotice,
    ReplanDeadline,
    WaiveDeadline,
)
from kvob_domain.estate.deadlines import deadlines
from kvob_domain.estate.deadlines.owed import notice_of
from kvob_domain.estate.events.deadlines import (
    DeadlineEvent,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.deadlines import named
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.deadlines import DeadlineNotOpen


def deadline_event(command: DeadlineCommand, estate: Estate, ground: Ground) -> DeadlineEvent:
    """The event of a command about a deadline."""
    found = named(command, estate, ground.book)
    if found is None:
        open_ones = tuple(one.kind.words for one in deadlines(estate, ground.book))
        raise DeadlineNotOpen(command.kind, command.ordinal, open_ones)
    match command:
        case GiveNotice():
            return notice_of(found)
        case ExtendDeadline() | ReplanDeadline():
            event = DeadlineExtended if isinstance(command, ExtendDeadline) else DeadlineReplanned
            return event(
                on=command.on,
                kind=found.kind,
                ordinal=found.ordinal,
                computed_on=found.computed_on,
                from_due_on=found.due_on,
                due_on=command.due_on,
                reason=command.reason,
            )
        case WaiveDeadline():
            return DeadlineWaived(
                on=command.on,
                kind=found.kind,
                ordinal=found.ordinal,
                computed_on=found.computed_on,
                reason=command.reason,
            )
        case _:
            assert_never(command)
