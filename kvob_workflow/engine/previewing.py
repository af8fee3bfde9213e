"""What would a correction change, and where else is the same act on record?

Shown before anything is written: the state with the correction beside the state without it.
Where a second person has to approve, it is what the approval would change. Acts over several
estates were written in one transaction, so that their events lie next to each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.decide.corrections import correction_event, with_correction
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import GroupJoined, MembersLinked
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.deciding import Decided
from kvob_workflow.engine.differing import difference
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.settling import after_notices
from kvob_workflow.store import EventStore

# More events than one act has: it is one command over estates that sign together.
_PAGE: Final = 1000


def about_correction(
    outcome: Outcome, one: Decided, store: EventStore, book: SchemeBook
) -> Outcome:
    """The outcome of a correction with what it changes; that of any other command as it is."""
    version = _corrected_version(one)
    if version is None:
        return outcome
    preview = None
    if outcome.dry_run:
        before = after_notices(one.before.state, one.notices)
        preview = difference(before, with_correction_made(one), book)
    return replace(outcome, preview=preview, same_act_at=_same_act(store, one.history, version))


def _corrected_version(one: Decided) -> int | None:
    """The number of the event that is corrected, or proposed to be."""
    for recorded in one.events:
        event = recorded.event
        if isinstance(event, EventCorrected):
            return event.version
        if isinstance(event, ActProposed) and isinstance(event.act, Correct):
            return event.act.version
    return None


def with_correction_made(one: Decided) -> Estate:
    """The state once the correction is on record; of a proposal, once it is approved."""
    for recorded in one.events:
        act = recorded.event.act if isinstance(recorded.event, ActProposed) else None
        if isinstance(act, Correct) and one.ground is not None:
            event = correction_event(act, one.ground)
            return fold(one.after.id, with_correction(one.ground.history, event))
    return one.after


def _same_act(store: EventStore, history: Sequence[Recorded], version: int) -> tuple[EstateId, ...]:
    """The other estates at which the act of the corrected event is on record."""
    by_version = {recorded.version: recorded for recorded in history}
    root = by_version[version]
    while isinstance(root.event, EventCorrected):
        root = by_version[root.event.version]
    if isinstance(root.event, MembersLinked):
        return tuple(dict.fromkeys(root.event.members))
    if isinstance(root.event, GroupJoined):
        return (root.event.group,)
    if root.correlation is None:
        return ()
    found = dict.fromkeys(one.estate for one in _neighbours(store, root))
    return tuple(estate for estate in found if estate != root.estate)


def _neighbours(store: EventStore, root: Recorded) -> Iterator[Recorded]:
    """The events of the same act, which lie before and behind it without a gap."""
    place = next((row[0] for row in store.raw_stream(root.estate) if row[2] == root.version), None)
    if place is None:
        return

    def same(recorded: Recorded) -> bool:
        return recorded.correlation == root.correlation

    first = max(0, place - 1 - _PAGE)
    before = [one for position, one in store.page(first, _PAGE) if position < place]
    yield from takewhile(same, reversed(before))
    yield from takewhile(same, (one for _, one in store.page(place, _PAGE)))
