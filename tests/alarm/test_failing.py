"""What if a ring fails? It is logged and told, and the next ring comes."""

import logging
import threading

import pytest

from kvob_domain.errors import Unavailable
from tests.alarm.bell import SECOND, Bell, MakeAlarm


def settled(alarm: object, rings: int) -> None:
    """Wait until so many rings have ended: a bell is heard when a ring begins."""
    for _ in range(500):
        if alarm.status().rings >= rings:  # type: ignore[attr-defined]  # pyright: ignore
            return
        threading.Event().wait(0.01)
    raise AssertionError("the ring did not end")


@pytest.mark.parametrize("error", [ValueError("no room"), SystemExit(3), KeyboardInterrupt()])
def test_whatever_a_ring_raises_the_next_one_comes(
    error: BaseException, bell: Bell, alarm_of: MakeAlarm, caplog: pytest.LogCaptureFixture
) -> None:
    bell.error = error
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    settled(alarm, 1)
    assert alarm.last_error is error
    assert alarm.status().last_ring_at is None
    logged = [record for record in caplog.records if record.name == "kvob_workflow.alarm"]
    assert [record.levelno for record in logged] == [logging.ERROR]
    alarm.wake()
    assert bell.is_heard()


def test_failures_in_a_row_are_counted_until_a_ring_succeeds(
    bell: Bell, alarm_of: MakeAlarm, caplog: pytest.LogCaptureFixture
) -> None:
    bell.error = OSError("disk gone")
    alarm = alarm_of(SECOND)
    alarm.start()
    for _ in range(2):
        assert bell.is_heard()
    settled(alarm, 2)
    found = alarm.status()
    assert (found.running, found.rings, found.failures) == (True, 2, 2)
    assert found.last_error is bell.error
    assert found.next_ring_at is not None
    logged = [record for record in caplog.records if record.name == "kvob_workflow.alarm"]
    assert [bool(record.exc_info) for record in logged] == [True], "once is enough"
    bell.error = None
    assert bell.is_heard()
    settled(alarm, 3)
    found = alarm.status()
    assert (found.rings, found.failures, found.last_error) == (3, 0, None)
    assert found.last_ring_at is not None


def test_an_error_of_ours_is_logged_as_the_sentence_that_says_what_to_do(
    bell: Bell, alarm_of: MakeAlarm, caplog: pytest.LogCaptureFixture
) -> None:
    bell.error = Unavailable()
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    settled(alarm, 1)
    (logged,) = (record for record in caplog.records if record.name == "kvob_workflow.alarm")
    assert bell.error.message() in logged.getMessage()
    assert not logged.exc_info


def test_an_answer_that_is_no_day_counts_as_a_failure(bell: Bell, alarm_of: MakeAlarm) -> None:
    bell.due = "tomorrow"  # type: ignore[assignment]  # pyright: ignore  # a host without checker
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    settled(alarm, 1)
    assert isinstance(alarm.last_error, TypeError)
    bell.due = None
    alarm.wake()
    assert bell.is_heard()
    settled(alarm, 2)
    assert alarm.last_error is None
