"""How does a rebuild get from its beginning to the swap? Filled, indexed, caught up, traded.

Each step is a few transactions that each say how far the rebuild is, so that it goes on there
after a kill. Between them anybody may cancel it. What comes in meanwhile is caught up in rounds;
the last few events are taken in by the transaction of the swap.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

from kvob_workflow.engine.rebuilding.errors import RebuildCancelled, RebuildUnderWay
from kvob_workflow.engine.rebuilding.pooled import CHUNK, made_in_order, spans
from kvob_workflow.store.faults import StoreBusy
from kvob_workflow.store.rebuilding import RebuildTaken, TooMuchToTakeIn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvob_projections.view import View
    from kvob_workflow.clock import Clock
    from kvob_workflow.engine.rebuilding.pooled import Job
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.rebuilding import Made, MadeOf, Rebuild, RebuildStatus

    Progress = Callable[["RebuildProgress"], object]

Stage = Literal["filling", "indexing", "catching-up", "swapping", "comparing"]
# So few events are taken in while writers wait: some hundredths of a second.
_FEW: Final = 200
_ATTEMPTS: Final = 20
_PAUSE_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class RebuildProgress:
    """How far a rebuild or a comparison is.

    `expected` is the number of events when it began; a server's positions have gaps, and there it
    is somewhat too high. `remaining` is estimated from the events per second of this run, and
    None before there are any.
    """

    stage: Stage
    events: int
    expected: int
    rows: int
    differences: int
    per_second: float
    remaining: timedelta | None


class Meter:
    """Tells how far it is, and how fast this run goes."""

    def __init__(self, expected: int, done: int, tell: Progress | None) -> None:
        """`done` events were read by an earlier run."""
        self._expected, self._before, self._tell = expected, done, tell
        self._begun = time.monotonic()

    def tell(self, stage: Stage, events: int, rows: int, differences: int) -> None:
        """Tells whoever asked."""
        if self._tell is None:
            return
        passed = time.monotonic() - self._begun
        speed = (events - self._before) / passed if passed > 0 else 0.0
        left = max(0, self._expected - events)
        remaining = timedelta(seconds=left / speed) if speed > 0 else None
        self._tell(
            RebuildProgress(
                stage, events, max(self._expected, events), rows, differences, speed, remaining
            )
        )


class Run:
    """One run of the work on a rebuild, by whoever has its turn and its claim."""

    def __init__(self, store: EventStore, job: Job, clock: Clock, meter: Meter) -> None:
        """Nothing is done yet."""
        self._store = store
        self._job = job
        self._clock = clock
        self._meter = meter
        self._making = job.making(store)

    def to_the_end(self, now: Rebuild) -> Rebuild:
        """The rebuild, live.

        Raises:
            RebuildCancelled: somebody cancelled it.
            RebuildUnderWay: somebody else took it over.
            SchemeDataDiffer: another release has made the live rows meanwhile.
            StoreUnavailable: it can be taken up again.
        """
        try:
            now = self._filled(now)
            self._tell("indexing", now)
            self._store.index_rebuild(now, self._job.task.views)
            views = self._job.task.views
            now = self.caught_up(now, views)
            for name in now.views:
                self._store.clear_rebuild(name)
            self._tell("swapping", now)
            return self._traded(now, views)
        except RebuildTaken as taken:
            raise _why_taken(self._store, now) from taken

    def undone(self, now: Rebuild) -> Rebuild:
        """The rebuild, rolled back.

        Raises:
            RebuildTaken: it is not live any more, or the tables of before are not there.
            StoreUnavailable: nothing was changed.
        """
        kept_up = now.kept_up(self._job.task.views)
        if kept_up:
            now = self.caught_up(now, kept_up)
        return self._traded(now, kept_up, back=True)

    def caught_up(self, now: Rebuild, views: Sequence[View]) -> Rebuild:
        """Takes in what came in, round by round, until few events are left."""
        while True:
            changed = self._store.changed_since(now.position, CHUNK)
            if changed.events <= _FEW and not changed.more:
                return now
            snapshot = self._store.snapshot_of(changed.estates, self._job.task.live_views)
            made = self._making.made(snapshot)
            now = replace(now, position=changed.position, progressed_at=self._clock.now())
            self._store.catch_up_rebuild(now, views, made)
            self._tell("catching-up", now)

    def _filled(self, now: Rebuild) -> Rebuild:
        if now.filled:
            return now
        asked = spans(self._store, now.reached, self._job.chunk)
        for span, made in made_in_order(self._job, self._store, asked, now.differences):
            now = replace(
                now,
                reached=_last_of(span.upto, made, now.reached),
                filled=span.upto is None,
                events=now.events + made.events,
                rows=now.rows + sum(map(len, made.rows.values())),
                differences=now.differences + made.differing,
                progressed_at=self._clock.now(),
            )
            self._store.fill_rebuild(now, self._job.task.views, made)
            self._tell("filling", now)
        return now

    def _traded(self, now: Rebuild, kept_up: Sequence[View], *, back: bool = False) -> Rebuild:
        """Trades the tables, with a growing part of what comes in where writers are fast."""
        trade = self._store.undo_rebuild if back else self._store.swap_rebuild
        status: RebuildStatus = "rolled-back" if back else "live"
        most = 2 * _FEW
        for attempt in count(1):
            ends = self._clock.now()
            done = replace(now, status=status, ended_at=ends, progressed_at=ends)
            try:
                return trade(done, self._job.task.views, self._made_of(), most)
            except TooMuchToTakeIn:
                most *= 2
                now = self.caught_up(now, kept_up)
            except StoreBusy:
                if attempt >= _ATTEMPTS:
                    raise
                time.sleep(_PAUSE_SECONDS)
        raise AssertionError  # the count has no end

    def _made_of(self) -> MadeOf:
        return self._making.made

    def _tell(self, stage: Stage, now: Rebuild) -> None:
        self._meter.tell(stage, now.events, now.rows, now.differences)


def _last_of(upto: str | None, made: Made, reached: str) -> str:
    if upto is not None:
        return upto
    return made.estates[-1] if made.estates else reached


def _why_taken(store: EventStore, ours: Rebuild) -> RebuildCancelled | RebuildUnderWay:
    for one in store.rebuilds(100):
        if one.number == ours.number and one.status != "building":
            return RebuildCancelled(one.number)
    return RebuildUnderWay(ours.views)
