"""When and by whom was it recorded? Envelopes for new events, with instants that never go back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kvob_domain.actor import Actor
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_workflow.engine.errors import ClockBehind

# Clocks of nodes differ a little; more than this is a clock that somebody must set.
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the events of one command share."""

    at: datetime
    actor: Actor
    command: str | None = None
    correlation: str | None = None
    causation: str | None = None
    trace: str | None = None
    source: str | None = None

    def joint(self, correlation: str) -> "Stamp":
        """The same stamp under the reference of a joint act."""
        return replace(self, correlation=correlation)


def in_envelopes(estate: Estate, events: Iterable[AnyEvent], stamp: Stamp) -> list[Recorded]:
    """The new events of an estate in their envelopes.

    An instant up to five minutes before the stream's last one is moved up to it.

    Raises:
        ClockBehind: when the clock is further behind than that.
    """
    at = stamp.at
    if estate.last_at is not None and at < estate.last_at:
        if estate.last_at - at > TOLERANCE:
            raise ClockBehind(at, estate.last_at)
        at = estate.last_at
    actor = stamp.actor
    shared = (
        actor.person,
        actor.role.value,
        actor.organisation,
        actor.origin,
        stamp.command,
        stamp.correlation,
        stamp.causation,
        stamp.trace,
        stamp.source,
    )
    return [
        Recorded(estate.id, version, event, at, *shared)
        for version, event in enumerate(events, start=estate.version + 1)
    ]
