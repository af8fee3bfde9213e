"""Which notices does an estate get before anything else happens to it? Those that are owed.

A command may close a deadline that fell due while nobody swept. So the notices come first, in the
same transaction, and a history reads as if somebody had been awake all the time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.deadlines import Deadline
from kvob_domain.estate.deadlines.owed import notice_of, owed
from kvob_domain.estate.evolve import evolve
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import PersonId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.deadlines import DEADLINES
from kvob_projections.pending import first_pending
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.hot import Hot
from kvob_workflow.engine.stamping import Stamp, in_envelopes

ALARM: Final = Actor(PersonId("alarm"), role=Role.ALARM, origin="alarm")


def settled(hot: Hot, book: SchemeBook, stamp: Stamp, cause: str) -> tuple[Recorded, ...]:
    """The notices that the estate is owed at the instant of a stamp.

    Raises:
        ClockBehind: when the clock is more than five minutes behind the estate's last event.
    """
    state = hot.state
    if not state.exists:
        return ()
    if hot.rows is not None:
        first = first_pending(hot.rows[DEADLINES.name].values())
        if first is None or first > _today(state, stamp).isoformat():
            return ()
    try:
        found = owed(state, book, _today(state, stamp))
        return noted(state, found, stamp, cause) if found else ()
    except (ValueError, ArithmeticError):
        # The sweep holds the estate and says why; its people must be able to mend it.
        return ()


def noted(
    state: Estate, found: Iterable[Deadline], stamp: Stamp, cause: str
) -> tuple[Recorded, ...]:
    """The notices of these deadlines, recorded by the alarm clock.

    Raises:
        ClockBehind: when the clock is more than five minutes behind the estate's last event.
    """
    own = replace(stamp, actor=ALARM, command=None, correlation=None, causation=cause, source=None)
    return tuple(in_envelopes(state, map(notice_of, found), own))


def after_notices(state: Estate, notices: Iterable[Recorded]) -> Estate:
    """The state with the notices; they change nothing that depends on their order."""
    for recorded in notices:
        state = evolve(state, recorded)
    return state


def _today(state: Estate, stamp: Stamp) -> date:
    """The civil day of the instant that the events will bear: never before the last event's."""
    at = stamp.at
    return civil_day(at if state.last_at is None or at >= state.last_at else state.last_at)
