"""What would a command lead to? How its estates stand before and after it, before it is written.

Of an act that waits for a second person it is what the approval will bring.
"""

from dataclasses import dataclass
from datetime import date

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.decide import approved
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.evolve import evolve
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.deciding import Decided
from kvob_workflow.engine.differing import Difference, difference
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.overview import Overview, overview_of
from kvob_workflow.engine.previewing import with_correction_made
from kvob_workflow.engine.settling import after_notices
from kvob_workflow.engine.stamping import Stamp, in_envelopes


@dataclass(frozen=True, slots=True)
class EstatePreview:
    """One estate: how it stands today and will stand, and what is otherwise.

    `before` is None for an estate that the command makes. `awaits_approval`: `after` is how it
    stands once a second person has approved.
    """

    estate: EstateId
    before: Overview | None
    after: Overview
    difference: Difference
    awaits_approval: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A command that was only tried: what would be recorded, and where that leads."""

    outcome: Outcome
    estates: tuple[EstatePreview, ...]


def foreseen(one: Decided, book: SchemeBook, today: date, stamp: Stamp) -> EstatePreview:
    """Where what was decided for an estate leads."""
    was = one.before.state
    before = after_notices(was, one.notices)
    after = _after(one, stamp)
    return EstatePreview(
        estate=one.after.id,
        before=overview_of(before, book, today) if was.exists else None,
        after=overview_of(after, book, today),
        difference=difference(before, after, book),
        awaits_approval=any(isinstance(each.event, ActProposed) for each in one.events),
    )


def _after(one: Decided, stamp: Stamp) -> Estate:
    state = with_correction_made(one)
    for recorded in one.events:
        act = recorded.event.act if isinstance(recorded.event, ActProposed) else None
        if act is None or isinstance(act, Correct) or one.ground is None:
            continue
        try:
            events = approved(act, state, one.ground)
        except Rejected:
            continue
        for later in in_envelopes(state, events, stamp):
            state = evolve(state, later)
    return state
