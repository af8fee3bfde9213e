"""What can others receive, and in which form? One AsyncAPI 3.0 document, of the catalogue's making.

Two channels, webhooks and the stream, carry the same messages: one for each event. A message is a
CloudEvent whose `data` is a reference, or all that the event says.

Source: AsyncAPI 3.0.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.cloud_events.envelope import FULL_SCHEMA, PING_SCHEMA, POOR_SCHEMA
from kvob_workflow.cloud_events.masking import HIDDEN
from kvob_workflow.cloud_events.modes import STRUCTURED
from kvob_workflow.cloud_events.types import PING_TYPE, type_of
from kvob_workflow.events import catalogue, schema_of

if TYPE_CHECKING:
    from kvob_workflow.events import EventEntry

VERSION: Final = "3.0.0"
DIALECT: Final = "application/schema+json;version=draft-07"
"""Of AsyncAPI's own; the schemas here use nothing that 2020-12 reads otherwise."""

Document = dict[str, object]

_ESTATE: Final = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_INSTANT: Final = {"type": "string", "format": "date-time"}
_ENVELOPE: Final = (
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "datacontenttype",
    "dataschema",
)
_SIGNED: Final = {
    "type": "object",
    "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
    "properties": {
        "webhook-id": {"type": "string", "description": "The id of the event."},
        "webhook-timestamp": {"type": "string", "pattern": "^[0-9]+$"},
        "webhook-signature": {
            "type": "string",
            "description": "Standard Webhooks: v1, and base64, one for each secret, with spaces.",
        },
    },
}


@lru_cache(maxsize=1)
def asyncapi_document(version: str = "1.0.0") -> Document:
    """The document; it needs no other."""
    entries = [entry for entry in catalogue() if entry.topic == entry.read_as]
    names = [_name(entry) for entry in entries]
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "kvob_workflow: events",
            "version": version,
            "description": (
                "What happened to business estates under the Dutch mark KVO-B, as CloudEvents 1.0 "
                "in the NL GOV profile. At least once, in order for each estate; `id` is the same "
                "each time."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": STRUCTURED,
        "channels": {
            "webhooks": {
                "address": None,
                "title": "Webhooks",
                "description": "POST to the address of the subscription, signed.",
                "messages": _referred([*names, "WebhookPinged"]),
            },
            "stream": {
                "address": "/v1/events/stream",
                "title": "Stream",
                "description": "Server-sent events; `id` is the position, for Last-Event-ID.",
                "messages": _referred(names),
            },
        },
        "operations": {
            "deliver": _sends("webhooks", "Deliver an event to a webhook."),
            "stream": _sends("stream", "Send an event to who listens to the stream."),
        },
        "components": {
            "messages": {**dict(map(_message, entries)), "WebhookPinged": _ping_message()},
            "schemas": _schemas(entries),
        },
    }


def _name(entry: EventEntry) -> str:
    return entry.name


def _referred(names: list[str]) -> Document:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _sends(channel: str, summary: str) -> Document:
    return {"action": "send", "channel": {"$ref": f"#/channels/{channel}"}, "summary": summary}


def _message(entry: EventEntry) -> tuple[str, Document]:
    return entry.name, {
        "name": type_of(entry.topic),
        "title": entry.title.en,
        "summary": entry.description,
        "contentType": STRUCTURED,
        "headers": {"$ref": "#/components/schemas/WebhookHeaders"},
        "payload": {"$ref": f"#/components/schemas/{entry.name}Envelope"},
    }


def _ping_message() -> Document:
    return {
        "name": PING_TYPE,
        "title": "Ping",
        "summary": "Somebody tries whether the receiver takes events.",
        "contentType": STRUCTURED,
        "headers": {"$ref": "#/components/schemas/WebhookHeaders"},
        "payload": {"$ref": "#/components/schemas/PingEnvelope"},
    }


