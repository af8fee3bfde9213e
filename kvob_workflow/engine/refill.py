"""How do single estates get their rows back? Folded from the events, in the live tables."""

import time
from collections.abc import Collection, Iterator
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_projections.view import View
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


def estates_behind(store: EventStore) -> dict[EstateId, tuple[View, ...]]:
    """The inline views that are behind, by estate; followed views have their own follower."""
    marks = {(one.view, one.estate) for one in store.behind()}
    found = {
        estate: tuple(view for view in ALL_VIEWS if (view.name, estate) in marks)
        for estate in sorted({estate for _, estate in marks})
    }
    return {estate: views for estate, views in found.items() if views}


def _repaired(store: EventStore, book: SchemeBook) -> Iterator[Behind]:
    for estate, views in estates_behind(store).items():
        yield from recompute(store, book, [estate], views)


def recompute(
    store: EventStore,
    book: SchemeBook,
    estates: list[EstateId],
    views: Collection[View] = ALL_VIEWS,
) -> tuple[Behind, ...]:
    """Write the rows of these estates in these views anew; answer what is refused.

    Raises:
        VersionConflict: others wrote to an estate between each of 500 readings.
    """
    for number in range(_RETRIES if len(estates) > 1 else _LONGER - 1):
        try:
            return _recomputed(store, book, estates, views)
        except VersionConflict:  # rows of an older state must not replace newer ones
            if number >= _RETRIES:
                time.sleep(_PAUSE_SECONDS)
    if len(estates) == 1:
        return _recomputed(store, book, estates, views)
    return tuple(one for estate in estates for one in recompute(store, book, [estate], views))


def _recomputed(
    store: EventStore, book: SchemeBook, estates: list[EstateId], views: Collection[View]
) -> tuple[Behind, ...]:
    streams = store.streams(estates)
    states = [fold(estate, history) for estate, history in streams.items()]
    changes = (change for state in states for change in all_rows(state, book))
    return store.repair(*(change for change in changes if change.view in views))
