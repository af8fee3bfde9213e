"""How does a host rebuild views? Beside the live tables, compared with them, traded at once.

    report = engine.rebuild("board", progress=print)   # or engine.rebuild() for all views
    engine.undo_rebuild()                               # the tables of before, with what came since

Nothing but view tables is written: no event, no notice, no delivery. Read next: `running`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvob_projections import ALL_VIEWS
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.rebuilding.errors import (
    NoRebuild,
    NothingToUndo,
    RebuildUnderWay,
    ViewUnknown,
)
from kvob_workflow.engine.rebuilding.making import Making
from kvob_workflow.engine.rebuilding.pooled import Job, Task, made_in_order, spans
from kvob_workflow.engine.rebuilding.running import Meter, Run
from kvob_workflow.engine.rebuilding.upgrading import building, taken_up
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import RowChange
from kvob_workflow.store.rebuilding import MOST_DIFFERENCES, RebuildTaken

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvob_domain.ids import EstateId
    from kvob_projections.view import View
    from kvob_workflow.engine.rebuilding.running import Progress
    from kvob_workflow.store import Behind
    from kvob_workflow.store.rebuilding import Made, Rebuild, RowDifference

_ALL = 1_000_000
_RETRIES = 10


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild or a comparison found.

    `number` is None where nothing was built. `not_compared`: views whose live table is of another
    schema, or lacked rows anyway. `differing` counts the rows that were wrong, of which `found`
    lists the first 10,000. `behind` names estates whose rows could not be made or were refused.
    """

    number: int | None
    views: tuple[str, ...]
    not_compared: tuple[str, ...]
    resumed: bool
    events: int
    rows: int
    differing: int
    found: tuple[RowDifference, ...]
    behind: tuple[Behind, ...]
    seconds: float


