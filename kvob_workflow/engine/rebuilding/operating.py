"""How does a host rebuild views? Beside the live tables, compared with them, traded at once.

    report = engine.rebuild("board", progress=print)   # or engine.rebuild() for all views
    engine.undo_rebuild()                               # the tables of before, with what came since

Nothing but view tables is written: no event, no notice, no delivery. Read next: `running`.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.errors import ProjectionNotKept
from kvob_workflow.engine.followed import begun_views, catch_up_views, check_data
from kvob_workflow.engine.rebuilding.comparison import compared
from kvob_workflow.engine.rebuilding.errors import (
    NoRebuild,
    NothingToUndo,
    RebuildUnderWay,
    ViewNotSendable,
)
from kvob_workflow.engine.rebuilding.one_estate import rebuilt
from kvob_workflow.engine.rebuilding.planning import plan
from kvob_workflow.engine.rebuilding.pooled import (
    CHUNK,
    Job,
    Task,
    unsendable,
)
from kvob_workflow.engine.rebuilding.reports import RebuildPlan, RebuildReport
from kvob_workflow.engine.rebuilding.running import Meter, Run
from kvob_workflow.engine.rebuilding.upgrading import building, comparable, named, taken_up
from kvob_workflow.store.rebuilding import RebuildTaken
from kvob_workflow.store.server_faults import StoreOwnerNeeded, StoreUpgradeNeeded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvob_domain.ids import EstateId
    from kvob_projections.view import View
    from kvob_workflow.engine.rebuilding.running import Progress
    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.store.rebuilding import Rebuild, RowDifference

_ALL = 1_000_000
_RETRIES = 10
# Another process takes a second or two to start.
_MANY_EVENTS = 200_000


class Rebuilding(Core):
    """Rebuilds of views, as an operation."""

    # Where processes that help open the store, and within which limits; see `Engine.open`.
    _address: str | None = None
    _limits: StoreLimits | None = None

    def views(self) -> tuple[View, ...]:
        """Every view that can be rebuilt: the inline ones, and followed ones that were begun.

        Those of the host, see `kvob_workflow.followers`, are among the followed ones.
        """
        followed = (*FOLLOWED_VIEWS, *self._hosted.projections)
        return (*ALL_VIEWS, *begun_views(self._store, followed))

    def rebuild(
        self,
        *names: str,
        processes: int = 1,
        compare: bool = True,
        resume: bool = False,
        chunk: int = CHUNK,
        progress: Progress | None = None,
    ) -> RebuildReport:
        """Make these views anew from the events, all of them without a name, and trade them.

        Readers and writers go on; one of the same views that was broken off is gone on with, and
        with `resume` whichever that is. Several `processes` make the rows beside this one, `chunk`
        events at a time (in memory none; the host's main module must bear being imported); with 0
        the number of events decides. The tables of before are kept for `undo_rebuild`.

        Raises:
            ViewUnknown, NoRebuild: no view has that name, or there is none to `resume`.
            ViewNotSendable: several `processes` cannot make one of the views.
            RebuildUnderWay, RebuildUnfinished: somebody works on one, or one was broken off.
            RebuildCancelled, StoreUnavailable: cancelled meanwhile, or to be gone on with later.
            StoreOwnerNeeded: this user of a server may not make tables.
            SchemeDataDiffer: this node has other scheme data than the rows of the store.
        """
        began = time.monotonic()
        views = self._named(names)
        with self._store.rebuild_turn() as ours:
            check_data(self._store, self.book)
            begun = building(self._store)
            if not ours:
                raise RebuildUnderWay(begun.views if begun else ())
            if resume:
                views = self._resumed(begun)
            job = replace(self._job(views, processes, compare=compare), chunk=chunk)
            now = self._taken_up(views)
            meter = Meter(self._store.last_position(), now.events, progress)
            done = Run(self._store, job, self._clock, meter).to_the_end(now)
        resumed = begun is not None and begun.number == now.number
        return self._report(done, job, resumed, time.monotonic() - began)

    def compare_views(
        self,
        *names: str,
        processes: int = 1,
        chunk: int = CHUNK,
        progress: Progress | None = None,
    ) -> RebuildReport:
        """Compare the rows of these views with what the events give; none is changed.

        Followed views are brought up to the newest event first.

        Raises:
            ViewUnknown, ViewNotSendable: as for `rebuild`.
            SchemeDataDiffer: this node has other scheme data than the rows of the store.
        """
        check_data(self._store, self.book)
        views = self._named(names)
        current = self._brought_up(views)
        job = self._job(views, processes, compare=True, current=current)
        meter = Meter(self._store.last_position(), 0, progress)
        catch_up = partial(catch_up_views, self._store, self.book, current, clock=self._clock)
        return compared(self._store, replace(job, chunk=chunk), meter, catch_up)

    def rebuild_estate(self, estate: EstateId, *names: str) -> RebuildReport:
        """Make the rows of one estate anew, in the live tables; what was wrong is answered.

        Raises:
            ViewUnknown: no view has that name.
            EstateNotFound: it has neither events nor rows.
            VersionConflict: others wrote to it between each of a hundred readings.
            SchemeDataDiffer: this node has other scheme data than the rows of the store.
        """
        check_data(self._store, self.book)
        report = rebuilt(self._store, self._job(self._named(names), 1, compare=True), estate)
        self._hot.drop(estate)
        return report

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

        Where the rows were made with another schema or other scheme data before, the release with
        those must be started then, and repairs what came in since.

        Raises:
            SchemeDataDiffer: this node has other scheme data than the rows of the store.
            NothingToUndo: those tables are not there any more.
            RebuildUnderWay: somebody works on a rebuild.
        """
        with self._store.rebuild_turn() as ours:
            live = next((one for one in self._store.rebuilds(_ALL) if one.status == "live"), None)
            if not ours:
                raise RebuildUnderWay(live.views if live else ())
            if live is None:
                raise NothingToUndo
            check_data(self._store, self.book)
            views = self._named(live.views)
            job = self._job(views, 1, compare=False)
            run = Run(self._store, job, self._clock, Meter(0, 0, None))
            try:
                return run.undone(live)
            except RebuildTaken as taken:
                raise NothingToUndo from taken

    def clear_rebuilds(self) -> tuple[str, ...]:
        """Drop the tables that are kept for `undo_rebuild`; answers the names of their views.

        Raises:
            RebuildUnderWay: somebody works on a rebuild.
        """
        with self._store.rebuild_turn() as ours:
            if not ours:
                begun = building(self._store)
                raise RebuildUnderWay(begun.views if begun else ())
            return tuple(view.name for view in self.views() if self._store.clear_rebuild(view.name))

    def plan_rebuild(self, *names: str) -> RebuildPlan:
        """What `rebuild` would do with these views, all of them without a name; nothing is done.

        What an upgrade would do before this release answers: `kvob projection rebuild --print`.

        Raises:
            ViewUnknown: no view has that name.
        """
        return plan(self._store, self.book, self._named(names))

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
        return named(self.views(), names)

    def _resumed(self, begun: Rebuild | None) -> tuple[View, ...]:
        if begun is None:
            raise NoRebuild
        return self._named(begun.views)

    def _taken_up(self, views: Sequence[View]) -> Rebuild:
        try:
            return taken_up(self._store, views, self.book, self._clock, str(self._actor.person))
        except StoreUpgradeNeeded as error:  # the tables are new enough; they are not ours
            raise StoreOwnerNeeded(error.store, views[0].table) from error

    def _report(self, done: Rebuild, job: Job, resumed: bool, seconds: float) -> RebuildReport:
        found = self._store.rebuild_differences(done.number) if done.differences else []
        return RebuildReport(
            number=done.number,
            views=done.views,
            not_compared=tuple(name for name in done.views if name not in job.task.compared),
            resumed=resumed,
            events=done.events,
            rows=done.rows,
            differing=done.differences,
            found=tuple(found),
            behind=tuple(mark for mark in self._store.behind() if mark.view in done.views),
            seconds=seconds,
        )

    def _brought_up(self, views: Sequence[View]) -> tuple[View, ...]:
        """The followed views among these, up to the newest event; none where one only reads."""
        followed = tuple(view for view in views if view not in ALL_VIEWS)
        try:
            catch_up_views(self._store, self.book, followed, clock=self._clock)
        except ProjectionNotKept:
            return ()
        return followed

    def _job(
        self,
        views: Sequence[View],
        processes: int,
        *,
        compare: bool,
        current: Sequence[View] = (),
    ) -> Job:
        live = comparable(self._store, views, current)
        task = Task(tuple(views), live, live if compare else frozenset())
        chosen = processes or self._processes()
        if chosen > 1 and self._address is not None and (bound := unsendable(views)):
            if processes:
                raise ViewNotSendable(bound.name)
            chosen = 1
        return Job(task, self.book, self._address, self._limits, chosen)

    def _processes(self) -> int:
        many = self._store.last_position() > _MANY_EVENTS
        return min(2, os.cpu_count() or 1) if many else 1
