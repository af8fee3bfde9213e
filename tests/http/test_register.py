"""Does the public register answer everybody who may read it, of all estates, and nobody else?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc import jws
from joserfc.jwk import KeySet

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_workflow import PartialDate, PastFact, Provenance, RecordPastFact, RegisterEstate
from kvob_workflow.http import Api
from kvob_workflow.statements import make_keys, read_statement
from kvob_workflow.testing import GUIDE, SettableClock, engine_at
from tests.http.conftest import TODAY, HttpWorld, Introduced

HOME = "https://register.example"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpWorld]:
    """A register with a key, and a certificate in each of two regions."""
    clock, people = SettableClock(TODAY), Introduced()
    folder = tmp_path_factory.mktemp("register")
    keys = make_keys(folder / "register.key", "kvob/example")
    api = Api(authenticator=people, register_keys=keys, server=HOME)
    with engine_at("memory:", clock, actor=GUIDE) as engine:
        made = HttpWorld(engine, clock, people, api)
        for name, place, on in (("De Hoek", "Goes", "2025-05-01"), ("Zuid", "Weert", "2019")):
            estate = engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
            fact = PastFact.model_validate(
                {
                    "kind": "award",
                    "on": PartialDate.parse(on),
                    "provenance": Provenance(source="a page"),
                }
            )
            engine.do(RecordPastFact(estate=estate, fact=fact))
        yield made


@pytest.fixture(scope="module")
def public(world: HttpWorld) -> TestClient:
    return world.client(Role.PUBLIC, person="public")


@pytest.fixture(scope="module")
def hoek(public: TestClient) -> str:
    """The certificate of De Hoek."""
    found = public.get("/v1/certificates", params={"text": "hoek"}).json()
    return str(found["items"][0]["certificate_id"])


def test_the_register_lists_what_is_held_on_a_day(public: TestClient) -> None:
    today = public.get("/v1/certificates").json()
    assert [(one["estate"], one["status"]) for one in today["items"]] == [
        ("De Hoek", "valid"),
        ("Zuid", "expired"),
    ]
    then = public.get("/v1/certificates", params={"on": "2021-01-01", "status": "valid"}).json()
    assert [one["estate"] for one in then["items"]] == ["Zuid"]
    first = public.get("/v1/certificates", params={"sort": "-estate", "limit": 1})
    assert [one["estate"] for one in first.json()["items"]] == ["Zuid"]
    assert 'rel="next"' in first.headers["link"]


def test_it_says_whether_a_certificate_is_valid_on_a_day(public: TestClient, hoek: str) -> None:
    def asked(day: str) -> Any:
        found = public.get(f"/v1/certificates/{hoek}/status", params={"on": day}).json()
        return found["status"], found["valid"]

    assert asked("2026-11-23") == ("valid", True)
    assert asked("2028-04-30") == ("valid", True)
    assert asked("2028-05-01") == ("expired", False)
    assert asked("2025-04-30") == ("none", False)


def test_nobody_knows_is_null_and_not_false(public: TestClient) -> None:
    (zuid,) = public.get("/v1/certificates", params={"text": "zuid"}).json()["items"]
    path = f"/v1/certificates/{zuid['certificate_id']}/status"
    assert public.get(path, params={"on": "2019-06-01"}).json()["valid"] is None


def test_who_asks_again_is_told_that_nothing_changed_until_it_does(
    world: HttpWorld, public: TestClient, hoek: str
) -> None:
    path = f"/v1/certificates/{hoek}/status"
    first = public.get(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert (
        public.get(path, params={"on": "2026-11-23"}, headers={"if-none-match": tag}).status_code
        == 304
    )
    world.clock.set_day(date(2029, 1, 1))
    changed = public.get(path, headers={"if-none-match": tag})
    world.clock.set_day(TODAY)
    assert (changed.status_code, changed.json()["status"]) == (200, "expired")


def test_a_statement_is_checked_with_the_published_keys_alone(
    world: HttpWorld, public: TestClient, hoek: str
) -> None:
    published = world.stranger().get("/v1/register/keys")
    assert published.status_code == 200
    signed = public.get(f"/v1/certificates/{hoek}/statement")
    assert signed.headers["content-type"] == "application/jose"
    keys = KeySet.import_key_set(published.json())
    said = json.loads(
        jws.deserialize_compact(signed.text, keys, algorithms=["Ed25519"]).payload or b""
    )
    assert (said["sub"], said["statement"]["valid"]) == (hoek, True)
    assert world.api is not None and world.api.register_keys is not None
    read_statement(signed.text, world.api.register_keys.all_public, world.clock.now())


def test_a_register_without_a_key_says_so(http_world: HttpWorld) -> None:
    estate = _with_certificate(http_world)
    public = http_world.client(Role.PUBLIC)
    refused = public.get(f"/v1/certificates/{estate}-2/statement")
    assert (refused.status_code, refused.json()["code"]) == (503, "signing-off")
    assert http_world.stranger().get("/v1/register/keys").json()["code"] == "signing-off"


def _with_certificate(world: HttpWorld) -> EstateId:
    estate = world.engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
    fact = PastFact.model_validate(
        {
            "kind": "award",
            "on": PartialDate.parse("2025-05-01"),
            "provenance": Provenance(source="a page"),
        }
    )
    world.engine.do(RecordPastFact(estate=estate, fact=fact))
    return estate


def test_the_qr_code_is_svg_or_png_by_accept_and_leads_here(public: TestClient, hoek: str) -> None:
    path = f"/v1/certificates/{hoek}/qr"
    svg = public.get(path, headers={"accept-language": "en"})
    assert svg.headers["content-type"] == "image/svg+xml"
    assert f"Leads to {HOME}/v1/certificates/{hoek}/status" in svg.text
    png = public.get(path, headers={"accept": "image/png"})
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    either = public.get(path, headers={"accept": "image/svg+xml;q=0.1, image/*"})
    assert either.headers["content-type"] == "image/png"
    other = public.get(path, headers={"accept": "image/gif"})
    assert (other.status_code, other.json()["code"]) == (406, "not-acceptable")


def test_a_qr_code_for_pages_of_other_origins_is_kept_apart_by_all_that_it_depends_on(
    http_world: HttpWorld,
) -> None:
    people = http_world.people
    api = Api(authenticator=people, origins=("https://kaart.example",))
    estate = _with_certificate(http_world)
    client = HttpWorld(http_world.engine, http_world.clock, people, api).client(Role.PUBLIC)
    drawn = client.get(f"/v1/certificates/{estate}-2/qr")
    assert drawn.headers["vary"] == "Accept, Accept-Language, Origin"


def test_a_qr_code_where_no_address_is_set_leads_to_where_it_was_asked(
    http_world: HttpWorld,
) -> None:
    estate = _with_certificate(http_world)
    drawn = http_world.client(Role.PUBLIC).get(f"/v1/certificates/{estate}-2/qr").text
    assert f"http://testserver/v1/certificates/{estate}-2/status" in drawn


@pytest.mark.parametrize("part", ["status", "statement", "qr"])
def test_what_is_not_there_or_no_id_is_refused(part: str, public: TestClient, hoek: str) -> None:
    gone = public.get(f"/v1/certificates/{hoek[:-1]}9/{part}")
    assert (gone.status_code, gone.json()["code"]) == (404, "certificate-not-found")
    nowhere = public.get(f"/v1/certificates/{'f' * 32}-2/{part}")
    assert nowhere.status_code == 404
    assert public.get(f"/v1/certificates/none/{part}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"on": "tomorrow"},
        {"on": "2026-02-30"},
        {"knownAt": "2026-01-01T00:00:00"},
        {"knownAt": "2999-01-01T00:00:00Z"},
        {"day": "2026-01-01"},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    query: dict[str, str], public: TestClient, hoek: str
) -> None:
    assert public.get(f"/v1/certificates/{hoek}/status", params=query).status_code == 400


def test_the_register_is_of_all_estates_whatever_the_reach(world: HttpWorld, hoek: str) -> None:
    elsewhere = world.client(Role.GUIDE, municipalities=("Weert",))
    nowhere = world.client(Role.MUNICIPALITY, municipalities=())
    for client in (elsewhere, nowhere):
        found = client.get(f"/v1/certificates/{hoek}/status")
        assert found.json().get("valid") is True, found.text
        assert client.get("/v1/certificates").json()["total"] == 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.WITNESS, Role.PRIVACY_OFFICER])
def test_who_has_not_the_scope_is_refused_and_so_is_who_has_no_credentials(
    role: Role, world: HttpWorld, hoek: str
) -> None:
    for path in ("", f"/{hoek}/status", f"/{hoek}/statement", f"/{hoek}/qr"):
        refused = world.client(role).get(f"/v1/certificates{path}")
        assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
        assert world.stranger().get(f"/v1/certificates{path}").status_code in (401, 404)


def test_no_answer_names_a_person(public: TestClient, hoek: str) -> None:
    for path in ("", f"/{hoek}/status", f"/{hoek}/qr"):
        assert GUIDE.person not in public.get(f"/v1/certificates{path}").text
