"""When does something fall due, as an instant? At the first moment of its civil day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from kvob_workflow.alarm.errors import AlarmIntervalInvalid
from kvob_workflow.clock import AMSTERDAM

DEFAULT_INTERVAL: Final = timedelta(seconds=30)
SHORTEST_INTERVAL: Final = timedelta(seconds=1)
LONGEST_INTERVAL: Final = timedelta(days=1)


def checked_interval(interval: timedelta) -> timedelta:
    """The interval, when an alarm can ring at it.

    Raises:
        AlarmIntervalInvalid: when it is shorter than a second or longer than a day.
    """
    if not SHORTEST_INTERVAL <= interval <= LONGEST_INTERVAL:
        raise AlarmIntervalInvalid(interval)
    return interval


def instant_of(due: date | datetime) -> datetime:
    """The instant at which it falls due, in UTC: 00:00 in Europe/Amsterdam of a civil day.

    Both clock changes are at 02:00 or 03:00, so that moment exists once on every day.

    Raises:
        ValueError: when an instant bears no time zone; the machine's own is never assumed.
    """
    if isinstance(due, datetime):
        if due.tzinfo is None:
            raise ValueError(f"{due.isoformat()} bears no time zone")
        return due.astimezone(UTC)
    if due == date.min:  # its midnight in Amsterdam lies before the first instant in UTC
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(due, time.min, AMSTERDAM).astimezone(UTC)
