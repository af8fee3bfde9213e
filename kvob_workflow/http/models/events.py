"""How does an event look to others? A CloudEvent, as `kvob_workflow.cloud_events` makes it."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, Field, RootModel

from kvob_workflow.http.answers import Model


class CloudEventModel(Model):
    """One event. `data` is a reference, or all that the event says.

    `/events/asyncapi.json` has the data of each type.
    """

    specversion: str
    id: str = Field(description="`<estate>-<version>`: the same each time.")
    source: str
    type: str
    subject: str = Field(description="The id of the estate.")
    time: AwareDatetime = Field(description="When it was recorded.")
    datacontenttype: str
    dataschema: str
    dataref: str = Field(description="Where the event stands in this API.")
    sequence: str = Field(description="Its version within the estate, filled with zeros.")
    sequencetype: str
    traceparent: str | None = None
    data: dict[str, Any]


class CloudEventBatch(RootModel[list[CloudEventModel]]):
    """A list of events, by position."""
