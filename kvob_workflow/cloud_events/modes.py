"""How is an envelope written? Structured or binary for one event, batched for a list.

Source: CloudEvents 1.0.2, HTTP Protocol Binding and JSON Event Format. In binary mode the
attributes are headers, and what Standard Webhooks signs is the body alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from kvob_workflow.cloud_events.envelope import CloudEvent

STRUCTURED: Final = "application/cloudevents+json"
BATCHED: Final = "application/cloudevents-batch+json"

_UTF8: Final = "; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Message:
    """The headers and the body of a request or an answer."""

    headers: Mapping[str, str]
    body: bytes


def document(event: CloudEvent) -> dict[str, object]:
    """The envelope as one JSON object."""
    return {**event.attributes, "data": event.data}


def structured(event: CloudEvent) -> Message:
    """The whole envelope in the body."""
    return Message({"Content-Type": STRUCTURED + _UTF8}, orjson.dumps(document(event)))


def batched(events: Iterable[CloudEvent]) -> Message:
    """A list of envelopes in one body."""
    body = orjson.dumps([document(one) for one in events])
    return Message({"Content-Type": BATCHED + _UTF8}, body)


def binary(event: CloudEvent) -> Message:
    """The data in the body, every other attribute in a header of its own."""
    headers = {
        f"ce-{name}": _header(value)
        for name, value in event.attributes.items()
        if name != "datacontenttype"
    }
    headers["Content-Type"] = event.attributes["datacontenttype"]
    return Message(headers, orjson.dumps(event.data))


def _header(value: str) -> str:
    """As HTTP carries it: signs outside printable ASCII, space, quote and percent are encoded."""
    return "".join(
        sign
        if "!" <= sign <= "~" and sign not in '"%'
        else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in value
    )
