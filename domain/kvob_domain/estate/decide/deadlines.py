"""What is written down about a deadline? The rules have found it open."""

from typing import assert_never

from kvob_domain.estate.commands.deadlines import (
    DeadlineCommand,
    ExtendDeadline,
    GiveNotice,
    ReplanDeadline,
    WaiveDeadline,
)
from kvob_domain.estate.deadlines.looking_up import named
from kvob_domain.estate.deadlines.owed import notice_of
from kvob_domain.estate.events.deadlines import (
    DeadlineEvent,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.deadlines import not_open
from kvob_domain.estate.state import Estate


def deadline_event(command: DeadlineCommand, estate: Estate, ground: Ground) -> DeadlineEvent:
    """The event of a command about a deadline.

    Raises:
        DeadlineNotOpen: where the rules were not asked first.
    """
    found = named(estate, ground.book, command.kind, command.ordinal)
    if found is None:
        raise not_open(command, estate, ground.book)
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
