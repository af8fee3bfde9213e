"""What if somebody sets the machine's clock? The rings go on, within about one interval."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore  # no hints

from kvob_workflow.clock import SystemClock
from tests.alarm.bell import HOUR, SECOND, Bell, MakeAlarm


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    """Sets the clock of the machine, as every thread of this process sees it."""
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=True) as traveller:
        yield traveller


@pytest.mark.parametrize(
    "jump",
    [
        timedelta(weeks=-3),
        timedelta(hours=-1),
        timedelta(seconds=-40),
        timedelta(minutes=5),
        timedelta(weeks=3),
        timedelta(days=3 * 365),
    ],
    ids=str,
)
def test_the_rings_go_on_after_the_clock_was_set(
    jump: timedelta, bell: Bell, alarm_of: MakeAlarm, traveller: time_machine.Traveller
) -> None:
    alarm_of(SECOND).start()
    assert bell.is_heard()
    set_at = time.monotonic()
    traveller.shift(jump)
    assert [bell.is_heard() for _ in range(2)] == [True] * 2
    assert time.monotonic() - set_at < 8  # two intervals of a second, on a busy machine


def test_a_clock_set_back_within_an_interval_delays_by_no_more_than_that_interval(
    bell: Bell, alarm_of: MakeAlarm, traveller: time_machine.Traveller
) -> None:
    alarm_of(3 * SECOND).start()
    assert bell.is_heard()
    traveller.shift(timedelta(seconds=-2))
    assert bell.is_heard(timeout=12)


def test_without_the_store_of_our_own_the_rings_would_stop(
    traveller: time_machine.Traveller,
) -> None:
    """What APScheduler does by itself; if it learns better, the store can go."""
    rings = Bell()
    bare: Any = BackgroundScheduler(timezone=UTC)  # it has no type hints
    bare.add_job(rings, "interval", seconds=1, next_run_time=SystemClock().now())
    bare.start()
    try:
        assert rings.is_heard()
        traveller.shift(timedelta(weeks=-3))
        rings.is_heard(timeout=2)  # one may be under way
        assert not rings.is_heard(timeout=2.5)
    finally:
        bare.shutdown()


def test_waking_up_after_half_a_year_of_sleep_costs_no_half_a_year_of_ticks(
    bell: Bell, alarm_of: MakeAlarm, traveller: time_machine.Traveller
) -> None:
    """A second's interval over 180 days is 15.5 million ticks; APScheduler would list them all."""
    alarm = alarm_of(SECOND)
    alarm.start()
    assert bell.is_heard()
    set_at = time.monotonic()
    traveller.shift(timedelta(days=180))
    assert bell.is_heard()
    assert time.monotonic() - set_at < 5
    assert bell.rings < 8, "missed rings are made up for by one"


def test_an_early_ring_survives_a_clock_that_is_set_back(
    bell: Bell, alarm_of: MakeAlarm, traveller: time_machine.Traveller
) -> None:
    alarm = alarm_of(HOUR)
    alarm.start()
    assert bell.is_heard()
    traveller.shift(timedelta(weeks=-3))
    alarm.wake()
    assert bell.is_heard()
    planned = alarm.status().next_ring_at
    for _ in range(100):
        if planned is not None and planned - SystemClock().now() <= HOUR:
            break
        Event().wait(0.05)
        planned = alarm.status().next_ring_at
    assert planned is not None
    assert planned - SystemClock().now() <= HOUR
