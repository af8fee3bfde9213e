"""What must a command over HTTP say, and what is answered when it does not?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import httpx2
import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_workflow import EstateId, RegisterEstate
from kvob_workflow.testing import SettableClock, engine_at
from tests.cli.walked_so_far import PROPOSED, SUSPENSION
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import kept, refused

REMARK = {
    "subject": "winkels",
    "on": "2015",
    "text": "Ook de winkels deden mee",
    "provenance": {"source": "https://example.org/b"},
}
NUMBERS = count(1)
START = {"guide": "Begeleiders bv"}


@pytest.fixture(scope="module")
def http_world() -> Iterator[HttpWorld]:
    """One for all, since each test has an estate of its own."""
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        yield HttpWorld(engine, clock)


def registered(world: HttpWorld, *names: str) -> list[EstateId]:
    """Estates that nobody else looks at."""
    place = f"Voorbeeldstad {next(NUMBERS)}"
    commands = [RegisterEstate(name=name, municipalities=(place,)) for name in names]
    return [world.engine.do(command).estate for command in commands]


@pytest.fixture
def estate(http_world: HttpWorld) -> EstateId:
    return registered(http_world, "De Hoek")[0]


@pytest.fixture
def key() -> str:
    return f"k-{next(NUMBERS)}"


@pytest.fixture
def guide(http_world: HttpWorld) -> TestClient:
    return http_world.client(scopes=Scope)


def remark(client: TestClient, estate: str, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/v1/estates/{estate}/remarks", json=REMARK, headers=named)


def test_a_command_on_an_estate_says_which_version_was_seen(
    estate: EstateId, guide: TestClient
) -> None:
    refused(remark(guide, estate), 428, "condition-missing")
    refused(remark(guide, estate, if_match='"7"'), 412, "estate-changed")
    refused(remark(guide, estate, if_match='W/"1"'), 412, "condition-never-met")
    refused(remark(guide, estate, if_match='"abc"'), 412, "condition-never-met")
    refused(remark(guide, estate, if_match="1"), 400, "condition-malformed")
    done = remark(guide, estate, if_match='"1"')
    assert kept(done, 201)["version"] == 2
    assert (done.headers["etag"], done.headers["location"]) == (
        '"2"',
        f"/v1/estates/{estate}/history/2",
    )
    refused(remark(guide, estate, if_match='"1"'), 412, "estate-changed")


@pytest.mark.parametrize("tags", ["*", '"9", "1"', '"1","9"', 'W/"9", "1"'])
def test_if_match_may_be_a_list_or_any_version(
    tags: str, estate: EstateId, guide: TestClient
) -> None:
    kept(remark(guide, estate, if_match=tags), 201)


def test_a_repeated_key_is_answered_with_the_first_result(
    estate: EstateId, guide: TestClient, http_world: HttpWorld, key: str
) -> None:
    first = remark(guide, estate, if_match='"1"', idempotency_key=key)
    again = remark(guide, estate, if_match='"1"', idempotency_key=f'"{key}"')
    assert kept(first, 201)["events"] == kept(again, 201)["events"]
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert http_world.engine.state(estate).version == 2


def test_a_key_with_another_body_is_refused(estate: EstateId, guide: TestClient, key: str) -> None:
    remark(guide, estate, if_match='"1"', idempotency_key=key)
    other = guide.post(
        f"/v1/estates/{estate}/remarks",
        json={**REMARK, "text": "Anders"},
        headers={"If-Match": "*", "Idempotency-Key": key},
    )
    refused(other, 400, "command-id-reused")
    long = remark(guide, estate, if_match="*", idempotency_key="k" * 201)
    refused(long, 400, "command-id-malformed")


def test_the_key_of_somebody_else_tells_nothing_of_his_command(
    estate: EstateId, guide: TestClient, http_world: HttpWorld, key: str
) -> None:
    remark(guide, estate, if_match='"1"', idempotency_key=key)
    other = http_world.client(person="p-other", scopes=Scope)
    told = remark(other, estate, if_match="*", idempotency_key=key)
    assert "events" not in refused(told, 400, "command-id-reused")
    tried = other.post(
        f"/v1/estates/{estate}/remarks?dryRun=true",
        json=REMARK,
        headers={"If-Match": "*", "Idempotency-Key": key},
    )
    refused(tried, 400, "command-id-reused")


def test_every_wrong_field_is_told_at_once_by_its_place(
    estate: EstateId, guide: TestClient
) -> None:
    body = {
        "command": "sign_covenant",
        "estate": estate,
        "on": "2026-02-31",
        "signatories": [{"organisation": "", "role": "boss"}, {"role": "police"}],
        "colour": "red",
    }
    path = f"/v1/estates/{estate}/covenant-signings"
    answer = guide.post(path, json=body, headers={"If-Match": '"1"', "Accept-Language": "nl"})
    problem = refused(answer, 400, "command-malformed")
    places = {one["pointer"] for one in problem["errors"]}
    assert places == {
        "/command",
        "/estate",
        "/on",
        "/signatories/0/organisation",
        "/signatories/0/role",
        "/signatories/1/organisation",
        "/colour",
    }
    assert {one["detail"] for one in problem["errors"] if one["pointer"] == "/colour"} == {
        "bestaat niet"
    }


def test_a_field_called_body_is_named_by_its_place(estate: EstateId, guide: TestClient) -> None:
    path = f"/v1/estates/{estate}/trajectory-starts"
    problem = refused(
        guide.post(path, json={"body": 5}, headers={"If-Match": "*"}), 400, "command-malformed"
    )
    assert [one["pointer"] for one in problem["errors"]] == ["/body"]


@pytest.mark.parametrize(
    "field", [{"sent": "12"}, {"sent": True}, {"sent": 12.0}, {"on": 0}, {"sent": 10**400}]
)
def test_a_value_has_the_type_of_the_document(
    field: dict[str, object], estate: EstateId, guide: TestClient
) -> None:
    body = {"sent": 12, "returned": 3, **field}
    answer = guide.post(f"/v1/estates/{estate}/surveys", json=body, headers={"If-Match": "*"})
    problem = refused(answer, 400, "command-malformed")
    assert [one["pointer"] for one in problem["errors"]] == [f"/{next(iter(field))}"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "body-malformed"),
        (b"[]", "body-malformed"),
        (b'{"text": 1} x', "body-malformed"),
        (b'{"text": "a", "text": "b"}', "body-malformed"),
        (b'{"text": NaN}', "body-malformed"),
        (b'{"text": -Infinity}', "body-malformed"),
        (b'{"text": 1e999}', "body-malformed"),
        (b'{"text": "\\ud800"}', "body-malformed"),
        (b'{"text": "\\u0000"}', "body-malformed"),
        (b'{"text": "\xff"}', "body-malformed"),
        (b'{"a":' * 21 + b"1" + b"}" * 21, "body-malformed"),
        (b"[" * 100_000, "body-malformed"),
        (b'{"says": ' + b"9" * 5_000 + b"}", "body-malformed"),
    ],
    ids=lambda one: str(one)[:24],
)
def test_a_body_that_is_no_strict_json_object_is_refused(
    body: bytes, code: str, estate: EstateId, guide: TestClient
) -> None:
    headers = {"If-Match": "*", "Content-Type": "application/json"}
    answer = guide.post(f"/v1/estates/{estate}/remarks", content=body, headers=headers)
    refused(answer, 400, code)


def test_a_body_of_another_type_is_refused(estate: EstateId, guide: TestClient) -> None:
    for kind in ("text/plain", "application/json; charset=latin-1", "application/xml"):
        answer = guide.post(
            f"/v1/estates/{estate}/remarks",
            content=json.dumps(REMARK),
            headers={"If-Match": "*", "Content-Type": kind},
        )
        refused(answer, 415, "media-type-unknown")


def test_what_happened_without_a_day_happened_today(
    estate: EstateId, guide: TestClient, http_world: HttpWorld
) -> None:
    path = f"/v1/estates/{estate}/trajectory-starts"
    done = kept(guide.post(path, json=START, headers={"If-Match": "*"}), 201)
    assert done["events"][-1]["on"] == http_world.engine.today().isoformat()


def test_who_lacks_the_scope_is_refused_before_anything_else(
    estate: EstateId, http_world: HttpWorld
) -> None:
    reader = http_world.client(Role.MUNICIPALITY)
    answer = reader.post(f"/v1/estates/{estate}/awards", content=b"nonsense")
    assert answer.status_code in (403, 415)
    answer = reader.post(f"/v1/estates/{estate}/awards", json={})
    refused(answer, 403, "scope-missing")


def test_an_estate_out_of_reach_is_as_one_that_is_not_there(
    estate: EstateId, http_world: HttpWorld
) -> None:
    elsewhere = http_world.client(municipalities=["Buurstad"])
    there = refused(remark(elsewhere, estate, if_match="*"), 404, "estate-not-within-reach")
    nowhere = refused(remark(elsewhere, "9" * 32, if_match="*"), 404, "estate-not-within-reach")
    assert there["detail"].replace(estate, "") == nowhere["detail"].replace("9" * 32, "")


def test_a_joint_command_is_written_to_every_estate_or_none(
    guide: TestClient, http_world: HttpWorld
) -> None:
    one, other = registered(http_world, "De Hoek", "De Punt")
    fact = {
        "kind": "award",
        "on": "2024-06-01",
        "provenance": {"source": "https://example.org/a"},
    }
    guide.post(f"/v1/estates/{one}/past-facts", json={"fact": fact}, headers={"If-Match": "*"})
    path, body = f"/v1/estates/{one}/presentations", {"also": [other]}
    # The other one has no certificate to present.
    assert guide.post(path, json=body, headers={"If-Match": '"2"'}).status_code == 409
    assert http_world.engine.state(one).version == 2
    guide.post(f"/v1/estates/{other}/past-facts", json={"fact": fact}, headers={"If-Match": "*"})
    done = kept(guide.post(path, json=body, headers={"If-Match": '"2"'}), 201)
    assert [each["estate"] for each in done["others"]] == [other]
    assert [len(each["events"]) for each in (done, *done["others"])] == [1, 1]


def test_two_tokens_make_two_persons() -> None:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        _decided_by_two(HttpWorld(engine, clock))


def _decided_by_two(http_world: HttpWorld) -> None:
    estate = ""
    for one in PROPOSED[:-1]:
        estate = http_world.engine.do(one.command, actor=one.actor).estate
    first = http_world.client(Role.DECIDER, "Keurders bv", person="p-decider")
    second = http_world.client(Role.DECIDER, "Keurders bv", person="p-second")
    path = f"/v1/estates/{estate}"
    body = {"on": SUSPENSION.fields["on"], "reason": "Geen overleg meer"}
    proposed = first.post(f"{path}/suspensions", json=body, headers={"If-Match": "*"})
    proposal = kept(proposed, 201)["events"][-1]["details"]["proposal"]
    approval = {"on": "2022-01-11", "proposal": proposal}
    match = {"If-Match": proposed.headers["etag"]}
    own = first.post(f"{path}/approvals", json=approval, headers=match)
    assert own.status_code == 409
    approved = second.post(f"{path}/approvals", json=approval, headers=match)
    topics = [one["topic"] for one in kept(approved, 201)["events"]]
    assert "kvob.estate:certificate-suspended.v1" in topics
    listed = kept(first.get(f"{path}/suspensions"))["items"]
    assert [one["topic"].partition(":")[2] for one in listed] == [
        "act-proposed.v1",
        "certificate-suspended.v1",
    ]


def test_a_correction_that_is_tried_shows_what_it_would_change(
    estate: EstateId, guide: TestClient, http_world: HttpWorld
) -> None:
    body = {"version": 1, "says": {"name": "De Bocht"}, "reason": "Verkeerd gehoord"}
    path = f"/v1/estates/{estate}/corrections"
    tried = guide.post(f"{path}?dryRun=true", json=body, headers={"If-Match": '"1"'})
    preview = kept(tried)["preview"]
    assert {"field": "name", "before": "De Hoek", "after": "De Bocht"} in preview["fields"]
    assert http_world.engine.state(estate).version == 1


def test_free_text_that_names_a_person_is_warned_about(estate: EstateId, guide: TestClient) -> None:
    body = {**REMARK, "text": "Bel jan@example.org"}
    answer = guide.post(f"/v1/estates/{estate}/remarks", json=body, headers={"If-Match": "*"})
    assert kept(answer, 201)["warnings"]
