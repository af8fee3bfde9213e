"""What the tests of the alarm clock share: a bell, and alarms that ring it and are closed."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from kvob_workflow.alarm import Alarm
from kvob_workflow.clock import Clock
from tests.alarm.bell import HOUR, Bell, MakeAlarm


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def alarm_of(bell: Bell) -> Iterator[MakeAlarm]:
    """Makes alarms that ring the bell, and closes them."""
    with ExitStack() as made:

        def make(interval: timedelta = HOUR, clock: Clock | None = None) -> Alarm:
            alarm = Alarm(bell, clock=clock, interval=interval)
            made.callback(alarm.close)
            return alarm

        yield make
