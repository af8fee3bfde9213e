"""What falls due, and why? A pure function of the state and the scheme; nothing is scheduled here.

Only the latest certificate has deadlines. `due_on` is a civil day in the Netherlands. Read next:
`certificate` and `running` (each kind with its rule), `owed` (which of them ask for a notice),
`looking_up` (which of them a command means).
"""

from collections.abc import Iterator

from kvob_domain.estate.certificates import last_ending
from kvob_domain.estate.deadline_kinds import (
    BINDING,
    DEADLINE_WORDS,
    PLANNED,
    WAIVABLE,
    DeadlineKey,
    DeadlineKind,
)
from kvob_domain.estate.deadlines.certificate import certificate_deadlines
from kvob_domain.estate.deadlines.deadline import Deadline, NoticeStatus
from kvob_domain.estate.deadlines.running import trajectory_deadlines
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook


def deadlines(estate: Estate, book: SchemeBook) -> tuple[Deadline, ...]:
    """The open deadlines of an estate, in no particular order."""
    return tuple([one for one in ladder(estate, book) if not one.is_done])


def ladder(estate: Estate, book: SchemeBook) -> tuple[Deadline, ...]:
    """The open deadlines, and those of the same certificate and cycle that are done, in no order.

    Done are also the targets of earlier steps and the limit of a suspension that was lifted.
    """
    moved = estate.moved_deadlines
    found = _computed(estate, book)
    return tuple(_moved(one, estate) for one in found) if moved else tuple(found)


def _computed(estate: Estate, book: SchemeBook) -> Iterator[Deadline]:
    yield from trajectory_deadlines(estate, terms_under(book, estate.edition))
    latest = last_ending(estate.certificates)
    if latest is not None:
        yield from certificate_deadlines(estate, latest, terms_under(book, latest.edition))


def _moved(computed: Deadline, estate: Estate) -> Deadline:
    """The deadline where somebody moved it to; a new computed day undoes what was agreed."""
    move = estate.moved_deadlines.get(computed.key)
    if move is None:
        return computed
    if move.due_on is None:
        return computed._replace(is_done=True, reason=move.reason)
    return computed._replace(due_on=move.due_on, reason=move.reason, known_at=move.known_at)


__all__ = [
    "BINDING",
    "DEADLINE_WORDS",
    "PLANNED",
    "WAIVABLE",
    "Deadline",
    "DeadlineKey",
    "DeadlineKind",
    "NoticeStatus",
    "deadlines",
    "ladder",
]
