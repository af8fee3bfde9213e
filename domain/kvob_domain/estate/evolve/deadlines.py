"""What do notices and moved deadlines change? Never a step, never a certificate."""

from datetime import date
from types import MappingProxyType
from typing import assert_never

from kvob_domain.estate.deadline_kinds import key_of
from kvob_domain.estate.events.deadlines import (
    CertificateExpired,
    DeadlineEvent,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
    NoticeGiven,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate, MovedDeadline


def apply_deadline(estate: Estate, event: DeadlineEvent, recorded: Recorded) -> None:
    """Remember the notice, or where the deadline was moved to."""
    match event:
        case NoticeGiven() | CertificateExpired():
            estate.notices = estate.notices | {event.key}
        case DeadlineExtended() | DeadlineReplanned():
            _move(estate, event, event.due_on, recorded)
        case DeadlineWaived():
            _move(estate, event, None, recorded)
        case _:
            assert_never(event)


def _move(
    estate: Estate,
    event: DeadlineExtended | DeadlineReplanned | DeadlineWaived,
    due_on: date | None,
    recorded: Recorded,
) -> None:
    key = key_of(event.kind, event.ordinal, event.computed_on)
    known = estate.moved_deadlines.get(key)
    if known is not None and known.version > recorded.version:
        return  # what was agreed last holds, on whatever day it is dated
    moved = MovedDeadline(due_on, event.reason, recorded.version, recorded.at)
    estate.moved_deadlines = MappingProxyType({**estate.moved_deadlines, key: moved})
