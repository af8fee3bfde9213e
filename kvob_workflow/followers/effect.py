"""What is an effect? A host's own step on the outside world, for each event in order.

    def post(happened: Happened) -> None:
        queue.send(happened.id, happened.event.model_dump(mode="json"))

    Effect("x_awards", post, begins="now", only=(CertificateAwarded,))

It is called at least once for each event, under an id that stays the same: killed between the
call and the noting of it, the same event comes once more. Whatever it raises counts as a failure.
It is never called by a rebuild, a repair or a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kvob_domain.estate.events import AnyEvent
    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as an effect gets it: with its position and its envelope."""

    position: int
    recorded: Recorded

    @property
    def id(self) -> str:
        """The same for each call about this event, and no other event's."""
        return f"{self.position}-{self.recorded.estate}-{self.recorded.version}"

    @property
    def estate(self) -> EstateId:
        """The estate that it happened to."""
        return self.recorded.estate

    @property
    def event(self) -> AnyEvent:
        """What happened, as it was recorded; a later correction is an event of its own."""
        return self.recorded.event

    @property
    def at(self) -> datetime:
        """The instant of recording, in UTC."""
        return self.recorded.at


@dataclass(frozen=True, slots=True)
class Effect:
    """A side effect of a host: its name, what it does, and where it begins.

    `begins` counts once, when a store first meets the name: after the newest event ("now"), or
    before the first one. `only` are the classes of the events that it gets; empty means all.
    One node at a time runs it; when a call takes longer than `lease`, another may begin.
    """

    name: str
    handle: Callable[[Happened], object]
    begins: Literal["now", "beginning"]
    only: tuple[type[AnyEvent], ...] = ()
    lease: timedelta = timedelta(minutes=1)

    def wants(self, event: AnyEvent) -> bool:
        """Whether the effect gets this event."""
        return not self.only or isinstance(event, self.only)
