"""What was wrong on record? A correction says what an earlier event should have said.

Nothing is rewritten: the earlier event stays, and `kvob_domain.estate.corrected` reads the
history as the latest correction tells it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, ClassVar, cast, get_args

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from kvob_domain.estate.events.base import DatedEvent, Event
from kvob_domain.estate.events.certification import CertificationEvent
from kvob_domain.estate.events.deadlines import DeadlineEvent
from kvob_domain.estate.events.documents import DocumentEvent
from kvob_domain.estate.events.identity import IdentityEvent
from kvob_domain.estate.events.oversight import OversightEvent
from kvob_domain.estate.events.past import PastEvent
from kvob_domain.estate.events.preparation import PreparationEvent
from kvob_domain.estate.events.standing import StandingEvent
from kvob_domain.estate.values import LAST_VERSION

Statement = Mapping[str, object]
"""An event as a correction keeps it: its `topic`, and what it `says`."""

_CLASSES: tuple[type[Event], ...] = get_args(
    IdentityEvent
    | PreparationEvent
    | CertificationEvent
    | StandingEvent
    | OversightEvent
    | DeadlineEvent
    | PastEvent
    | DocumentEvent
)


def _event_in(value: object) -> Event:
    if isinstance(value, Event):
        return value
    if not isinstance(value, Mapping):
        msg = "an event is stated with its topic and what it says"
        raise ValueError(msg)
    # What is read here comes from JSON, whose objects have texts as keys.
    stated = cast("Statement", value)
    found = statable().get(str(stated.get("topic")))
    if found is None or set(stated) != {"topic", "says"}:
        msg = "an event is stated with a known topic and what it says"
        raise ValueError(msg)
    return found.model_validate(stated["says"])


def _stated(event: Event) -> Statement:
    return {"topic": event.TOPIC, "says": event.model_dump(mode="json", exclude_none=True)}


StatedEvent = Annotated[
    Event,
    PlainValidator(_event_in),
    PlainSerializer(_stated),
    WithJsonSchema({"type": "object"}),
]


class EventCorrected(DatedEvent):
    """An earlier event of the estate should have said `instead`; None: it never happened.

    `version` is that of the earlier event, which may be a correction itself. `instead` has the
    topic of the event that it replaces. `on` is the day of the correction.
    """

    TOPIC: ClassVar[str] = "kvob.estate:event-corrected.v1"
    version: int = Field(ge=1, le=LAST_VERSION)
    instead: StatedEvent | None = None
    reason: str = Field(min_length=1, max_length=1000)


CorrectionEvent = EventCorrected


@cache
def statable() -> Mapping[str, type[Event]]:
    """The events that a correction can state, by topic; a correction can be corrected too."""
    every: tuple[type[Event], ...] = (*_CLASSES, EventCorrected)
    return {event.TOPIC: event for event in every}
