"""Do others learn over HTTP what happened: as a list, as a stream, and by webhooks?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kvob_domain.actor import Role
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.access import entries
from kvob_workflow.http import Api
from kvob_workflow.testing import GUIDE, SettableClock
from tests.http.conftest import TODAY, HttpWorld, Introduced
from tests.http.contract import kept, refused
from tests.webhooks.conftest import HERE
from tests.webhooks.receiving import Receiver, receiver, signature_of


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def world(http_world: HttpWorld) -> HttpWorld:
    http_world.engine._outlet = HERE  # pyright: ignore[reportPrivateUsage] # as `outlet=` sets it
    return http_world


def register(engine: Engine, name: str, place: str = "Oss") -> str:
    return engine.do(RegisterEstate(name=name, municipalities=(place,)), actor=GUIDE).estate


def blocks(text: str) -> list[dict[str, str]]:
    """The messages of a stream."""
    return [
        dict(line.split(": ", 1) for line in one.splitlines())
        for one in text.split("\n\n")
        if one and not one.startswith((":", "retry"))
    ]


def test_events_come_in_parts_and_the_link_leads_on_also_at_the_end(world: HttpWorld) -> None:
    estates = [register(world.engine, f"Terrein {number}") for number in range(3)]
    client = world.client(Role.MUNICIPALITY)
    first = client.get("/v1/events?limit=2")
    assert first.headers["content-type"].startswith("application/cloudevents-batch+json")
    assert [one["subject"] for one in first.json()] == estates[:2]
    rest = client.get(f"/v1/events{first.links['next']['url']}")
    assert [one["subject"] for one in rest.json()] == estates[2:]
    following = f"/v1/events{rest.links['next']['url']}"
    assert client.get(following).json() == []
    later = register(world.engine, "Later")
    assert [one["subject"] for one in client.get(following).json()] == [later]


def test_only_events_within_reach_are_told(world: HttpWorld) -> None:
    mine, other = register(world.engine, "Een"), register(world.engine, "Ander", "Goes")
    client = world.client(Role.MUNICIPALITY, municipalities=["Oss"])
    assert [one["subject"] for one in client.get("/v1/events").json()] == [mine]
    assert other not in client.get("/v1/events/stream").text


def test_the_stream_goes_on_where_it_was_left(world: HttpWorld) -> None:
    estates = [register(world.engine, f"Terrein {number}") for number in range(3)]
    client = world.client(Role.MUNICIPALITY)
    answer = client.get("/v1/events/stream")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    found = blocks(answer.text)
    assert [json.loads(one["data"])["subject"] for one in found] == estates
    assert {one["event"] for one in found} == {"nl.kvo-b.estate-registered.v1"}
    again = client.get("/v1/events/stream", headers={"Last-Event-ID": found[0]["id"]})
    assert [one["id"] for one in blocks(again.text)] == [one["id"] for one in found[1:]]
    refused(
        client.get("/v1/events/stream", headers={"Last-Event-ID": "x"}), 400, "position-invalid"
    )


def test_a_position_after_the_newest_event_is_refused_for_all_since_would_be_missed(
    world: HttpWorld,
) -> None:
    client = world.client()
    assert client.get("/v1/events?after=0").json() == []
    register(world.engine, "Een")
    newest = world.engine.cloud_events().position
    later = str(newest + 1)
    for path in ("/v1/events", "/v1/events/stream"):
        assert client.get(path, params={"after": newest}).status_code == 200
        refused(client.get(path, params={"after": later}), 400, "position-invalid")
    for given, status in ((str(newest), 200), (later, 400)):
        answer = client.get("/v1/events/stream", headers={"Last-Event-ID": given})
        assert answer.status_code == status
    narrow = world.client(Role.MUNICIPALITY, municipalities=["Goes"])
    assert narrow.get("/v1/events", params={"after": newest}).json() == []
    refused(narrow.get("/v1/events", params={"after": later}), 400, "position-invalid")


def test_a_stream_that_waits_is_one_look_in_the_access_log(tmp_path: Path) -> None:
    clock, log = SettableClock(TODAY), tmp_path / "access.jsonl"
    with Engine.open("memory:", actor=GUIDE, clock=clock, access_log=log) as engine:
        people = Introduced()
        api = Api(authenticator=people, stream_seconds=1.2)
        client = HttpWorld(engine, clock, people, api).client(Role.MUNICIPALITY)
        assert client.get("/v1/events/stream").status_code == 200
        assert [one.question for one in entries(log).entries] == ["cloud_events"]


def test_a_filter_of_the_stream_moves_the_position_on_all_the_same(world: HttpWorld) -> None:
    register(world.engine, "Een")
    (one,) = blocks(world.client().get("/v1/events/stream?types=covenant-signed").text)
    assert one == {"id": str(world.engine.cloud_events().position)}
    unknown = world.client().get("/v1/events/stream?types=covenant-torn")
    refused(unknown, 400, "event-type-unknown")


def test_the_trace_of_a_command_goes_along_with_its_events(world: HttpWorld) -> None:
    client, trace, span = world.client(), "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    asked = {
        f"00-{trace}-{span}-01": rf"00-{trace}-{span}-01",
        f"cc-{trace}-{span}-00-later": rf"00-{trace}-{span}-00",
        f"00-{trace}-{span}-01-wrong": rf"00-(?!{trace})[0-9a-f]{{32}}-[0-9a-f]{{16}}-00",
        "": r"00-[0-9a-f]{32}-[0-9a-f]{16}-00",
    }
    answers = [
        client.post(
            "/v1/estates",
            json={"name": f"Terrein {number}", "municipalities": ["Oss"]},
            headers={"traceparent": given} if given else {},
        )
        for number, given in enumerate(asked)
    ]
    told = client.get("/v1/events").json()
    for answer, event, expected in zip(answers, told, asked.values(), strict=True):
        assert answer.status_code == 201
        assert re.fullmatch(expected, event["traceparent"])
        assert event["traceparent"].split("-")[1] == answer.headers["traceparent"].split("-")[1]


def test_persons_are_hidden_from_who_may_not_see_them(world: HttpWorld) -> None:
    register(world.engine, "Een")
    (seen,) = world.client(Role.GUIDE).get("/v1/events?data=full").json()
    (hidden,) = world.client(Role.MUNICIPALITY).get("/v1/events?data=full").json()
    assert seen["data"]["recorded_by"] == GUIDE.person
    assert hidden["data"]["recorded_by"] == "hidden"


def test_the_whole_life_of_a_webhook(world: HttpWorld, inbox: Receiver) -> None:
    client = world.client(Role.SCHEME_MANAGER, "Regionaal Platform")
    made = client.post("/v1/webhooks", json={"address": inbox.address, "types": ["estate-renamed"]})
    added = kept(made, 201)
    place = made.headers["location"]
    assert place == f"/v1/webhooks/{added['webhook']['id']}"
    assert kept(client.get(place)) == added["webhook"]
    assert "secret" not in client.get("/v1/webhooks").text.replace("old_secret_until", "")
    changed = kept(client.patch(place, json={"types": [], "state": "paused", "reason": "later"}))
    assert (changed["types"], changed["state"], changed["reason"]) == ([], "paused", "later")
    register(world.engine, "De Hoek")
    assert world.engine.deliver_webhooks() == ()
    assert kept(client.patch(place, json={"state": "active"}))["state"] == "active"
    rotated = kept(client.post(f"{place}/secret-rotations", json={"stays_hours": 0}))
    world.engine.deliver_webhooks()
    assert (
        signature_of(rotated["secret"], inbox.got[0]) == inbox.got[0].headers["webhook-signature"]
    )
    assert kept(client.post(f"{place}/replays", json={"position": 0}))["position"] == 0
    assert kept(client.post(f"{place}/pings"))["is_taken"]
    refused(client.post(f"{place}/pings", json={"loud": True}), 400, "request-malformed")
    assert kept(client.post(f"{place}/pings", json={}))["is_taken"]
    assert kept(client.get(f"{place}/failures"))["items"] == []
    assert kept(client.post(f"{place}/resendings", json={})) == {"resent": 0}
    assert client.delete(place).status_code == 204
    refused(client.get(place), 404, "webhook-unknown")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"address": "http://169.254.169.254/latest"}, "webhook-address-forbidden"),
        ({"address": "https://user:pw@example.org/"}, "webhook-address-forbidden"),
        ({"address": "https://example.org/", "types": ["torn"]}, "event-type-unknown"),
        ({"address": "https://example.org/", "estates": ["x"]}, "webhook-invalid"),
        ({"address": "https://example.org/", "mode": "batch", "unknown": 1}, "request-malformed"),
        ({}, "request-malformed"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(
    world: HttpWorld, body: dict[str, Any], code: str
) -> None:
    client = world.client(Role.SCHEME_MANAGER)
    answer = refused(client.post("/v1/webhooks", json=body), 400, code)
    assert "pw" not in json.dumps(answer)
    assert kept(client.get("/v1/webhooks"))["total"] == 0


def test_anothers_webhook_is_not_there(world: HttpWorld, inbox: Receiver) -> None:
    mine = world.client(Role.SCHEME_MANAGER, "Een", person="p-1")
    other = world.client(Role.SCHEME_MANAGER, "Twee", person="p-2")
    place = mine.post("/v1/webhooks", json={"address": inbox.address}).headers["location"]
    assert kept(other.get("/v1/webhooks"))["total"] == 0
    for method, path in (
        ("GET", place),
        ("PATCH", place),
        ("DELETE", place),
        ("GET", f"{place}/failures"),
        ("POST", f"{place}/pings"),
        ("POST", f"{place}/resendings"),
        ("POST", f"{place}/secret-rotations"),
    ):
        body: dict[str, Any] | None = None if method in ("GET", "DELETE") else {}
        refused(other.request(method, path, json=body), 404, "webhook-unknown")
    refused(other.post(f"{place}/replays", json={"position": 0}), 404, "webhook-unknown")
    refused(world.client(Role.GUIDE).get("/v1/webhooks"), 403, "scope-missing")


def test_the_asyncapi_document_is_open_and_describes_what_is_listed(world: HttpWorld) -> None:
    register(world.engine, "Een")
    document = world.stranger().get("/v1/events/asyncapi.json").json()
    assert document["asyncapi"] == "3.0.0"
    (event,) = world.client().get("/v1/events?data=full").json()
    root = {**document["components"]["schemas"]["EstateRegisteredEnvelope"], **document}
    jsonschema.Draft202012Validator(root).validate(event)  # pyright: ignore[reportUnknownMemberType]
