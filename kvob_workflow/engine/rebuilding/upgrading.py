"""Which views must be rebuilt before this release answers? And doing so, at opening.

The new tables are built beside the live ones, so that nodes of an older release go on with whole
tables until the swap; it marks the rows as ours, and from then on those nodes may not write.
Killed, the next opening goes on where it was.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.fingerprints import fingerprint, has_data_of
from kvob_workflow.engine.followed import view_fingerprint
from kvob_workflow.engine.rebuilding.errors import RebuildUnderWay, RebuildUnfinished, ViewUnknown
from kvob_workflow.engine.rebuilding.pooled import Job, Task
from kvob_workflow.engine.rebuilding.running import Meter, Run
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.store import SCHEME_MARK
from kvob_workflow.store.faults import StoreReadOnly
from kvob_workflow.store.server_faults import StoreUpgradeNeeded

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Sequence

    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import View
    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.rebuilding import Rebuild

logger: Final = logging.getLogger("kvob_workflow.rebuilding")

Reason = Literal["schema", "scheme-data", "unfilled"]
# Releases up to 0.4.0 set it while they filled tables; left behind, rows may be missing.
_REFILLING: Final = "refilling"
_LOOK_EVERY_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Due:
    """A view that this release cannot answer from, and why."""

    view: View
    reason: Reason


def due_views(store: EventStore, book: SchemeBook, views: Sequence[View]) -> tuple[Due, ...]:
    """The views whose live tables lack rows, or were made otherwise than this release does."""
    if store.last_position() == 0:
        return ()
    unfilled, schemas = set(store.unfilled()), store.live_schemas(views)
    other_data = not has_data_of(store.mark(SCHEME_MARK), book)
    half_filled = bool(store.mark(_REFILLING))
    due: list[Due] = []
    for view in views:
        if view.name in unfilled or half_filled:
            due.append(Due(view, "unfilled"))
        elif schemas.get(view.name, 0) < view.schema:
            due.append(Due(view, "schema"))
        elif other_data:
            due.append(Due(view, "scheme-data"))
    return tuple(due)


def bring_up_to_date(
    store: EventStore, book: SchemeBook, views: Sequence[View], clock: Clock, by: str
) -> None:
    """Rebuild what is due; wait for whoever does so already.

    Raises:
        SchemeDataDiffer: the rows show other scheme data, and here one can only read.
        StoreReadOnly, StoreUpgradeNeeded: tables must be made, and this user may not.
    """
    while due_views(store, book, views):
        with _refusing(store, book), store.rebuild_turn() as ours:
            if ours:
                _rebuild(store, book, due_views(store, book, views), clock, by)
                continue
        time.sleep(_LOOK_EVERY_SECONDS)
    if store.mark(SCHEME_MARK) != fingerprint(book):
        with _refusing(store, book):
            store.set_mark(SCHEME_MARK, fingerprint(book))


@contextmanager
def _refusing(store: EventStore, book: SchemeBook) -> Generator[None]:
    """Who only reads cannot make rows anew: he is told whose rows these are."""
    try:
        yield
    except (StoreReadOnly, StoreUpgradeNeeded):
        mark = store.mark(SCHEME_MARK)
        if mark is not None and not has_data_of(mark, book) and _only_reads(store):
            raise SchemeDataDiffer from None
        raise


def _only_reads(store: EventStore) -> bool:
    try:
        store.set_mark(_REFILLING, store.mark(_REFILLING) or 0)
    except StoreReadOnly:
        return True
    return False


def _rebuild(
    store: EventStore, book: SchemeBook, due: Sequence[Due], clock: Clock, by: str
) -> None:
    if not due:
        return
    views = tuple(one.view for one in due)
    names = ", ".join(view.name for view in views)
    logger.info("Rebuilding %s before this release answers.", names)
    now = taken_up(store, views, book, clock, by, others_too=True)
    live = frozenset(one.view.name for one in due if one.reason == "scheme-data")
    job = Job(Task(views, live), book)
    Run(store, job, clock, Meter(now.position, now.events, None)).to_the_end(now)
    store.set_mark(_REFILLING, 0)
    logger.info("Rebuilt %s.", names)


def taken_up(
    store: EventStore,
    views: Sequence[View],
    book: SchemeBook,
    clock: Clock,
    by: str,
    *,
    others_too: bool = False,
) -> Rebuild:
    """The rebuild of these views that was broken off, or a new one; called by who has the turn.

    One of the same views with other definitions or data is cancelled; with `others_too` so is
    one of other views.

    Raises:
        RebuildUnfinished: there is one of other views.
    """
    begun, scheme = building(store), fingerprint(book)
    made_with = {view.name: view_fingerprint(view, book) for view in views}
    if begun is not None:
        same = begun.made_with.keys() == made_with.keys()
        marks = (scheme, store.mark(SCHEME_MARK))
        if begun.made_with == made_with and marks == (begun.scheme, begun.scheme_before):
            return store.claim_rebuild(begun, clock.now())
        if same or others_too:
            ends = clock.now()
            ended = replace(begun, status="cancelled", ended_at=ends, progressed_at=ends)
            store.cancel_rebuild(ended)
        else:
            raise RebuildUnfinished(begun.views, begun.started_at)
    new = store.begin_rebuild(views, made_with, scheme, by, clock.now())
    if new is None:
        raise RebuildUnderWay(tuple(view.name for view in views))
    return new


def building(store: EventStore) -> Rebuild | None:
    """The rebuild that is being built; there is one at most, and it is the newest."""
    newest = store.rebuilds(1)
    return newest[0] if newest and newest[0].status == "building" else None


def comparable(
    store: EventStore, views: Sequence[View], current: Sequence[View] = ()
) -> frozenset[str]:
    """The views whose live tables are of today's schema and show every event.

    A followed one may be some events behind, so that its rows need not be those of now; `current`
    are those that were just brought up.
    """
    schemas, unfilled = store.live_schemas(views), store.unfilled()
    return frozenset(
        view.name
        for view in views
        if (view in ALL_VIEWS or view in current)
        and schemas.get(view.name) == view.schema
        and view.name not in unfilled
        and set(view.columns) <= set(store.live_columns(view))
    )


def named(views: Sequence[View], names: Collection[str]) -> tuple[View, ...]:
    """The views with these names, all of them without one.

    Raises:
        ViewUnknown: no view has that name.
    """
    known = {view.name: view for view in views}
    for name in names:
        if name not in known:
            raise ViewUnknown(name, tuple(known))
    return tuple(view for view in views if not names or view.name in names)
