"""How does one estate go from due day to due day? With the very functions of the real alarm.

`owed`, `notice_of`, `decide` and `evolve` are the domain's; only the clock is virtual: it jumps to
the next day on which something falls due, and events bear the midnight in Amsterdam with which
that day begins. Read next: `renewing`, what people are assumed to do in between.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.deadlines import Deadline
from kvob_domain.estate.deadlines.owed import notice_of, owed
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.order import sorts_last
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.clock import AMSTERDAM
from kvob_workflow.simulation.foreseen import Foreseen, foreseen

ALARM: Final = Actor(PersonId("alarm"), role=Role.ALARM, origin="alarm")


class Course:
    """One estate on the virtual clock: its state, and the history to fold anew where needed."""

    def __init__(self, estate: EstateId, history: Sequence[Recorded], book: SchemeBook) -> None:
        """Begin with what is on record."""
        self.state: Estate = fold(estate, history)
        self.book: Final = book
        self.known_version: Final = self.state.version
        self._history: list[Recorded] = list(history)

    def record(self, events: Iterable[AnyEvent], day: date, actor: Actor) -> None:
        """Let events happen on a virtual day."""
        for event in events:
            recorded = self._envelope(event, day, actor)
            self._history.append(recorded)
            if sorts_last(recorded, self.state.last_day):
                self.state = evolve(self.state, recorded)
            else:
                self.state = fold(self.state.id, self._history)

    def owed_by(self, day: date) -> tuple[Deadline, ...]:
        """What is owed by a day, the earliest first."""
        return owed(self.state, self.book, day)

    def announce(self, due: Sequence[Deadline], day: date) -> Iterator[Foreseen]:
        """Give the notices of these deadlines on a virtual day."""
        for deadline in due:
            yield foreseen(deadline, self.state, self.known_version)
            self.record((notice_of(deadline),), day, ALARM)

    def _envelope(self, event: AnyEvent, day: date, actor: Actor) -> Recorded:
        midnight = datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
        last = self.state.last_at
        return Recorded(
            self.state.id,
            self.state.version + 1,
            event,
            midnight if last is None or last < midnight else last,
            actor.person,
            actor.role.value,
            actor.organisation,
            actor.origin,
        )
