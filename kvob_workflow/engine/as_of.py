"""How did things stand at two moments? One estate is folded anew; lists ask the rectangles.

Before a list is answered the follower catches up, so that no answer is stale. Source: design
decision 0018 in `domain/decisions`; it takes the place of 0011.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from kvob_domain.scheme.book import SchemeBook
from kvob_projections import FOLLOWED_VIEWS, PERIOD_VIEWS
from kvob_projections.periods import PERIOD_RULES, Pair
from kvob_projections.rectangles import microseconds
from kvob_workflow.engine.errors import PastNotWorkedOut
from kvob_workflow.engine.fingerprints import data_fingerprint, fingerprint
from kvob_workflow.engine.followed import begun_views, catch_up_views
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.periods import Followed, Follower
from kvob_workflow.store import SCHEME_MARK, EventStore
from kvob_workflow.store.faults import StoreReadOnly

Progress = Callable[[int], object]


@cache
def period_fingerprint(book: SchemeBook) -> int:
    """A number of 48 bits that changes with anything that rectangles are made with."""
    schemas = [f"{view.name} {view.schema} {','.join(view.columns)}" for view in PERIOD_VIEWS]
    texts = [str(data_fingerprint(book)), str(PERIOD_RULES), *schemas]
    digest = hashlib.sha256("\n".join(texts).encode()).digest()
    return int.from_bytes(digest[:6])


def catch_up(store: EventStore, book: SchemeBook, progress: Progress | None = None) -> int:
    """Bring the rectangles up to the newest event; how many estates were worked out.

    Raises:
        SchemeDataDiffer: the store was opened with newer scheme data by another node.
        PastNotWorkedOut: there is something to work out, and this user or server only reads.
    """
    if store.mark(SCHEME_MARK) not in (None, fingerprint(book)):
        # Two nodes with different data would each throw away what the other made.
        raise SchemeDataDiffer
    follower = Follower(store, book, period_fingerprint(book))
    done = 0
    while not (followed := _step(follower)).is_done:
        done += followed.estates
        if progress is not None:
            progress(done)
    return done


def _step(follower: Follower) -> Followed:
    try:
        return follower.step()
    except StoreReadOnly as error:
        raise PastNotWorkedOut(error.reason) from error


def retry_parked(store: EventStore, book: SchemeBook) -> None:
    """Try the estates again that could not be read."""
    Follower(store, book, period_fingerprint(book)).retry()


def keep_warm(store: EventStore, book: SchemeBook) -> None:
    """Follow the events where somebody asked before; else nothing."""
    if store.period_state() is not None:
        catch_up(store, book)
    views = begun_views(store, FOLLOWED_VIEWS)
    if views:
        catch_up_views(store, book, views)


def pair_of(day: date, known_at: datetime | None) -> Pair:
    """Two moments as the rectangles keep them."""
    return Pair.of(day, None if known_at is None else microseconds(known_at))
