"""How does a store look as an XES log? One trace per estate, written while it is read.

Source: IEEE 1849-2016, with the extensions concept, time, lifecycle, organizational and identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID, uuid5

from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_workflow.exports.timeline import (
    Histories,
    Moment,
    activity,
    instant,
    moments,
    source_of,
)

_NAMESPACE: Final = UUID("5ca9d0d7-5f0c-5d52-8f0e-9f6a0d0f4b1e")
_EXTENSIONS: Final = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Identity", "identity"),
)
_EPOCH: Final = "1970-01-01T00:00:00.000+00:00"
_GLOBALS: Final = {
    "trace": (("string", "concept:name", "unknown"), ("string", "kvob:kind", "estate")),
    "event": (
        ("string", "concept:name", "unknown"),
        ("date", "time:timestamp", _EPOCH),
        ("string", "lifecycle:transition", "complete"),
        ("string", "org:role", "operator"),
        ("int", "kvob:version", "0"),
        ("int", "kvob:cycle", "0"),
        ("string", "kvob:step", "registered"),
    ),
}
_CLASSIFIERS: Final = (
    ("Activity", "concept:name"),
    ("Activity and step", "concept:name kvob:step"),
    ("Role", "org:role"),
)
# XML 1.0 has no way to write these, not even escaped.
_IMPOSSIBLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        # A parser would make spaces of these in an attribute.
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
_Attribute = tuple[str, str, str]


def xes(histories: Histories) -> Iterator[bytes]:
    """The log in UTF-8, estate by estate; memory does not grow with the store."""
    yield _head().encode()
    for estate, history in histories():
        yield _trace(estate, history).encode()
    yield b"</log>\n"


def _head() -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">',
    ]
    for name, prefix in _EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        lines.append(f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>')
    for scope, attributes in _GLOBALS.items():
        lines.append(f'  <global scope="{scope}">')
        lines.extend(_drawn(attributes, "    "))
        lines.append("  </global>")
    for name, keys in _CLASSIFIERS:
        lines.append(f'  <classifier name="{name}" keys="{keys}"/>')
    lines.extend(_drawn((("string", "lifecycle:model", "standard"),), "  "))
    return "\n".join(lines) + "\n"


def _trace(estate: EstateId, history: Sequence[Recorded]) -> str:
    told = list(moments(estate, history))
    state = told[-1].after
    about = [
        ("string", "concept:name", estate),
        ("id", "identity:id", str(_uuid(estate))),
        ("string", "kvob:name", state.name),
        ("string", "kvob:municipality", state.municipality),
        ("string", "kvob:kind", state.kind.value),
    ]
    lines = ["  <trace>", *_drawn(about, "    ")]
    for moment in told:
        lines += ["    <event>", *_drawn(_event(moment), "      "), "    </event>"]
    return "\n".join([*lines, "  </trace>\n"])


def _event(moment: Moment) -> Iterator[_Attribute]:
    recorded, after = moment.recorded, moment.after
    occurred = recorded.event.occurred
    yield "string", "concept:name", activity(recorded.event)
    yield "date", "time:timestamp", instant(moment.at)
    yield "string", "lifecycle:transition", "complete"
    yield "id", "identity:id", str(uuid5(_NAMESPACE, f"{recorded.estate}/{recorded.version}"))
    if recorded.by is not None:
        yield "string", "org:resource", recorded.by
    yield "string", "org:role", recorded.role
    if recorded.org is not None:
        yield "string", "org:group", recorded.org
    yield "int", "kvob:version", str(recorded.version)
    yield "int", "kvob:cycle", str(after.cycle)
    yield "string", "kvob:step", after.step.value
    yield "string", "kvob:day", occurred.text
    yield "string", "kvob:precision", occurred.precision
    yield "date", "kvob:recorded", instant(recorded.at)
    yield "string", "kvob:entrance", recorded.via
    if source := source_of(recorded):
        yield "string", "kvob:source", source
    if moment.corrected:
        yield "boolean", "kvob:corrected", "true"


def _uuid(estate: EstateId) -> UUID:
    """An estate's id is a UUID without hyphens; a host may have given out another one."""
    try:
        return UUID(estate)
    except ValueError:
        return uuid5(_NAMESPACE, estate)


def _drawn(attributes: Iterable[_Attribute], indent: str) -> Iterator[str]:
    for kind, key, value in attributes:
        yield f'{indent}<{kind} key="{key}" value="{_escaped(value)}"/>'


def _escaped(text: str) -> str:
    return _IMPOSSIBLE.sub("\N{REPLACEMENT CHARACTER}", text).translate(_ESCAPES)
