"""How do single estates get their rows back? Folded from the events, in the live tables."""

import time
from collections.abc import Iterator
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.rows import all_rows
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import Behind, EventStore

_RETRIES: Final = 10
# Somebody who walks an estate through a whole cycle at once keeps it busy for a second or so.
_LONGER: Final = 500
_PAUSE_SECONDS: Final = 0.01


def repair(store: EventStore, book: SchemeBook) -> tuple[Behind, ...]:
    """Recompute the rows of every estate that a view is behind on; answer what is refused again."""
    return tuple(_repaired(store, book))


def estates_behind(store: EventStore) -> tuple[EstateId, ...]:
    """The estates that an inline view is behind on; followed views have their own follower."""
    inline = {view.name for view in ALL_VIEWS}
    return tuple(dict.fromkeys(one.estate for one in store.behind() if one.view in inline))


def _repaired(store: EventStore, book: SchemeBook) -> Iterator[Behind]:
    for estate in estates_behind(store):
        yield from recompute(store, book, [estate])


def recompute(store: EventStore, book: SchemeBook, estates: list[EstateId]) -> tuple[Behind, ...]:
    """Write the rows of these estates anew; answer what is refused.

    Raises:
        VersionConflict: others wrote to an estate between each of 500 readings.
    """
    for number in range(_RETRIES if len(estates) > 1 else _LONGER - 1):
        try:
            return _recomputed(store, book, estates)
        except VersionConflict:  # rows of an older state must not replace newer ones
            if number >= _RETRIES:
                time.sleep(_PAUSE_SECONDS)
    if len(estates) == 1:
        return _recomputed(store, book, estates)
    return tuple(one for estate in estates for one in recompute(store, book, [estate]))


def _recomputed(store: EventStore, book: SchemeBook, estates: list[EstateId]) -> tuple[Behind, ...]:
    streams = store.streams(estates)
    states = [fold(estate, history) for estate, history in streams.items()]
    return store.repair(*(change for state in states for change in all_rows(state, book)))
