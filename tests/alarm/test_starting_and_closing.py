"""How does an alarm begin and end? Once, in bounded time, from any thread, in its own process."""

import gc
import os
import threading
import time
import warnings
from datetime import UTC
from typing import Any

import pytest
from apscheduler.jobstores.memory import MemoryJobStore  # type: ignore[import-untyped]  # none

from kvob_workflow.alarm import Alarm, AlarmClosed
from kvob_workflow.alarm.timer import Timer
from tests.alarm.bell import HOUR, SECOND, Bell, MakeAlarm


def alarm_threads() -> list[threading.Thread]:
    """The threads that rings run in."""
    return [thread for thread in threading.enumerate() if thread.name == "kvob-alarm"]


def test_starting_twice_changes_nothing(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    alarm.start()
    assert not bell.is_heard(timeout=0.2)
    assert len(alarm_threads()) == 1


def test_starting_from_many_threads_starts_once(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    starters = [threading.Thread(target=alarm.start) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert bell.is_heard()
    assert len(alarm_threads()) == 1


def test_closing_ends_the_rings_and_their_thread(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of(SECOND)
    alarm.start()
    assert bell.is_heard()
    assert alarm.close()
    assert alarm_threads() == []
    assert not alarm.status().running
    rings = bell.rings
    alarm.wake()
    assert not bell.is_heard(timeout=1.2) or bell.rings == rings


def test_closing_twice_and_before_the_start_is_allowed(alarm_of: MakeAlarm) -> None:
    never_started, started = alarm_of(), alarm_of()
    started.start()
    assert [one.close() for one in (never_started, never_started, started, started)] == [True] * 4


def test_closing_from_many_threads_closes_once(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    answers: list[bool] = []
    closers = [threading.Thread(target=lambda: answers.append(alarm.close())) for _ in range(8)]
    for closer in closers:
        closer.start()
    for closer in closers:
        closer.join()
    assert answers == [True] * 8


def test_a_ring_may_close_its_own_alarm(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of(SECOND)
    closed: list[bool] = []
    bell.during = lambda: closed.append(alarm.close())
    alarm.start()
    assert bell.is_heard()
    assert alarm.close()
    assert closed == [False], "the ring that closed it had not ended"
    assert bell.rings == 1


def test_closing_waits_for_a_ring_but_not_for_ever(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    go_on = threading.Event()
    bell.during = lambda: go_on.wait(20)
    alarm.start()
    assert bell.is_heard()
    begun = time.monotonic()
    assert not alarm.close(timeout=0.2)
    assert time.monotonic() - begun < 3
    go_on.set()
    assert alarm.close(), "the ring ended"


def test_a_closed_alarm_does_not_start_again(alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.close()
    with pytest.raises(AlarmClosed) as refused:
        alarm.start()
    assert "Open a new Engine" in refused.value.message("en")
    assert "nieuwe Engine" in refused.value.message("nl")


def test_the_only_job_lives_in_memory_in_utc_and_is_never_late_nor_doubled(bell: Bell) -> None:
    """The ring holds a lock: a store that pickles its jobs would refuse it."""
    lock = threading.Lock()

    def ring() -> None:
        with lock:
            bell()

    timer = Timer(HOUR, ring)
    timer.start()
    try:
        # Nothing public names the stores of a scheduler, and it has no type hints.
        scheduler: Any = timer._scheduler  # pyright: ignore[reportPrivateUsage]
        stores: dict[str, object] = scheduler._jobstores
        assert [isinstance(one, MemoryJobStore) for one in stores.values()] == [True]
        assert len(scheduler._executors) == 1
        (job,) = scheduler.get_jobs()
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        assert (scheduler.timezone, job.trigger.timezone) == (UTC, UTC)
        assert (job.trigger.interval, job.trigger.jitter) == (HOUR, None)
        assert bell.is_heard()
    finally:
        timer.stop()
        assert timer.wait(5)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_neither_rings_nor_disturbs_its_parent(
    bell: Bell, alarm_of: MakeAlarm
) -> None:
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of the threads
        child = os.fork()
    if child == 0:
        os._exit(_in_child(alarm))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    alarm.wake()
    assert bell.is_heard()


def _in_child(alarm: Alarm) -> int:
    """0 when the alarm of the parent is dead here, and says so."""
    from kvob_workflow.alarm import AlarmForked

    gc.disable()
    alarm.wake()
    alarm.note(None)
    if alarm.status().running or not alarm.close():
        return 1
    try:
        alarm.start()
    except AlarmForked as refused:
        return 0 if f"process {os.getppid()}" in refused.message("en") else 2
    return 3