def _schemas(entries: list[EventEntry]) -> Document:
    made: Document = {"WebhookHeaders": _SIGNED, "EventReference": _reference()}
    for entry in entries:
        made[entry.name] = _said(entry)
        made[f"{entry.name}Data"] = _full(entry)
        made[f"{entry.name}Envelope"] = _envelope(entry)
    attributes: Document = {"type": {"const": PING_TYPE}, "dataschema": {"const": PING_SCHEMA}}
    data: Document = {
        "type": "object",
        "required": ["webhook"],
        "properties": {"webhook": {"type": "string"}},
    }
    made["PingEnvelope"] = _enveloped(attributes, data, ())
    return made


def _reference() -> Document:
    return {
        "$id": POOR_SCHEMA,
        "type": "object",
        "description": "Which estate, which version of it, and the day it happened.",
        "required": ["estate", "version", "occurred"],
        "additionalProperties": False,
        "properties": _REFERENCE,
    }


_REFERENCE: Final[Document] = {
    "estate": _ESTATE,
    "version": {"type": "integer", "minimum": 1},
    "occurred": {
        "type": ["string", "null"],
        "description": "A day, a month or a year, as exactly as it is known; null: unknown.",
    },
}


def _said(entry: EventEntry) -> Document:
    """All that the event says; persons may be hidden, and whatever it refers to stands within."""
    schema = schema_of(entry.topic)
    said = dict(cast("Mapping[str, object]", cast("Document", schema["properties"])["e"]))
    definitions = cast("Document", schema["$defs"])
    return cast("Document", _inlined(said, definitions))


def _full(entry: EventEntry) -> Document:
    name = entry.topic.partition(":")[2]
    hidden = f"An opaque id, or '{HIDDEN}' for who may see no persons."
    return {
        "$id": f"{FULL_SCHEMA}{name}",
        "type": "object",
        "required": [*_REFERENCE, "event", "recorded_by", "role", "organisation"],
        "additionalProperties": False,
        "properties": {
            **_REFERENCE,
            "event": {"$ref": f"#/components/schemas/{entry.name}"},
            "recorded_by": {"type": ["string", "null"], "description": hidden},
            "role": {"type": "string"},
            "organisation": {"type": ["string", "null"]},
        },
    }


def _envelope(entry: EventEntry) -> Document:
    name = entry.topic.partition(":")[2]
    attributes: Document = {
        "type": {"const": type_of(entry.topic)},
        "subject": _ESTATE,
        "dataschema": {"enum": [POOR_SCHEMA, f"{FULL_SCHEMA}{name}"]},
        "dataref": {"type": "string", "format": "uri-reference"},
        "sequence": {"type": "string", "pattern": "^[0-9]{10}$"},
        "sequencetype": {"const": "Integer"},
        "traceparent": {"type": "string"},
    }
    data: Document = {
        "oneOf": [
            {"$ref": "#/components/schemas/EventReference"},
            {"$ref": f"#/components/schemas/{entry.name}Data"},
        ]
    }
    return _enveloped(attributes, data, ("dataref", "sequence", "sequencetype"))


def _enveloped(attributes: Document, data: Document, more: tuple[str, ...]) -> Document:
    return {
        "type": "object",
        "required": [*_ENVELOPE, *more, "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string"},
            "source": {"type": "string", "format": "uri"},
            "subject": {"type": "string"},
            "time": _INSTANT,
            "datacontenttype": {"const": "application/json"},
            **attributes,
            "data": data,
        },
    }


def _inlined(part: object, definitions: Document) -> object:
    """A schema whose references lead nowhere outside it; another event within it is any object."""
    if isinstance(part, list):
        return [_inlined(one, definitions) for one in cast("list[object]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("Document", part)
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if not reference.startswith("#/$defs/"):
            return {"type": "object"}
        return _inlined(definitions[reference.removeprefix("#/$defs/")], definitions)
    return {
        name: _inlined(value, definitions)
        for name, value in schema.items()
        if name not in ("examples", "$defs", "$id", "$schema")
    }
