"""What is stored beside every event, under "m"? Who recorded it, when, through which entrance.

The codec writes it; a test compares its members with these. Its form is in the register too, under
a topic of its own that no event has.
"""

from __future__ import annotations

from typing import Final

from kvob_workflow.events.forms import PERSONAL, Schema

METADATA: Final = "kvob.stored:metadata.v1"


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


METADATA_SCHEMA: Final[Schema] = {
    "title": "Metadata",
    "description": "Who recorded the event, when, and through which entrance.",
    "type": "object",
    "required": ["at", "role", "via"],
    "properties": {
        "at": {
            "type": "string",
            "format": "date-time",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$",
            "description": "The instant of recording, in UTC, to the microsecond.",
        },
        "by": {**_text("Who recorded it: an opaque id, never a name."), PERSONAL: "person-id"},
        "cau": _text("What made the command, where a program did."),
        "cmd": _text("The id of the command; the same id never acts twice."),
        "cor": _text("Shared by the events of one act over several estates."),
        "org": _text("The organisation for which it was recorded."),
        "role": _text("The role in which it was recorded."),
        "src": _text("The file or system that it came from."),
        "trace": _text("The trace context of the request (W3C)."),
        "via": _text("The entrance: the command line, Python, the alarm clock."),
    },
}
