"""How is something called at an interval? By one APScheduler job; only this module knows that.

What APScheduler 3.11 does, and what is done about it here:

- It waits on a timer of its own but compares wall clocks (`BaseScheduler._process_jobs`). A clock
  that is set back three weeks leaves `next_run_time` three weeks ahead, and nothing rings until
  the clock has caught up. So the store gives the job out whenever its time lies further ahead
  than one interval.
- After 180 days of sleep it would compute 518,401 run times (0.6 s) to keep the last one
  (`Job._get_run_times`). So what is due is due now, and there is one run time to compute.
- Its thread pool is joined when the interpreter ends, so a long ring would keep the host alive.
  So the rings have a daemon thread of their own.
- A job that is due while it runs is skipped with a warning, and the wish to ring again is lost.
  So the job is not given out while it rings, and whoever ends a ring wakes the scheduler.

Subclasses use the interfaces that APScheduler documents for job stores and executors of others
(its guide "Extending APScheduler").
"""

# APScheduler 3 has neither type hints nor stubs: its classes are Any to mypy, partly unknown to
# pyright.
# mypy: disable-error-code="import-untyped, misc"
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from apscheduler.executors.base import BaseExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from kvob_workflow.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

_JOB: Final = "ring"
_MAIN: Final = "default"
# Instants pass through floating point on their way, and clocks are corrected by small steps.
_SLACK: Final = timedelta(seconds=1)


class Timer:
    """Calls `ring` at once, then at an interval, in one daemon thread; never twice at a time."""

    def __init__(self, interval: timedelta, ring: Callable[[], None]) -> None:
        """Prepare; nothing runs before `start`. `ring` must not raise."""
        self._ringer = _Ringer()
        self._moving = threading.Lock()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            executors={_MAIN: self._ringer},
            jobstores={_MAIN: _OneJob(interval, self._ringer)},
        )
        self._scheduler.add_job(
            ring,
            _every(interval),
            id=_JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=_machine_now(),
        )

    def start(self) -> None:
        """Ring at once, and go on."""
        self._scheduler.start()

    def next_at(self) -> datetime | None:
        """When it rings next, on the machine's clock; None when it was stopped."""
        job = self._scheduler.get_job(_JOB)
        found: datetime | None = None if job is None else job.next_run_time
        return found

    def bring_forward(self, wait: timedelta) -> None:
        """Ring when so much time has passed, unless that happens earlier anyway."""
        at = _machine_now() + max(wait, timedelta())
        with self._moving, suppress(JobLookupError):  # stopped in between
            next_at = self.next_at()
            if next_at is not None and at < next_at:
                self._scheduler.modify_job(_JOB, next_run_time=at)

    def stop(self) -> None:
        """Ring no more; a ring that goes on is not waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def wait(self, timeout: float) -> bool:
        """Wait for the end of a ring that goes on; whether it ended within `timeout` seconds."""
        return self._ringer.wait(timeout)


class _Ringer(BaseExecutor):
    """Runs the job in a daemon thread, and wakes the scheduler after each run."""

    def __init__(self) -> None:
        super().__init__()
        self.is_busy = False
        self._wake_scheduler: Callable[[], None] = _nobody
        self._turns: SimpleQueue[Any] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="kvob-alarm", daemon=True)

    def start(self, scheduler: Any, alias: str) -> None:
        """Called by the scheduler when it starts."""
        super().start(scheduler, alias)
        self._wake_scheduler = scheduler.wakeup
        self._thread.start()

    def shutdown(self, wait: bool = True) -> None:
        """Called by the scheduler when it stops; the thread ends after the turn it is at."""
        self._turns.put(None)

    def wait(self, timeout: float) -> bool:
        """Wait for the thread to end, unless it is the one that asks."""
        if self._thread is not threading.current_thread() and self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        self.is_busy = True
        self._turns.put(job)

    def _serve(self) -> None:
        while (job := self._turns.get()) is not None:
            try:
                job.func()
            except Exception:
                # A thread that ended here would never ring again.
                self._logger.exception("A ring raised, which it must not.")
            finally:
                self._run_job_success(job.id, [])
                self.is_busy = False
                self._wake_scheduler()


class _OneJob(MemoryJobStore):
    """A store in memory whose job is due at most one interval from now, and never while it runs."""

    def __init__(self, interval: timedelta, ringer: _Ringer) -> None:
        super().__init__()
        self._interval = interval
        self._ringer = ringer

    def get_due_jobs(self, now: datetime) -> list[Any]:
        """The job when it is due, or when the clock was set back since its time was computed."""
        if self._ringer.is_busy:
            return []
        for job in self.get_all_jobs():
            at: datetime = job.next_run_time
            if at <= now or at - now > self._interval + _SLACK:
                job.modify(next_run_time=now)
        due: list[Any] = super().get_due_jobs(now)
        return due

    def get_next_run_time(self) -> datetime | None:
        """Until when the scheduler sleeps; the end of a ring wakes it."""
        if self._ringer.is_busy:
            return _machine_now() + self._interval
        found: datetime | None = super().get_next_run_time()
        return found


def _nobody() -> None:
    """There is no scheduler to wake yet."""


def _every(interval: timedelta) -> IntervalTrigger:
    whole, rest = divmod(interval, timedelta(seconds=1))
    return IntervalTrigger(
        seconds=whole + (1 if rest else 0),  # whole seconds, as its signature says
        timezone=UTC,
    )


def _machine_now() -> datetime:
    """The instant by which APScheduler goes, whatever clock the host brought."""
    return SystemClock().now()
