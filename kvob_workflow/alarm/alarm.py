"""When is there something to do? The alarm rings at an interval, and when the next day begins.

It knows no engine and owns no deadline: it calls `ring`, which looks what is owed by itself. A ring
that is late, lost or doubled changes nothing but the moment. Read next: `timer`.
"""

from __future__ import annotations

import logging
import os
import threading
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.alarm.errors import AlarmClosed, AlarmForked
from kvob_workflow.alarm.status import AlarmStatus
from kvob_workflow.alarm.waking import DEFAULT_INTERVAL, checked_interval, instant_of
from kvob_workflow.clock import Clock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow.alarm.timer import Timer

logger: Final = logging.getLogger("kvob_workflow.alarm")

_TOLD_AGAIN: Final = 120
"""Failures in a row after which the same one is logged again: an hour of rings."""

LONGEST_WAIT: Final = 10.0
"""Seconds that `close` waits for a ring that goes on, unless told otherwise."""


class Alarm:
    """Calls `ring` in a daemon thread of its own. Thread-safe; configures no logging."""

    def __init__(
        self,
        ring: Callable[[], date | datetime | None],
        *,
        clock: Clock | None = None,
        interval: timedelta = DEFAULT_INTERVAL,
    ) -> None:
        """Prepare; nothing runs before `start`.

        `ring` does the work and answers when the next thing falls due: a civil day in
        Europe/Amsterdam (at its 00:00), an aware instant, or None. `interval` is from one second
        to one day.

        Raises:
            AlarmIntervalInvalid: the interval is shorter or longer.
        """
        self._ring = ring
        self._clock = clock or SystemClock()
        self._interval = checked_interval(interval)
        self._pid = os.getpid()
        self._guard = threading.Lock()
        self._timer: Timer | None = None
        self._closed = False
        self._overdue: datetime | None = None
        self._rings = 0
        self._failures = 0
        self._last_ring_at: datetime | None = None
        self._last_error: BaseException | None = None

    @property
    def interval(self) -> timedelta:
        """The time between two rings."""
        return self._interval

    @property
    def last_error(self) -> BaseException | None:
        """Why the last ring failed; None when it did not."""
        return self._last_error

    def start(self) -> None:
        """Ring at once and go on; starting twice is allowed and changes nothing.

        Raises:
            AlarmClosed: it was closed.
            AlarmForked: it was made before this process was forked.
        """
        if self._is_forked():
            raise AlarmForked(self._pid)
        # A host that never starts an alarm need not load APScheduler.
        from kvob_workflow.alarm.timer import Timer

        with self._guard:
            if self._closed:
                raise AlarmClosed
            if self._timer is None:
                timer = Timer(self._interval, self._round)
                timer.start()
                self._timer = timer

    def wake(self) -> None:
        """Ring now, or once more when it is ringing; without effect on one that does not run."""
        timer = self._running_timer()
        if timer is not None:
            timer.bring_forward(timedelta())

    def note(self, due: date | datetime | None) -> None:
        """Hear that something falls due then; wakes earlier when that is nearer than the next ring.

        Cheap: what is further away than one interval costs a comparison, for a ring comes first.
        """
        timer = self._running_timer()
        if due is None or timer is None:
            return
        at = instant_of(due)
        wait = at - self._clock.now()
        if wait > self._interval:
            return
        if wait <= timedelta() and not self._is_news(at):
            return
        timer.bring_forward(wait)

    def status(self) -> AlarmStatus:
        """How it does; it never waits for a ring."""
        timer = self._running_timer()
        return AlarmStatus(
            running=timer is not None,
            interval=self._interval,
            rings=self._rings,
            failures=self._failures,
            last_ring_at=self._last_ring_at,
            next_ring_at=timer.next_at() if timer is not None else None,
            last_error=self._last_error,
        )

    def close(self, timeout: float = LONGEST_WAIT) -> bool:
        """Ring no more; whether the last ring has ended within `timeout` seconds.

        Closing twice is allowed, also from within a ring, which is then not waited for. In a
        forked child nothing is done: the threads are its parent's.
        """
        if self._is_forked():
            return True
        with self._guard:
            is_first, self._closed = not self._closed, True
            timer = self._timer
        if timer is None:
            return True
        if is_first:
            timer.stop()
        return timer.wait(timeout)

    def _is_forked(self) -> bool:
        return os.getpid() != self._pid

    def _running_timer(self) -> Timer | None:
        return None if self._closed or self._is_forked() else self._timer

    def _is_news(self, at: datetime) -> bool:
        """Whether this overdue instant was not rung for yet; else every write would ring again."""
        with self._guard:
            if self._overdue is not None and at >= self._overdue:
                return False
            self._overdue = at
            return True

    def _round(self) -> None:
        """One ring; whatever it raises, the next one comes."""
        if self._closed:
            return
        try:
            at = self._clock.now()
            self._expect(self._ring())
            self._last_ring_at = at
        except BaseException as error:  # SystemExit from a host's callable would end the thread
            self._failed(error)
        else:
            self._failures, self._last_error = 0, None
        self._rings += 1

    def _expect(self, due: date | datetime | None) -> None:
        """Wake when the next thing falls due; what is overdue after a ring waits an interval."""
        at = None if due is None else instant_of(due)
        wait = None if at is None else at - self._clock.now()
        with self._guard:
            self._overdue = at if wait is not None and wait <= timedelta() else None
        timer = self._running_timer()
        if timer is not None and wait is not None and timedelta() < wait <= self._interval:
            timer.bring_forward(wait)

    def _failed(self, error: BaseException) -> None:
        known = self._last_error
        self._failures += 1
        self._last_error = error
        is_known = type(known) is type(error) and str(known) == str(error)
        if is_known and self._failures % _TOLD_AGAIN:
            return  # it stands in `status`; a log that repeats it every ring is read by nobody
        if isinstance(error, KvobError):
            told = {"kvob_error": error}
            logger.error("%s [%s]", error.message(), error.code, extra=told)
        elif is_known:
            logger.error("The ring failed again (%d times): %s", self._failures, error)
        else:
            logger.error("The ring failed; the alarm rings again.", exc_info=error)
