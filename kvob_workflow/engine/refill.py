"""How do view tables get their rows back? Folded from the events, estate by estate."""

from collections.abc import Iterator

from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.rows import all_rows
from kvob_workflow.engine.states import in_chunks
from kvob_workflow.store import Behind, EventStore


def refill(store: EventStore, book: SchemeBook) -> None:
    """Fill the views that do not show every event yet; killed, it starts anew at next opening."""
    unfilled = store.unfilled()
    if not unfilled:
        return
    for chunk in in_chunks(store.estates()):
        _recompute(store, book, chunk)
    store.views_filled(unfilled)


def repair(store: EventStore, book: SchemeBook) -> tuple[Behind, ...]:
    """Recompute the rows of every estate that a view is behind on; answer what is refused again."""
    return tuple(_repaired(store, book))


def _repaired(store: EventStore, book: SchemeBook) -> Iterator[Behind]:
    for estate in dict.fromkeys(mark.estate for mark in store.behind()):
        yield from _recompute(store, book, [estate])


def _recompute(store: EventStore, book: SchemeBook, estates: list[EstateId]) -> tuple[Behind, ...]:
    streams = store.streams(estates)
    states = [fold(estate, history) for estate, history in streams.items()]
    return store.repair(*(change for state in states for change in all_rows(state, book)))
