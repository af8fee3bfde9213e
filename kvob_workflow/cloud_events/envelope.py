"""How does an event look outside? A CloudEvent of the Dutch government's profile.

`id` is `<estate>-<version>`: the same for each message about the event, and no other event's.
`time` is when it was recorded; when it happened stands in `data`. `sequence` is its version within
the estate (`subject`): without gaps from 1, filled with zeros so that it sorts as text.

Sources: CloudEvents 1.0.2 with its extensions sequence, dataref and distributed tracing; NL GOV
profile for CloudEvents 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvob_workflow.cloud_events.errors import SourceInvalid
from kvob_workflow.cloud_events.masking import HIDDEN, masked
from kvob_workflow.cloud_events.types import PING_TYPE, type_of

if TYPE_CHECKING:
    from kvob_domain.estate.recorded import Recorded

UNNAMED: Final = "urn:kvob:unnamed"
"""The source of an installation that was not given its name."""
POOR_SCHEMA: Final = "kvob.data:event-reference.v1"
PING_SCHEMA: Final = "kvob.data:ping.v1"
FULL_SCHEMA: Final = "kvob.data:"

_SEQUENCE_DIGITS: Final = 10  # of the largest signed integer of 32 bits
_OURS: Final = re.compile(
    r"urn:nld:(oin:[0-9]{20}|kvknr:[0-9]{8}):systeem:[A-Za-z0-9][A-Za-z0-9._-]{0,62}"
)
# RFC 3986, as far as it is told from a slip: a scheme, and no sign that a URI cannot have.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]{1,500}")
# W3C Trace Context, version 00.
_TRACE: Final = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class Detail(StrEnum):
    """How much of an event goes out: a reference to it, or all that it says."""

    POOR = "poor"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends events: the URI of this system, and where its API is.

    `api` stands before the path in `dataref`; empty, the reference is relative to the API.

    Raises:
        SourceInvalid: the source is no URI.
    """

    source: str = UNNAMED
    api: str = ""

    def __post_init__(self) -> None:
        form = _OURS if self.source.startswith("urn:nld:") else _URI
        if not form.fullmatch(self.source):
            raise SourceInvalid(self.source)


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """An envelope: its attributes in order, by their names in lower case, and its data."""

    attributes: Mapping[str, str]
    data: Mapping[str, object]

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.attributes["id"]

    @property
    def type(self) -> str:
        """The type of the event."""
        return self.attributes["type"]


def enveloped(
    recorded: Recorded,
    sender: Sender,
    detail: Detail = Detail.POOR,
    *,
    with_persons: bool = False,
) -> CloudEvent:
    """The envelope of a recorded event. Without `with_persons` no full one names a person."""
    event = recorded.event
    full = detail is Detail.FULL
    name = event.TOPIC.partition(":")[2]
    attributes = {
        "specversion": "1.0",
        "id": f"{recorded.estate}-{recorded.version}",
        "source": sender.source,
        "type": type_of(event.TOPIC),
        "subject": recorded.estate,
        "time": _instant(recorded.at),
        "datacontenttype": "application/json",
        "dataschema": f"{FULL_SCHEMA}{name}" if full else POOR_SCHEMA,
        "dataref": f"{sender.api}/v1/estates/{recorded.estate}/history/{recorded.version}",
        "sequence": f"{recorded.version:0{_SEQUENCE_DIGITS}d}",
        "sequencetype": "Integer",
    }
    if recorded.trace is not None and _TRACE.fullmatch(recorded.trace):
        attributes["traceparent"] = recorded.trace
    data: dict[str, object] = {
        "estate": recorded.estate,
        "version": recorded.version,
        "occurred": str(event.occurred) or None,  # None: nobody knows
    }
    if full:
        data |= _said(recorded, with_persons=with_persons)
    return CloudEvent(attributes, data)


def pinged(webhook: str, number: str, at: datetime, sender: Sender) -> CloudEvent:
    """What a receiver is tried out with."""
    attributes = {
        "specversion": "1.0",
        "id": f"ping-{number}",
        "source": sender.source,
        "type": PING_TYPE,
        "subject": webhook,
        "time": _instant(at),
        "datacontenttype": "application/json",
        "dataschema": PING_SCHEMA,
    }
    return CloudEvent(attributes, {"webhook": webhook})


def _said(recorded: Recorded, *, with_persons: bool) -> dict[str, object]:
    event = recorded.event.model_dump(mode="json", exclude_none=True)
    return {
        "event": event if with_persons else masked(event),
        "recorded_by": recorded.by if with_persons or recorded.by is None else HIDDEN,
        "role": recorded.role,
        "organisation": recorded.org,
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