class Rebuilding(Core):
    """Rebuilds of views, as an operation."""

    def views(self) -> tuple[View, ...]:
        """Every view that can be rebuilt."""
        return ALL_VIEWS

    def rebuild(
        self,
        *names: str,
        processes: int = 1,
        compare: bool = True,
        resume: bool = False,
        progress: Progress | None = None,
    ) -> RebuildReport:
        """Make these views anew from the events, all of them without a name, and trade them.

        Readers and writers go on; one of the same views that was broken off is gone on with, and
        with `resume` whichever that is. `processes` beside this one make the rows (in memory
        none; the host's main module must bear being imported). Kept for `undo_rebuild`.

        Raises:
            ViewUnknown: no view has that name.
            RebuildUnderWay: somebody else works on one.
            RebuildUnfinished: one of other views was broken off.
            RebuildCancelled: somebody cancelled it meanwhile.
            NoRebuild: there is none to `resume`.
            StoreUpgradeNeeded: this user of a server may not make tables.
            StoreUnavailable: it can be gone on with later.
        """
        began = time.monotonic()
        views = self._named(names)
        with self._store.rebuild_turn() as ours:
            begun = building(self._store)
            if not ours:
                raise RebuildUnderWay(begun.views if begun else ())
            if resume:
                views = self._named(begun.views) if begun else ()
                if not views:
                    raise NoRebuild
            job = self._job(views, processes, compare=compare)
            now = taken_up(self._store, views, self.book, self._clock, self._by())
            resumed = begun is not None and begun.number == now.number
            meter = Meter(self._store.last_position(), now.events, progress)
            done = Run(self._store, job, self._clock, meter).to_the_end(now)
        found = self._store.rebuild_differences(done.number) if done.differences else []
        return RebuildReport(
            done.number,
            done.views,
            tuple(name for name in done.views if name not in job.task.compared),
            resumed,
            done.events,
            done.rows,
            done.differences,
            tuple(found),
            self._behind_of(done.views),
            time.monotonic() - began,
        )

    def compare_views(
        self, *names: str, processes: int = 1, progress: Progress | None = None
    ) -> RebuildReport:
        """Compare the rows of these views with what the events give; nothing is written.

        Raises:
            ViewUnknown: no view has that name.
        """
        began = time.monotonic()
        views = self._named(names)
        job = self._job(views, processes, compare=True)
        meter = Meter(self._store.last_position(), 0, progress)
        events = rows = differing = 0
        found: list[RowDifference] = []
        behind: list[Behind] = []
        for _, made in made_in_order(job, self._store, spans(self._store, "")):
            events += made.events
            rows += sum(map(len, made.rows.values()))
            differing += made.differing
            found += made.differences[: MOST_DIFFERENCES - len(found)]
            behind += made.behind
            meter.tell("comparing", events, rows, differing)
        seconds = time.monotonic() - began
        asked = tuple(view.name for view in views)
        not_compared = tuple(name for name in asked if name not in job.task.compared)
        return RebuildReport(
            None, asked, not_compared, False, events, rows, differing, tuple(found), tuple(behind),
            seconds,
        )  # fmt: skip

    def rebuild_estate(self, estate: EstateId, *names: str) -> RebuildReport:
        """Make the rows of one estate anew, in the live tables; what was wrong is answered.

        Raises:
            ViewUnknown: no view has that name.
            EstateNotFound: it has neither events nor rows.
            VersionConflict: others wrote to it between each of ten readings.
        """
        began = time.monotonic()
        views = self._named(names)
        job = self._job(views, 1, compare=True)
        making = Making(views, self.book, self._store)
        for attempt in range(_RETRIES):
            snapshot = self._store.snapshot_of([estate], job.task.live_views)
            if not snapshot.events and not any(snapshot.live.values()):
                raise EstateNotFound(estate)
            made = making.made(snapshot, job.task.compared)
            try:
                refused = self._repaired(estate, views, made, snapshot.events)
                break
            except VersionConflict:
                if attempt == _RETRIES - 1:
                    raise
        self._hot.drop(estate)
        return RebuildReport(
            None, tuple(view.name for view in views), (), False, made.events,
            sum(map(len, made.rows.values())), made.differing, tuple(made.differences),
            (*made.behind, *refused), time.monotonic() - began,
        )  # fmt: skip

    def cancel_rebuild(self) -> Rebuild:
        """Break off the rebuild that is being built, whoever works on it; its tables go.

        Whoever works on it is told at its next step. The live tables are as they were.

        Raises:
            NoRebuild: there is none.
        """
        for _ in range(_RETRIES):
            begun = building(self._store)
            if begun is None:
                break
            now = self._clock.now()
            ended = replace(begun, status="cancelled", ended_at=now, progressed_at=now)
            try:
                self._store.cancel_rebuild(ended)
            except RebuildTaken:
                continue  # somebody has just taken it over
            return ended
        raise NoRebuild

    def undo_rebuild(self) -> Rebuild:
        """Trade the tables of the last rebuild for those of before, with what came in since.

        Where a view had another schema before, the release of that schema must be started then.

        Raises:
            NothingToUndo: those tables are not there any more.
            RebuildUnderWay: somebody works on a rebuild.
        """
        with self._store.rebuild_turn() as ours:
            live = next((one for one in self._store.rebuilds(_ALL) if one.status == "live"), None)
            if not ours:
                raise RebuildUnderWay(live.views if live else ())
            if live is None:
                raise NothingToUndo
            views = self._named(live.views)
            job = self._job(views, 1, compare=False)
            run = Run(self._store, job, self._clock, Meter(0, 0, None))
            try:
                return run.undone(live)
            except RebuildTaken as taken:
                raise NothingToUndo from taken

    def clear_rebuilds(self) -> tuple[str, ...]:
        """Drop the tables that are kept for `undo_rebuild`; answers the names of their views."""
        return tuple(view.name for view in self.views() if self._store.clear_rebuild(view.name))

    def rebuilds(self, limit: int = 10) -> list[Rebuild]:
        """The newest rebuilds, newest first."""
        return self._store.rebuilds(limit)

    def rebuild_differences(self, number: int | None = None) -> list[RowDifference]:
        """The rows that a rebuild found wrong, the last one without a number; at most 10,000.

        Raises:
            NoRebuild: there was none.
        """
        if number is None:
            newest = self._store.rebuilds(1)
            if not newest:
                raise NoRebuild
            number = newest[0].number
        return self._store.rebuild_differences(number)

    def _named(self, names: Collection[str]) -> tuple[View, ...]:
        known = {view.name: view for view in self.views()}
        for name in names:
            if name not in known:
                raise ViewUnknown(name, tuple(known))
        return tuple(view for view in known.values() if not names or view.name in names)

    def _job(self, views: Sequence[View], processes: int, *, compare: bool) -> Job:
        live = _comparable(self, views)
        task = Task(tuple(views), live, live if compare else frozenset())
        return Job(task, self.book, self._address, self._limits, processes)

    def _by(self) -> str:
        return str(self._actor.person)

    def _behind_of(self, names: Collection[str]) -> tuple[Behind, ...]:
        return tuple(mark for mark in self._store.behind() if mark.view in names)

    def _repaired(
        self, estate: EstateId, views: Sequence[View], made: Made, events: Sequence[object]
    ) -> tuple[Behind, ...]:
        """Writes what could be made; a view that could not is marked and keeps its rows."""
        marked = {mark.view for mark in made.behind}
        self._store.fall_behind(made.behind)
        changes = (
            RowChange(
                view,
                estate,
                replace_all=True,
                upserts=tuple(made.rows[view.name]),
                at_version=len(events),
            )
            for view in views
            if view.name not in marked
        )
        return self._store.repair(*changes)


def _comparable(engine: Rebuilding, views: Sequence[View]) -> frozenset[str]:
    """The views whose live tables are of today's schema and show every event."""
    store = engine._store
    schemas, unfilled = store.live_schemas(views), store.unfilled()
    return frozenset(
        view.name
        for view in views
        if schemas.get(view.name) == view.schema
        and view.name not in unfilled
        and set(view.columns) <= set(store.live_columns(view))
    )
