"""Which deadlines can be announced, moved or waived, and to which day?

The scheme's sources say nothing of extensions: these rules only keep what they could break, the
certificate's own end and the certainty that no deadline is moved out of sight.
"""

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.deadlines import (
    DeadlineCommand,
    ExtendDeadline,
    GiveNotice,
    ReplanDeadline,
    WaiveDeadline,
)
from kvob_domain.estate.deadlines import (
    BINDING,
    PLANNED,
    WAIVABLE,
    Deadline,
    DeadlineKind,
    deadlines,
)
from kvob_domain.estate.deadlines.looking_up import named
from kvob_domain.estate.deadlines.owed import notice_status
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.deadlines import (
    DeadlineFixed,
    DeadlineNotOpen,
    ExtensionNotLater,
    MovedBeyondExpiry,
    MovedToThePast,
    NotDueThen,
    NoticeGivenBefore,
    UseOtherCommand,
)
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.words import Text

MovedDay = ExtendDeadline | ReplanDeadline


@rule(GiveNotice, ExtendDeadline, ReplanDeadline, WaiveDeadline)
def deadline_is_open(command: DeadlineCommand, estate: Estate, ground: Ground) -> Rejected | None:
    """Only an open deadline is announced, moved or waived."""
    found = named(estate, ground.book, command.kind, command.ordinal)
    return None if found is not None else not_open(command, estate, ground.book)


@rule(GiveNotice)
def notice_is_of_the_day(command: GiveNotice, estate: Estate, ground: Ground) -> Rejected | None:
    """The date of a notice is the day on which the deadline falls due."""
    found = named(estate, ground.book, command.kind, command.ordinal)
    if found is None or found.due_on == command.on:
        return None
    return NotDueThen(command.kind, found.due_on, command.on)


@rule(GiveNotice)
def notice_is_given_once(command: GiveNotice, estate: Estate, ground: Ground) -> Rejected | None:
    """Notice of a deadline is given once, whoever gives it."""
    found = named(estate, ground.book, command.kind, command.ordinal)
    if found is None or notice_status(estate, found) != "given":
        return None
    return NoticeGivenBefore(command.kind, found.due_on)


@rule(WaiveDeadline)
def fixed_deadlines_are_not_waived(
    command: WaiveDeadline, _: Estate, __: Ground
) -> Rejected | None:
    """The end of a certificate and the keeping of its file are not waived."""
    return None if command.kind in WAIVABLE else DeadlineFixed(command.kind, _in_order(WAIVABLE))


@rule(ExtendDeadline)
def binding_deadlines_are_extended(
    command: ExtendDeadline, _: Estate, __: Ground
) -> Rejected | None:
    """What the scheme asks for can be extended; the end of a certificate cannot."""
    if command.kind in BINDING:
        return None
    if command.kind in PLANNED:
        return UseOtherCommand(command.kind, ReplanDeadline.TITLE)
    return DeadlineFixed(command.kind, _in_order(BINDING | PLANNED))


@rule(ReplanDeadline)
def planned_deadlines_are_replanned(
    command: ReplanDeadline, _: Estate, __: Ground
) -> Rejected | None:
    """A reminder or a target date can be replanned; what the scheme asks for cannot."""
    if command.kind in PLANNED:
        return None
    if command.kind in BINDING:
        return UseOtherCommand(command.kind, ExtendDeadline.TITLE)
    return DeadlineFixed(command.kind, _in_order(BINDING | PLANNED))


@rule(ExtendDeadline)
def an_extension_is_later(
    command: ExtendDeadline, estate: Estate, ground: Ground
) -> Rejected | None:
    """An extension gives a later day than the deadline has now."""
    found = named(estate, ground.book, command.kind, command.ordinal)
    if found is None or command.due_on > found.due_on:
        return None
    return ExtensionNotLater(command.due_on, found.due_on)


@rule(ExtendDeadline, ReplanDeadline)
def deadlines_move_to_days_to_come(command: MovedDay, _: Estate, ground: Ground) -> Rejected | None:
    """A deadline is moved to a day after today, so that notice of it can still be given."""
    return None if command.due_on > ground.today else MovedToThePast(command.due_on, ground.today)


@rule(ExtendDeadline, ReplanDeadline)
def deadlines_stay_before_the_expiry(
    command: MovedDay, estate: Estate, ground: Ground
) -> Rejected | None:
    """What belongs to a certificate falls due before the certificate has expired."""
    found = named(estate, ground.book, command.kind, command.ordinal)
    if found is None or found.moot_on is None or command.due_on < found.moot_on:
        return None
    return MovedBeyondExpiry(command.due_on, found.moot_on)


def not_open(command: DeadlineCommand, estate: Estate, book: SchemeBook) -> DeadlineNotOpen:
    """The refusal of a deadline that is not open; it lists those that are."""
    found = sorted(deadlines(estate, book), key=lambda one: one.place)
    return DeadlineNotOpen(command.kind, command.ordinal, tuple(_told(one) for one in found))


def _told(deadline: Deadline) -> Text:
    words, rest = deadline.kind.words, f"({deadline.kind} {deadline.ordinal}, {deadline.due_on})"
    return Text(f"{words.nl} {rest}", f"{words.en} {rest}")


def _in_order(kinds: frozenset[DeadlineKind]) -> tuple[DeadlineKind, ...]:
    return tuple(kind for kind in DeadlineKind if kind in kinds)
