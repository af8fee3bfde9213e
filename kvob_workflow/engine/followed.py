"""Are the followed views up to the newest event? Before one is read, it is caught up.

A store in which nobody asks for one of ours has no rows of it: the first question builds them.
Source: decision 0032 in `domain/decisions`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from kvob_domain.scheme.book import SchemeBook
from kvob_projections import FOLLOWED_VIEWS
from kvob_projections.view import View
from kvob_workflow.clock import Clock, SystemClock
from kvob_workflow.engine.errors import ProjectionNotKept
from kvob_workflow.engine.fingerprints import data_fingerprint, fingerprint
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.followers.delivering import Deliverer
from kvob_workflow.followers.hosted import Hosted, check_tables
from kvob_workflow.followers.projecting import Projected, Projector
from kvob_workflow.store import SCHEME_MARK, EventStore
from kvob_workflow.store.faults import StoreReadOnly

Progress = Callable[[int], object]


def join(store: EventStore, host: Hosted, clock: Clock) -> None:
    """Make the tables of followed views, and give new effects their first position.

    Raises:
        ProjectionTableDiffers: a host changed the columns of a view and not its schema number.
        StoreUnavailable: there is something to make, and this user may not.
    """
    check_tables(store, host.projections)
    store.prepare_followed((*FOLLOWED_VIEWS, *host.projections))
    for effect in host.effects:
        Deliverer(store, effect, clock).join()


def view_fingerprint(view: View, book: SchemeBook) -> int:
    """A number of 48 bits that changes with anything that the view's rows are made with."""
    said = f"{data_fingerprint(book)} {view.name} {view.schema} {','.join(view.columns)}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:6])


def projector(
    store: EventStore, book: SchemeBook, views: Sequence[View], clock: Clock | None = None
) -> Projector:
    """Who keeps these views."""
    fingerprints = {view: view_fingerprint(view, book) for view in views}
    return Projector(store, book, fingerprints, clock or SystemClock())


def catch_up_views(
    store: EventStore,
    book: SchemeBook,
    views: Sequence[View],
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> int:
    """Bring followed views up to the newest event; how many estates were worked out.

    To be called before each question to their tables. What never began is built, which takes
    minutes over a million estates; killed, it goes on where it was.

    Raises:
        SchemeDataDiffer: the store was opened with newer scheme data by another node.
        ProjectionNotKept: there is something to work out, and this user or server only reads.
    """
    check_data(store, book)
    keeper = projector(store, book, views, clock)
    done = 0
    while not (projected := _step(keeper, views)).is_done:
        done += projected.estates
        if progress is not None:
            progress(done)
    return done


def check_data(store: EventStore, book: SchemeBook) -> None:
    """Look whether the rows of the store were made with this scheme data.

    Raises:
        SchemeDataDiffer: they were not; each node would throw away what the other made.
    """
    if store.mark(SCHEME_MARK) not in (None, fingerprint(book)):
        raise SchemeDataDiffer


def begun_views(store: EventStore, views: Sequence[View]) -> tuple[View, ...]:
    """Those of the views that somebody asked for before."""
    begun = {state.name for state in store.followers()} if views else set[str]()
    return tuple(view for view in views if view.name in begun)


def _step(keeper: Projector, views: Sequence[View]) -> Projected:
    try:
        return keeper.step()
    except StoreReadOnly as error:
        raise ProjectionNotKept(", ".join(view.name for view in views), error.reason) from error
