"""What can keepers do over HTTP? Persons and erasures, proofs, imports, keys, the running."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.mandates import EVERYWHERE, Scope
from kvob_workflow import Engine, EstateId, RegisterEstate
from kvob_workflow.followers import Effect, Happened
from kvob_workflow.followers.delivering import MOST_FAILURES
from kvob_workflow.importing import sample_cases
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.proofs.merkle import inclusion_is_proven, leaf_hash
from kvob_workflow.proofs.notes import read_checkpoint, read_note
from kvob_workflow.testing import SettableClock
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import kept, refused

SOMEBODY = {"name": "Wilhelmina Voorbeeldsma", "email": "w@example.org", "function": "voorzitter"}


class House(NamedTuple):
    """A store in a file, with keys for names and for the proof log."""

    world: HttpWorld
    log_key: Path
    verifier: str
    estate: EstateId


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    path = tmp_path_factory.mktemp("house")
    clock = SettableClock(TODAY)
    with Engine.open(f"sqlite:///{path}/kvob.db", clock=clock, synchronous="NORMAL") as engine:
        engine.make_keys()
        register = RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",))
        estate = engine.do(register).estate
        signer = make_key(path / "log.key", "test")
        engine.sequence(path / "log.key")
        yield House(HttpWorld(engine, clock), path / "log.key", str(signer.key.verifier), estate)


def officer(house: House, person: str = "p-officer") -> TestClient:
    return house.world.client(Role.PRIVACY_OFFICER, person=person)


def test_a_person_is_added_found_changed_and_shown(house: House) -> None:
    client = officer(house)
    made = client.post("/v1/persons", json=SOMEBODY)
    person = kept(made, 201)["person"]
    assert made.headers["location"] == f"/v1/persons/{person}"
    assert kept(client.get(f"/v1/persons/{person}"))["name"] == SOMEBODY["name"]
    for text in ("voorbeeldsma", "w@example.org"):
        found = client.post("/v1/person-searches", json={"text": text})
        assert [one["person"] for one in kept(found)["items"]] == [person]
    changed = client.patch(f"/v1/persons/{person}", json={"function": "", "phone": "010"})
    assert (kept(changed)["function"], kept(changed)["phone"]) == (None, "010")
    assert person in [one["person"] for one in kept(client.get("/v1/persons"))["items"]]
    assert kept(client.get(f"/v1/persons/{person}/disclosure"))["directory"]["phone"] == "010"
    refused(client.post("/v1/persons", json={"name": 5, "x": 1}), 400, "request-malformed")
    refused(client.get("/v1/persons/p-nobody"), 404, "person-unknown")


def test_an_erasure_takes_two_persons(house: House) -> None:
    client = officer(house)
    person = kept(client.post("/v1/persons", json=SOMEBODY), 201)["person"]
    body = {"person": person, "basis": "objection"}
    asked = client.post("/v1/erasure-requests", json=body)
    place = asked.headers["location"]
    assert kept(asked, 201)["status"] == "waiting"
    refused(client.post(f"{place}/approvals", json={}), 409, "second-person-must-erase")
    report = officer(house, "p-second").post(f"{place}/approvals", json={"backup_days": 10})
    assert kept(report)["erased"][0]["person"] == person
    assert kept(client.get(place))["decided_by"] == "p-second"
    assert kept(client.get(f"/v1/persons/{person}"))["erased"] is True
    declined = officer(house, "p-second").post(f"{place}/declines", json={"why": "no-ground"})
    refused(declined, 409, "erasure-decided")
    second = kept(client.post("/v1/persons", json=SOMEBODY), 201)["person"]
    place = client.post("/v1/erasure-requests", json={**body, "person": second}).headers["location"]
    declined = officer(house, "p-second").post(f"{place}/declines", json={"why": "archiving"})
    decided = (kept(declined)["status"], kept(declined)["decided_by"], kept(declined)["exception"])
    assert decided == ("declined", "p-second", "archiving")
    refused(officer(house, "p-second").post(f"{place}/approvals", json={}), 409, "erasure-decided")
    assert kept(client.get(f"/v1/persons/{second}"))["name"] == SOMEBODY["name"]
    assert kept(client.get("/v1/erasure-requests"))["total"] == 2
    refused(client.get(f"/v1/erasure-requests/{'0' * 32}"), 404, "erasure-unknown")


def test_persons_are_for_the_privacy_officer_alone(house: House) -> None:
    for role in (Role.GUIDE, Role.DECIDER, Role.SCHEME_MANAGER, Role.OPERATOR):
        client = house.world.client(role)
        for path in ("/v1/persons", "/v1/erasure-requests", "/v1/persons/p-1/disclosure"):
            refused(client.get(path), 403, "scope-missing")
        refused(client.post("/v1/person-searches", json={"text": "w"}), 403, "scope-missing")


def test_a_witness_gets_heads_and_what_proves_that_they_continue(house: House) -> None:
    witness = house.world.client(Role.WITNESS)
    head = kept(witness.get("/v1/checkpoints/latest"))
    note = witness.get("/v1/checkpoints/latest/note")
    assert note.headers["content-type"].startswith("text/plain")
    assert read_checkpoint(read_note(note.text)).size == head["size"]
    assert kept(witness.get("/v1/checkpoints"))["items"][0] == head
    assert witness.get("/v1/checkpoints/latest/bundle?since=0").text.startswith("old 0\n")
    proof = kept(witness.get(f"/v1/proofs/consistency?from=1&to={head['size']}"))
    assert proof["to"] == head["size"]
    refused(witness.get("/v1/proofs/consistency?from=9999"), 400, "sizes-impossible")
    refused(witness.get("/v1/checkpoints/latest/bundle?since=9999"), 400, "sizes-impossible")
    refused(witness.get(f"/v1/estates/{house.estate}/proofs"), 403, "scope-missing")


def test_an_event_is_proven_by_the_bytes_that_are_given(house: House) -> None:
    client = house.world.client(scopes=Scope)
    found = kept(client.get(f"/v1/estates/{house.estate}/proofs"))
    head, event = found["checkpoint"], found["items"][0]
    assert inclusion_is_proven(
        leaf_hash(b64decode(event["entry"])),
        event["leaf"],
        head["size"],
        [b64decode(one) for one in event["hashes"]],
        b64decode(head["root"]),
    )
    body = {"keys": [house.verifier], "heads": [head["note"]], "estate": house.estate}
    assert kept(client.post("/v1/verifications", json=body))["verdict"] == "proven"
    refused(client.post("/v1/verifications", json={"keys": ["x"]}), 400, "key-malformed")


def test_an_import_tells_what_became_of_each_row(house: House) -> None:
    client = house.world.client(Role.IMPORTER, reach=EVERYWHERE)
    with sample_cases() as path:
        content = Path(path).read_bytes()
    headers = {"Content-Type": "text/csv; charset=utf-8"}
    tried = kept(client.post("/v1/imports?dryRun=true", content=content, headers=headers))
    taken = kept(client.post("/v1/imports", content=content, headers=headers))
    assert (tried["dry_run"], tried["rows"]) == (True, taken["rows"])
    again = kept(client.post("/v1/imports", content=content, headers=headers))
    assert (again["accepted"], again["duplicates"] + again["remarks"]) != (taken["accepted"], 0)
    wrong = content + b"\n".join([b"", b"no,such,row"])
    rejected = kept(client.post("/v1/imports", content=wrong, headers=headers))["rejected"]
    assert rejected[0]["row"] > 1
    assert rejected[0]["reason"]["message"]["nl"]
    refused(client.post("/v1/imports", json={}), 415, "media-type-unknown")
    refused(
        client.post("/v1/imports", content=b"\xff\xfe\xff", headers=headers),
        400,
        "import-file-not-utf8",
    )


def test_a_key_is_shown_once(house: House) -> None:
    client = house.world.client(Role.SCHEME_MANAGER)
    body = {"label": "Open data", "role": "scheme_manager", "scopes": ["estates:read"]}
    made = client.post("/v1/keys", json=body)
    key = kept(made, 201)["key"]
    assert kept(made, 201)["text"].startswith("kvob_")
    assert "text" not in kept(client.get(made.headers["location"]))
    rotated = client.post(f"/v1/keys/{key['id']}/rotations", json={"overlap_days": 0})
    assert kept(rotated, 201)["key"]["machine"] == key["id"]
    revoked = client.post(rotated.headers["location"] + "/revocations")
    assert kept(revoked)["revoked_at"] is not None
    assert kept(client.get("/v1/keys"))["total"] == 2
    refused(client.post("/v1/keys", json={**body, "days": 0}), 400, "request-malformed")


def test_who_keeps_the_service_sees_how_it_does(house: House) -> None:
    client = house.world.client(Role.OPERATOR)
    names = [one["name"] for one in kept(client.get("/v1/projections"))["items"]]
    assert "board" in names
    assert kept(client.get("/v1/projections/board"))["standing"] == "current"
    assert kept(client.post("/v1/projections/board/retries"))["name"] == "board"
    refused(client.get("/v1/projections/nothing"), 404, "projection-unknown")
    skip = client.post("/v1/projections/board/skips", json={"reason": "Dubbel"})
    assert skip.status_code in (400, 404, 409)
    assert kept(client.get("/v1/rows-behind"))["items"] == []
    assert kept(client.get("/v1/rebuilds"))["items"] == []
    refused(client.get("/v1/rebuilds/1"), 404, "no-rebuild")
    house.world.engine.rebuild("board")
    built = kept(client.get("/v1/rebuilds/1"))
    assert (built["status"], built["views"], built["filled"]) == ("live", ["board"], True)
    plan = kept(client.post("/v1/rebuild-plans", json={"names": ["board"]}))
    assert [one["name"] for one in plan["views"]] == ["board"]
    assert kept(client.get("/v1/health-report"))["health"] in ("ok", "degraded")
    refused(house.world.client(Role.GUIDE).get("/v1/health-report"), 403, "scope-missing")


def test_an_effect_is_told_to_step_over_the_event_that_it_failed_at() -> None:
    def closed(happened: Happened) -> None:
        raise ConnectionError(f"no post for {happened.id}")

    clock = SettableClock(TODAY)
    effect = Effect("x_post", closed, begins="now")
    with Engine.open("memory:", clock=clock, effects=[effect]) as engine:
        engine.do(RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",)))
        for _ in range(MOST_FAILURES):
            engine.follow()
            clock.move_on(timedelta(hours=13))
        client = HttpWorld(engine, clock).client(Role.OPERATOR, person="p-eva")
        stalled = kept(client.get("/v1/projections/x_post"))
        assert (stalled["standing"], stalled["needs_somebody"]) == ("stalled", True)
        skip = client.post("/v1/projections/x_post/skips", json={"reason": "al bekend"})
        skipped = kept(skip)
        assert (skipped["by"], skipped["reason"]) == ("p-eva", "al bekend")
        assert skipped["event"] == stalled["event"]
        after = kept(client.get("/v1/projections/x_post"))
        assert (after["standing"], after["skipped"]) == ("current", [skipped])
        again = client.post("/v1/projections/x_post/skips", json={"reason": "nog eens"})
        refused(again, 409, "nothing-to-skip")
