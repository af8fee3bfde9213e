"""Do the bodies that a release wrote come out of today's code as what they said?

Read as stored events are, through the codec: what a schema cannot say (which days exist, what a
validator turns a text into) is found here.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.ids import EstateId
from kvob_workflow.errors import EventUnreadable
from kvob_workflow.events.envelope import METADATA
from kvob_workflow.events.flaws import Flaw, Flawed

if TYPE_CHECKING:
    from kvob_workflow.events.released import Released
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.upcasts import JsonObject, Upcast

_NOBODY: Final = EstateId("0" * 32)
_BESIDE: Final = {"at": "2026-01-01T12:00:00.000000Z", "role": "operator", "via": "python"}


def body_flaws(codec: Codec, upcasts: Mapping[str, Upcast], released: Released) -> Iterator[Flawed]:
    """What is wrong with how the examples of a released topic are read."""
    topic = released.topic
    is_older = topic in upcasts
    for said in released.examples:
        if is_older:
            yield from _impure(topic, upcasts, said)
        try:
            again = _read_and_written(codec, topic, said)
        except EventUnreadable as error:
            flaw = Flaw.UPCAST_FAILS if is_older else Flaw.EXAMPLE_UNREAD
            yield Flawed(flaw, topic, error.reason)
            continue
        # What a correction states in an older form is written in the newest one.
        if not is_older and topic != METADATA and "instead" not in said:
            for place in _changed(said, again, "e"):
                yield Flawed(Flaw.READ_OTHERWISE, topic, place)


def _read_and_written(codec: Codec, topic: str, said: JsonObject) -> JsonObject:
    state = json.dumps({"e": said, "m": _BESIDE}).encode()
    recorded = codec.decode(_NOBODY, 1, topic, state)
    _, written = codec.encode(recorded)
    return cast("JsonObject", json.loads(written)["e"])


def _impure(topic: str, upcasts: Mapping[str, Upcast], said: JsonObject) -> Iterator[Flawed]:
    """Steps that change what they are given, or answer otherwise the second time."""
    body, step = said, upcasts.get(topic)
    while step is not None:
        given, kept = copy.deepcopy(body), copy.deepcopy(body)
        try:
            first = copy.deepcopy(step.change(given))
            if given != kept:
                yield Flawed(Flaw.UPCAST_IMPURE, topic, f"changes what it is given, to {step.to}")
                return
            if step.change(given) != first:
                yield Flawed(Flaw.UPCAST_IMPURE, topic, f"answers twice otherwise, to {step.to}")
                return
        except (ValueError, LookupError, TypeError, AttributeError):
            return  # told as unreadable, with the reason
        body, step = first, upcasts.get(step.to)


def _changed(said: object, again: object, place: str) -> Iterator[str]:
    """The places that were written otherwise; a field that came with a default is no change."""
    if isinstance(said, dict) and isinstance(again, dict):
        now = cast("JsonObject", again)
        for name, value in cast("JsonObject", said).items():
            if name in now:
                yield from _changed(value, now[name], f"{place}.{name}")
            else:
                yield f"{place}.{name} is lost"
    elif isinstance(said, list) and isinstance(again, list):
        were, are = cast("list[object]", said), cast("list[object]", again)
        if len(were) != len(are):
            yield f"{place} has another length"
        for number, (one, other) in enumerate(zip(were, are, strict=False)):
            yield from _changed(one, other, f"{place}[{number}]")
    elif said != again:
        yield f"{place} becomes {again!r}"
