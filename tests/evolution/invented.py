"""A small invented catalogue: one event that counts something, in every form it could have had."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from kvob_domain.estate.events import DatedEvent, Event
from kvob_domain.partial_date import PartialDate
from kvob_workflow.events.forms import form_of, said_schema
from kvob_workflow.events.released import Released, released_in
from kvob_workflow.store.upcasts import JsonObject

V1, V2, V3, V4 = (f"kvob.estate:thing-counted.v{number}" for number in range(1, 5))


class Kind(StrEnum):
    """Three kinds."""

    LAMP = "lamp"
    FENCE = "fence"
    GATE = "gate"


class FewerKinds(StrEnum):
    """One kind fewer."""

    LAMP = "lamp"
    FENCE = "fence"


class Place(BaseModel):
    """A value within the event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    street: str
    since: PartialDate


class NarrowPlace(BaseModel):
    """The same, with the whole day demanded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    street: str
    since: date


class ThingCounted(DatedEvent):
    """Somebody counted things."""

    TOPIC: ClassVar[str] = V1
    number: int = Field(ge=0, le=100)
    kind: Kind
    places: tuple[Place, ...] = ()
    note: str | None = None


BODY: JsonObject = {
    "on": "2026-02-03",
    "number": 7,
    "kind": "gate",
    "places": [{"street": "Kade", "since": "2019"}],
    "note": "Bij regen",
}


def changed(topic: str = V1, without: str | None = None, **fields: Any) -> type[Event]:
    """The event with other fields, or one fewer."""
    kept = {
        name: (cast("Any", field.annotation), field)
        for name, field in ThingCounted.model_fields.items()
        if name not in {"on", without, *fields}
    }
    every: dict[str, Any] = {**kept, **fields}
    made: type[Event] = create_model("ThingCounted", __base__=DatedEvent, **every)
    made.TOPIC = topic
    return made


def released(
    event: type[Event] = ThingCounted,
    *examples: JsonObject,
    release: str = "0.1.0",
    stated: tuple[str, ...] = (),
) -> Released:
    """The line of the register for an event as it is; `stated` for a correction."""
    form = form_of(said_schema(event, stated))
    return released_in(release, event.TOPIC, form, examples or (BODY,))


def _in_lower_case(text: str) -> str:
    return text.lower()


def _short(text: str) -> str:
    if len(text) > 3:
        msg = "too long"
        raise ValueError(msg)
    return text


LowerCase = Annotated[str | None, AfterValidator(_in_lower_case)]
Short = Annotated[str | None, AfterValidator(_short)]
