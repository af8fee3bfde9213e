"""Where do the rules say no to what is on record? The history, judged again at every place.

A breach is an event whose command the lifecycle or a rule would refuse now, in the state just
before it and for who recorded it. Histories from elsewhere hold some; a correction adds none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import ValidationError

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import KvobError
from kvob_domain.estate.commanded import command_of
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.deadlines import Notice
from kvob_domain.estate.events.oversight import ActApproved, ActDeclined, ActProposed
from kvob_domain.estate.evolve import states_before
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.legality import illegal
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.rules import refusals
from kvob_domain.estate.state import Estate
from kvob_domain.ids import PersonId
from kvob_domain.scheme.book import SchemeBook

# What was sent was sent, and what was proposed or answered was: none of it can be corrected, so
# none of it may stand in the way of a correction.
_NOT_JUDGED: Final = Notice | ActProposed | ActApproved | ActDeclined

NOT_JUDGED_AFTERWARDS: Final = frozenset(
    {
        # A deadline moves to a day after "today", that of the command. Afterwards every such day
        # passes, and the deadline was moved all the same.
        "moved-to-the-past",
        # A document is about an event already recorded: a question of numbers, which count in
        # the order of recording. A history is judged in the order in which things happened.
        "event-unknown",
    }
)
"""Codes of refusals that only the moment of recording can decide."""


@dataclass(frozen=True, slots=True)
class Breach:
    """An event of the record that the rules refuse, and one reason why."""

    recorded: Recorded
    refusal: KvobError

    @property
    def key(self) -> tuple[int, str]:
        """What makes it the same breach in another history: the event and the rule."""
        return self.recorded.version, self.refusal.code


def breaches(history: Sequence[Recorded], book: SchemeBook, today: date) -> list[Breach]:
    """Every breach of the history of one estate, in the order in which things happened.

    `today` is the civil day of asking: nothing on record lies after it.
    """
    if not history:
        return []
    found: list[Breach] = []
    ordered = in_order(effective(history))
    for state, recorded in states_before(history[0].estate, ordered):
        found += [Breach(recorded, why) for why in _judged(recorded, state, book, today)]
    return found


def _judged(
    recorded: Recorded, state: Estate, book: SchemeBook, today: date
) -> Iterator[KvobError]:
    if isinstance(recorded.event, _NOT_JUDGED):
        return
    ground = Ground(book, today, _actor(recorded))
    try:
        command = command_of(recorded)
        if command is None:
            return
        wrong_move = illegal(command, state)
        found: list[KvobError] = [] if wrong_move is None else [wrong_move]
        found += [one for refusal in refusals(command, state, ground) for one in refusal.all()]
    except ValidationError:
        return  # an old form that no command has any more; it cannot be asked for again
    except KvobError as unknown:  # an edition that the scheme data no longer holds
        found = [unknown]
    yield from (one for one in found if one.code not in NOT_JUDGED_AFTERWARDS)


def _actor(recorded: Recorded) -> Actor:
    role = Role(recorded.role) if recorded.role in set(Role) else Role.OPERATOR
    return Actor(recorded.by or PersonId("-"), recorded.org, role, recorded.via)
