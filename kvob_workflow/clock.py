"""What time is it, and which civil day is that in the Netherlands? The only place that asks."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the instant; hosts and tests may bring their own."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


def civil_day(instant: datetime) -> date:
    """The civil day in Europe/Amsterdam at an instant. Source: the day a clerk writes down."""
    return instant.astimezone(AMSTERDAM).date()
