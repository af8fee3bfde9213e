"""What does an event say outside, and is it what the standards ask? For every event of a life."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event

from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.recorded import Recorded
from kvob_workflow import Engine
from kvob_workflow.cloud_events import (
    ALL_TYPES,
    Detail,
    EventTypeUnknown,
    Sender,
    SourceInvalid,
    batched,
    binary,
    enveloped,
    structured,
    topic_of,
    type_of,
)
from kvob_workflow.cloud_events.asyncapi import asyncapi_document
from kvob_workflow.cloud_events.errors import PositionInvalid
from kvob_workflow.cloud_events.streaming import EventPage, Feed, position_of
from kvob_workflow.cloud_events.types import known_types
from kvob_workflow.testing import engine_in_memory

SENDER = Sender("urn:nld:oin:00000001234567890000:systeem:kvob")
TODAY = date(2036, 1, 1)


@pytest.fixture(scope="module")
def life() -> Iterator[list[Recorded]]:
    """Every event of the invented estate."""
    with closing(engine_in_memory(TODAY)) as engine:
        yield recorded_life(engine)


def recorded_life(engine: Engine) -> list[Recorded]:
    from kvob_workflow.demo import walk

    list(walk(engine))
    return [one for _, history in engine.histories() for one in history]


def test_every_topic_has_one_type_and_leads_back(root: Path) -> None:
    del root
    assert len(set(ALL_TYPES)) == len(ALL_EVENTS) == len(ALL_TYPES)
    for event in ALL_EVENTS:
        assert topic_of(type_of(event.TOPIC)) == event.TOPIC
        assert re.fullmatch(r"nl\.kvo-b\.[a-z]+(-[a-z]+)*\.v[0-9]+", type_of(event.TOPIC))
    assert type_of("kvob.estate:covenant-signed.v1") == "nl.kvo-b.covenant-signed.v1"


def test_a_filter_takes_a_bare_name_and_refuses_what_is_none() -> None:
    assert known_types(("covenant-signed",)) == ("nl.kvo-b.covenant-signed.v1",)
    for unknown in ("", "covenant", "nl.kvo-b.", "covenant-signed.v9"):
        with pytest.raises(EventTypeUnknown):
            known_types((unknown,))


def test_a_poor_event_holds_its_estate_version_and_day_and_nothing_else(
    life: list[Recorded],
) -> None:
    for one in life:
        event = enveloped(one, SENDER)
        assert event.data.keys() == {"estate", "version", "occurred"}
        assert event.id == f"{one.estate}-{one.version}"
        assert event.attributes["sequence"] == f"{one.version:010d}"
        assert event.attributes["dataref"] == f"/v1/estates/{one.estate}/history/{one.version}"
        text = structured(event).body.decode()
        assert one.by is None or one.by not in text


def test_without_the_right_no_full_event_names_a_person(life: list[Recorded]) -> None:
    persons = {str(one.by) for one in life if one.by}
    seen = "".join(
        structured(enveloped(one, SENDER, Detail.FULL, with_persons=True)).body.decode()
        for one in life
    )
    hidden = "".join(structured(enveloped(one, SENDER, Detail.FULL)).body.decode() for one in life)
    assert persons and all(f'"{one}"' in seen for one in persons)
    assert not any(f'"{one}"' in hidden for one in persons)


def test_the_trace_goes_along_only_where_it_is_one(life: list[Recorded]) -> None:
    trace = f"00-{'a' * 32}-{'b' * 16}-01"
    assert enveloped(life[0]._replace(trace=trace), SENDER).attributes["traceparent"] == trace
    for wrong in (f"00-{'0' * 32}-{'b' * 16}-01", "x\r\ny", "a" * 32):
        assert "traceparent" not in enveloped(life[0]._replace(trace=wrong), SENDER).attributes


def test_both_modes_and_the_batch_are_read_back_by_the_sdk(life: list[Recorded]) -> None:
    for one in life:
        made = enveloped(one, SENDER, Detail.FULL)
        for message in (structured(made), binary(made)):
            headers = {name.lower(): value for name, value in message.headers.items()}
            event = from_http_event(HTTPMessage(headers, message.body))
            assert event.get_id() == made.id and event.get_type() == made.type
            assert event.get_source() == SENDER.source and event.get_time() == one.at
            assert event.get_data() == json.loads(json.dumps(made.data))
    listed = json.loads(batched(enveloped(one, SENDER) for one in life).body)
    assert [one["id"] for one in listed] == [f"{one.estate}-{one.version}" for one in life]


@pytest.mark.parametrize(
    "source",
    ["", "kvob", "urn:nld:oin:123:systeem:kvob", "urn:nld:oin:00000001234567890000", "a b:c", "x:"],
)
def test_a_source_is_a_uri_and_one_of_the_profile_is_whole(source: str) -> None:
    with pytest.raises(SourceInvalid):
        Sender(source)


@pytest.mark.parametrize(
    "source",
    [
        "urn:nld:oin:00000001234567890000:systeem:kvob",
        "urn:nld:kvknr:12345678:systeem:kvo-b",
        "https://kvob.example.org/",
        "urn:kvob:test",
    ],
)
def test_a_source_of_the_profile_or_a_plain_uri_is_taken(source: str) -> None:
    assert Sender(source).source == source


def test_every_event_of_a_life_fits_the_asyncapi_document(life: list[Recorded]) -> None:
    document = asyncapi_document()
    checkers: dict[str, Any] = {}
    for one in life:
        name = type(one.event).__name__
        if name not in checkers:
            schemas: Any = document["components"]
            root = {**schemas["schemas"][f"{name}Envelope"], "components": schemas}
            checkers[name] = jsonschema.Draft202012Validator(root)
        for detail, persons in ((Detail.POOR, False), (Detail.FULL, False), (Detail.FULL, True)):
            event = enveloped(one, SENDER, detail, with_persons=persons)
            checkers[name].validate(json.loads(structured(event).body))
    assert len(checkers) > 15


def test_the_asyncapi_document_names_every_event_and_every_reference_leads_somewhere() -> None:
    document: Any = asyncapi_document()
    messages = document["components"]["messages"]
    assert {one["name"] for one in messages.values()} >= set(ALL_TYPES)
    for channel in document["channels"].values():
        assert len(channel["messages"]) >= len(ALL_TYPES)
    for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def test_a_position_is_a_number_and_nothing_else() -> None:
    assert position_of(" 12 ") == 12
    for wrong in ("", "-1", "1.5", "x", "9" * 19, "1\n2"):
        with pytest.raises(PositionInvalid):
            position_of(wrong)


def test_a_feed_holds_one_part_and_moves_on_over_what_may_not_be_seen() -> None:
    pages = {0: EventPage((), 7, True), 7: EventPage((), 7, True)}
    feed = Feed(pages.__getitem__, 0)
    assert feed.take() == b"id: 7\n\n"
    assert feed.take() is None and feed.position == 7
