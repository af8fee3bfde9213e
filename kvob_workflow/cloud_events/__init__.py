"""How do others hear what happened? As CloudEvents, in the Dutch government's profile.

    envelope = enveloped(recorded, Sender("urn:nld:oin:00000001234567890000:systeem:kvob"))

Pure: no clock, no store. An event goes out poor: which estate, which version, which day; who may
read more asks the API for it. Read next: `types` (the name of each event), `envelope`, `modes`
(how it is written), `streaming`, `asyncapi`.
"""

from kvob_workflow.cloud_events.envelope import CloudEvent, Detail, Sender, enveloped
from kvob_workflow.cloud_events.errors import EventTypeUnknown, SourceInvalid
from kvob_workflow.cloud_events.modes import (
    BATCHED,
    STRUCTURED,
    Message,
    batched,
    binary,
    structured,
)
from kvob_workflow.cloud_events.types import ALL_TYPES, topic_of, type_of

__all__ = [
    "ALL_TYPES",
    "BATCHED",
    "STRUCTURED",
    "CloudEvent",
    "Detail",
    "EventTypeUnknown",
    "Message",
    "Sender",
    "SourceInvalid",
    "batched",
    "binary",
    "enveloped",
    "structured",
    "topic_of",
    "type_of",
]
