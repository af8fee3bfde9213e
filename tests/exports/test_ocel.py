"""Is the OCEL log what the specification asks: known types, unique ids, no dangling links?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from kvob_workflow import Engine
from kvob_workflow.exports import ocel

TYPES = {"estate", "certificate", "municipality", "organisation", "person", "measure", "deadline"}


@pytest.fixture(scope="module")
def log(store: Engine) -> Any:
    return json.loads(b"".join(ocel(store.histories)))


def test_the_log_has_the_four_parts_and_the_types_that_are_meant(log: Any) -> None:
    assert list(log) == ["objectTypes", "eventTypes", "objects", "events"]
    assert {one["name"] for one in log["objectTypes"]} == TYPES
    assert {one["type"] for one in log["objects"]} == TYPES


@pytest.mark.parametrize(
    ("things", "types"), [("objects", "objectTypes"), ("events", "eventTypes")]
)
def test_everything_has_a_declared_type_and_declared_attributes(
    log: Any, things: str, types: str
) -> None:
    declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in log[types]}
    for one in log[things]:
        assert {a["name"] for a in one["attributes"]} <= declared[one["type"]]


@pytest.mark.parametrize("things", ["objects", "events"])
def test_ids_are_unique(log: Any, things: str) -> None:
    ids = [one["id"] for one in log[things]]
    assert len(set(ids)) == len(ids) > 100


def test_every_link_leads_to_an_object_and_is_qualified_once(log: Any) -> None:
    known = {one["id"] for one in log["objects"]}
    for one in [*log["objects"], *log["events"]]:
        links = [(link["objectId"], link["qualifier"]) for link in one["relationships"]]
        assert {target for target, _ in links} <= known
        assert all(qualifier for _, qualifier in links)
        assert len(set(links)) == len(links)


def test_there_is_an_event_for_every_event_and_each_belongs_to_its_estate(
    log: Any, store: Engine
) -> None:
    expected = [
        f"{estate}:{one.version}" for estate, history in store.histories() for one in history
    ]
    assert sorted(one["id"] for one in log["events"]) == sorted(expected)
    for one in log["events"]:
        estate = f"estate:{one['id'].partition(':')[0]}"
        assert {"objectId": estate, "qualifier": "estate"} in one["relationships"]
        assert datetime.fromisoformat(one["time"]).utcoffset() is not None


def linked(log: Any, event_type: str, qualifier: str) -> set[str]:
    return {
        link["objectId"].partition(":")[0]
        for one in log["events"]
        if one["type"] == event_type
        for link in one["relationships"]
        if link["qualifier"] == qualifier
    }


@pytest.mark.parametrize(
    ("event_type", "qualifier", "object_type"),
    [
        ("certificate-awarded", "begins", "certificate"),
        ("past-award", "begins", "certificate"),
        ("certificate-presented", "about", "certificate"),
        ("plan-adopted", "plans", "measure"),
        ("measure-updated", "updates", "measure"),
        ("audit-recorded", "auditor", "person"),
        ("covenant-signed", "police", "organisation"),
    ],
)
def test_events_are_linked_to_what_they_concern(
    log: Any, event_type: str, qualifier: str, object_type: str
) -> None:
    assert linked(log, event_type, qualifier) == {object_type}


def test_a_certificate_tells_its_days(log: Any) -> None:
    certificates = [one for one in log["objects"] if one["type"] == "certificate"]
    told = [{a["name"]: a["value"] for a in one["attributes"]} for one in certificates]
    assert any({"valid_from", "expires_on", "end_basis"} <= one.keys() for one in told)


def test_the_same_store_gives_the_same_bytes(store: Engine) -> None:
    assert b"".join(ocel(store.histories)) == b"".join(ocel(store.histories))


def test_persons_stand_there_by_id_alone(log: Any) -> None:
    persons = [one for one in log["objects"] if one["type"] == "person"]
    assert persons
    assert all(one["attributes"] == [] == one["relationships"] for one in persons)
