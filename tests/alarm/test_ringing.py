"""When does the alarm ring? At once, at an interval, when woken, and when a day begins."""

import threading
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from kvob_workflow.alarm import Alarm, AlarmIntervalInvalid
from kvob_workflow.alarm.waking import instant_of
from kvob_workflow.clock import SystemClock
from tests.alarm.bell import HOUR, SECOND, Bell, MakeAlarm


class StandingClock:
    """A clock of a host's own, which stands still."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def before(day: date, by: timedelta) -> StandingClock:
    """A clock that stands so long before a day begins in Amsterdam."""
    return StandingClock(instant_of(day) - by)


def test_it_rings_at_once_when_it_is_started(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm_of().start()
    assert bell.is_heard()


def test_nothing_rings_before_it_is_started(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.wake()
    alarm.note(date(2000, 1, 1))
    assert not bell.is_heard(timeout=0.1)
    assert not alarm.status().running


def test_it_rings_again_at_the_interval(bell: Bell, alarm_of: MakeAlarm) -> None:
    begun = time.monotonic()
    alarm_of(SECOND).start()
    assert [bell.is_heard() for _ in range(3)] == [True] * 3
    assert 1.5 < time.monotonic() - begun < 8


def test_it_rings_when_it_is_woken(bell: Bell, alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    alarm.wake()
    assert bell.is_heard()


def test_it_rings_once_more_when_it_is_woken_while_it_rings(
    bell: Bell, alarm_of: MakeAlarm
) -> None:
    alarm = alarm_of()
    go_on = threading.Event()
    bell.during = lambda: go_on.wait(10)
    alarm.start()
    assert bell.is_heard()
    for _ in range(5):
        alarm.wake()
    assert not bell.is_heard(timeout=0.2), "two rings at a time"
    go_on.set()
    assert bell.is_heard()
    assert not bell.is_heard(timeout=0.2), "five wishes are one ring"


def test_a_ring_longer_than_the_interval_is_followed_by_the_next_and_never_doubled(
    bell: Bell, alarm_of: MakeAlarm, caplog: pytest.LogCaptureFixture
) -> None:
    at_work: list[int] = []
    most: list[int] = []

    def work() -> None:
        at_work.append(1)
        most.append(len(at_work))
        threading.Event().wait(1.4)
        at_work.pop()

    bell.during = work
    alarm_of(SECOND).start()
    assert [bell.is_heard() for _ in range(3)] == [True] * 3
    assert set(most) == {1}
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []


def test_it_wakes_when_the_day_begins_that_the_ring_answered(
    bell: Bell, alarm_of: MakeAlarm
) -> None:
    bell.due = date(2027, 3, 28)
    alarm_of(clock=before(bell.due, timedelta(milliseconds=300))).start()
    assert bell.is_heard()
    assert bell.is_heard()


def test_it_wakes_at_an_instant_that_the_ring_answered(bell: Bell, alarm_of: MakeAlarm) -> None:
    bell.due = SystemClock().now() + timedelta(milliseconds=300)
    alarm_of().start()
    assert bell.is_heard()
    assert bell.is_heard()


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_it_wakes_for_a_nearer_row_that_it_is_told_of(
    day: date, bell: Bell, alarm_of: MakeAlarm
) -> None:
    alarm = alarm_of(clock=before(day, timedelta(milliseconds=300)))
    alarm.start()
    assert bell.is_heard()
    alarm.note(day)
    assert bell.is_heard()


def test_what_falls_due_after_the_next_ring_moves_nothing(bell: Bell, alarm_of: MakeAlarm) -> None:
    day = date(2027, 1, 1)
    alarm = alarm_of(clock=before(day, 2 * HOUR))
    alarm.start()
    assert bell.is_heard()
    planned = alarm.status().next_ring_at
    alarm.note(day)
    alarm.note(date.max)
    alarm.note(None)
    assert alarm.status().next_ring_at == planned


def test_what_is_overdue_rings_once_however_often_it_is_told(
    bell: Bell, alarm_of: MakeAlarm
) -> None:
    alarm = alarm_of()
    alarm.start()
    assert bell.is_heard()
    bell.due = date(2001, 1, 1)  # held back: it is overdue after the ring as well
    alarm.note(date(2001, 1, 1))
    assert bell.is_heard()
    while alarm.status().rings < 2:
        threading.Event().wait(0.01)
    for _ in range(20):
        alarm.note(date(2001, 1, 1))
    assert not bell.is_heard(timeout=0.3)
    alarm.note(date.min)
    assert bell.is_heard(), "something older is news"


def test_a_thousand_notes_cost_less_than_a_write(alarm_of: MakeAlarm) -> None:
    alarm = alarm_of()
    alarm.start()
    begun = time.perf_counter()
    for _ in range(1000):
        alarm.note(date(2090, 1, 1))
    assert time.perf_counter() - begun < 0.5


def test_notes_from_many_threads_are_one_early_ring(bell: Bell, alarm_of: MakeAlarm) -> None:
    day = date(2027, 1, 1)
    alarm = alarm_of(clock=before(day, timedelta(milliseconds=400)))
    alarm.start()
    assert bell.is_heard()
    tellers = [threading.Thread(target=alarm.note, args=(day,)) for _ in range(8)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    assert bell.is_heard()


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC)),  # the day of the change
        (date(2027, 3, 29), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 28, 23, tzinfo=UTC)),
        (date(2027, 1, 1), datetime(2026, 12, 31, 23, tzinfo=UTC)),
        (date.max, datetime(9999, 12, 30, 23, tzinfo=UTC)),
        (date.min, datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(day: date, utc: datetime) -> None:
    assert instant_of(day) == utc


def test_every_day_of_a_century_begins_once_and_after_the_day_before() -> None:
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(36_525)]
    begins = [instant_of(day) for day in days]
    lengths = {after - before for before, after in pairwise(begins)}
    assert lengths == {timedelta(hours=23), timedelta(hours=24), timedelta(hours=25)}
    zone = ZoneInfo("Europe/Amsterdam")
    assert [at.astimezone(zone).date() for at in begins] == days


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="bears no time zone"):
        instant_of(datetime(2027, 1, 1))


@pytest.mark.parametrize(
    "interval",
    [timedelta(), timedelta(milliseconds=999), -SECOND, timedelta(days=1, seconds=1)],
)
def test_an_interval_is_from_a_second_to_a_day(interval: timedelta, bell: Bell) -> None:
    with pytest.raises(AlarmIntervalInvalid) as refused:
        Alarm(bell, interval=interval)
    assert f"{interval.total_seconds():g} seconds" in refused.value.message("en")
    assert f"{interval.total_seconds():g} seconden" in refused.value.message("nl")
