"""What do a host's tests need? An engine in memory, a clock to set, and given / when / then.

    from kvob_workflow.testing import engine_in_memory, given

`given` tells the rules alone as a story, with the packaged scheme data. `engine_in_memory` is a
whole engine that forgets everything when it is closed; its clock stands still until it is set.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.estate.events import AnyEvent
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.testing import (
    AUDITOR,
    DECIDER,
    GUIDE,
    IMPORTER,
    SECOND_DECIDER,
    Result,
    Scenario,
    usual_actor,
)
from kvob_domain.testing import given as given_under
from kvob_workflow.clock import AMSTERDAM
from kvob_workflow.engine import Engine, packaged_book

NOON = time(12, tzinfo=AMSTERDAM)


class SettableClock:
    """A clock that stands still until it is set or moved on."""

    def __init__(self, day: date) -> None:
        """Stand at noon of a civil day in Amsterdam."""
        self._now = datetime.combine(day, NOON).astimezone(UTC)

    def now(self) -> datetime:
        """The instant the clock stands at, aware, in UTC."""
        return self._now

    def set_day(self, day: date) -> None:
        """Stand at noon of another civil day in Amsterdam."""
        self._now = datetime.combine(day, NOON).astimezone(UTC)

    def move_on(self, by: timedelta) -> None:
        """Go on (or, with a negative time, back)."""
        self._now += by


def engine_in_memory(
    today: date, *, actor: Actor = GUIDE, book: SchemeBook | None = None
) -> Engine:
    """An engine in memory whose clock stands at noon of `today`; its ids count from 1."""
    return engine_at("memory:", SettableClock(today), actor=actor, book=book)


def engine_at(
    url: str, clock: SettableClock, *, actor: Actor = GUIDE, book: SchemeBook | None = None
) -> Engine:
    """An engine on a store of the test's own, with a clock that the test sets."""
    numbers = count(1)
    return Engine.open(
        url, actor=actor, clock=clock, book=book, new_id=lambda: f"{next(numbers):032x}"
    )


def given(
    *happened: Command | AnyEvent,
    today: date,
    book: SchemeBook | None = None,
    by: Actor | None = None,
) -> Scenario:
    """A story in which this has happened by `today`, under the packaged scheme data.

    Raises:
        KvobError: when one of the commands is refused.
    """
    return given_under(*happened, book=book or packaged_book(), today=today, by=by)


__all__ = [
    "AUDITOR",
    "DECIDER",
    "GUIDE",
    "IMPORTER",
    "SECOND_DECIDER",
    "Result",
    "Scenario",
    "SettableClock",
    "engine_at",
    "engine_in_memory",
    "given",
    "usual_actor",
]
