"""How do view tables get their rows back? Folded from the events, estate by estate."""

import hashlib
import time
from collections.abc import Iterator
from functools import cache
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.rows import all_rows
from kvob_workflow.engine.states import in_chunks
from kvob_workflow.errors import EventUnreadable, SchemeDataDiffer, UnknownTopic, VersionConflict
from kvob_workflow.store import SCHEME_MARK, Behind, EventStore
from kvob_workflow.store.faults import StoreReadOnly

_RETRIES: Final = 10
# Somebody who walks an estate through a whole cycle at once keeps it busy for a second or so.
_LONGER: Final = 500
_PAUSE_SECONDS: Final = 0.01
_REFILLING: Final = "refilling"
# Goes up when a release makes other rows of the same state and the same scheme data.
_ROW_RULES: Final = 1


@cache
def fingerprint(book: SchemeBook) -> int:
    """A number of 48 bits that changes with any value that view rows are made with."""
    editions = [(edition.in_force_from, book.terms(edition.id)) for edition in book.editions]
    texts = [f"{since.value.text} {terms.model_dump_json()}" for since, terms in editions]
    texts += [book.practice().model_dump_json(), str(_ROW_RULES)]
    digest = hashlib.sha256("\n".join(texts).encode()).digest()
    return int.from_bytes(digest[:6])


def refill(store: EventStore, book: SchemeBook) -> None:
    """Fill the views that do not show every event, or that show other scheme data.

    Killed, it starts anew at the next opening.

    Raises:
        SchemeDataDiffer: the rows show other scheme data, and here one can only read.
        StoreReadOnly: the views lack events, and here one can only read.
    """
    unfilled = store.unfilled()
    scheme = fingerprint(book)
    if not unfilled and not store.mark(_REFILLING) and store.mark(SCHEME_MARK) == scheme:
        return
    # From here on nodes with other scheme data are refused, so none of their rows comes between.
    try:
        store.set_mark(_REFILLING, 1)
        store.set_mark(SCHEME_MARK, scheme)
    except StoreReadOnly:
        if store.mark(SCHEME_MARK) not in (None, scheme):
            raise SchemeDataDiffer from None  # who only reads cannot make the rows anew
        raise
    for chunk in in_chunks(store.estates()):
        _refill(store, book, chunk)
    store.views_filled(unfilled)
    store.set_mark(_REFILLING, 0)


def _refill(store: EventStore, book: SchemeBook, estates: list[EstateId]) -> None:
    """An estate that cannot be read falls behind; it must not keep the store closed."""
    try:
        recompute(store, book, estates)
    except (EventUnreadable, UnknownTopic) as error:
        if len(estates) > 1:
            for estate in estates:
                _refill(store, book, [estate])
            return
        store.fall_behind([Behind(view.name, estates[0], f"{error}", 0) for view in ALL_VIEWS])


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
