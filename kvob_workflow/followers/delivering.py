"""How does an effect get its events? One by one, in order, by one node at a time.

The position moves after each call, so that a kill repeats one event at most. A failure waits and
is tried again, in the end no more: the effect has stalled, and a person says retry or skip.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow import telemetry
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.followers.effect import Effect, Happened
from kvob_workflow.store.followers import FollowerState, Move

if TYPE_CHECKING:
    from kvob_workflow.clock import Clock
    from kvob_workflow.store import EventStore
    from kvob_workflow.store.periods import Touched

logger: Final = logging.getLogger("kvob_workflow.followers")

PAGE: Final = 1000
WAITS: Final = (
    timedelta(seconds=1),
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=12),
)
"""After each failure but the last: a day and a half, longer than a night's outage."""

MOST_FAILURES: Final = len(WAITS) + 1
# What lies farther ahead was written under a clock that was wrong, and counts as past.
_LONGEST: Final = timedelta(hours=14)
_LONGEST_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round of an effect did: calls that went well, and when to look again.

    `next_at` is None when it waits for nothing but new events, or has stalled.
    """

    name: str
    events: int
    failed: bool = False
    next_at: datetime | None = None


class Deliverer:
    """Calls one effect with the events of one store."""

    def __init__(self, store: EventStore, effect: Effect, clock: Clock) -> None:
        """Nothing is read or called yet."""
        self._store = store
        self._effect = effect
        self._clock = clock

    def join(self) -> None:
        """Give a new effect its first position."""
        from_start = self._effect.begins == "beginning"
        self._store.begin_effect(self._effect.name, self._clock.now(), from_start=from_start)

    def state(self) -> FollowerState | None:
        """How far it is; None before it joined."""
        name = self._effect.name
        return next((one for one in self._store.followers() if one.name == name), None)

    def run(self, is_stopped: Callable[[], bool] = lambda: False) -> Delivered:
        """Call it with everything that is new, unless it waits, has stalled or runs elsewhere."""
        state, now = self.state(), self._clock.now()
        name = self._effect.name
        if state is None or state.stalled:
            return Delivered(name, 0)
        later = max(_ahead(state.next_at, now), _ahead(state.claimed_until, now))
        if later > timedelta(0):
            return Delivered(name, 0, next_at=now + later)
        if not self._store.touched_after(state.position, 1):
            return Delivered(name, 0)
        held = self._moved(state, self._leased(state))
        if held is None:
            return Delivered(name, 0, next_at=now + self._effect.lease)
        return self._run(held, is_stopped)

    def _run(self, state: FollowerState, is_stopped: Callable[[], bool]) -> Delivered:
        name, done = self._effect.name, 0
        while not is_stopped():
            begun = reached = state.position
            for touched, found in self._page(begun):
                if is_stopped():
                    break
                if isinstance(found, Happened) and not self._effect.wants(found.event):
                    reached = touched.position
                    continue
                error = self._called(found)
                if error is not None:
                    return self._failed(state, touched, error, done)
                done, reached = done + 1, touched.position
                moved = self._got(state, reached)
                if moved is None:
                    return Delivered(name, done)  # somebody took over, or retried, or skipped
                state = moved
            if reached == begun:
                break
            if reached > state.position:  # the last events were not wanted
                moved = self._got(state, reached)
                if moved is None:
                    return Delivered(name, done)
                state = moved
        self._moved(state, replace(state, claimed_until=None))
        return Delivered(name, done)

    def _got(self, state: FollowerState, position: int) -> FollowerState | None:
        """So far, and the lease goes on."""
        return self._moved(state, self._leased(state.moved(position, self._clock.now())))

    def _called(self, found: Happened | KvobError) -> Exception | None:
        if not isinstance(found, Happened):
            return found
        try:
            with telemetry.follower_step(self._effect.name) as told:
                told("kvob.estate", found.estate)
                told("kvob.position", found.position)
                self._effect.handle(found)
        except Exception as error:  # a host's own code may raise anything; it is kept and shown
            return error
        return None

    def _failed(
        self, state: FollowerState, touched: Touched, error: Exception, done: int
    ) -> Delivered:
        failures = state.failures + 1 if state.failed == touched else 1
        now = self._clock.now()
        stalled = failures >= MOST_FAILURES
        next_at = None if stalled else now + WAITS[failures - 1]
        failed = replace(
            state,
            # What was passed by before the event that failed is done.
            position=max(state.position, touched.position - 1),
            claimed_until=None,
            failures=failures,
            next_at=next_at,
            stalled=stalled,
            error=_told(error),
            failed=touched,
        )
        logger.error(
            "%s failed at event %d (estate %s, version %d), %s: %s",
            self._effect.name,
            *touched,
            "stalled" if stalled else f"next at {next_at:%Y-%m-%d %H:%M:%S %Z}",
            failed.error,
        )
        self._moved(state, failed)
        return Delivered(self._effect.name, done, failed=True, next_at=next_at)

    def _page(self, position: int) -> Iterator[tuple[Touched, Happened | KvobError]]:
        """The next events; one that cannot be read is the last."""
        touched = self._store.touched_after(position, PAGE)
        try:
            page = self._store.page(position, PAGE)
        except (EventUnreadable, UnknownTopic):
            yield from self._one_by_one(touched)
            return
        for one, (at, recorded) in zip(touched, page, strict=False):
            yield one, Happened(at, recorded)

    def _one_by_one(self, touched: list[Touched]) -> Iterator[tuple[Touched, Happened | KvobError]]:
        for one in touched:
            try:
                ((at, recorded),) = self._store.page(one.position - 1, 1)
            except (EventUnreadable, UnknownTopic) as error:
                yield one, error
                return
            yield one, Happened(at, recorded)

    def _leased(self, state: FollowerState) -> FollowerState:
        return replace(state, claimed_until=self._clock.now() + self._effect.lease)

    def _moved(self, was: FollowerState, now: FollowerState) -> FollowerState | None:
        """The state that is kept now; None when somebody else has changed it."""
        if not self._store.move_followers([Move(was, now)]):
            return None
        return replace(now, revision=was.revision + 1)


def _ahead(instant: datetime | None, now: datetime) -> timedelta:
    """How long to wait until an instant; nothing where it is past or absurd."""
    if instant is None or instant - now > _LONGEST:
        return timedelta(0)
    return max(instant - now, timedelta(0))


def _told(error: BaseException) -> str:
    name = error.code if isinstance(error, KvobError) else type(error).__name__
    shown = "".join(sign if sign.isprintable() else " " for sign in f"{name}: {error}")
    return " ".join(shown.split())[:_LONGEST_ERROR]
