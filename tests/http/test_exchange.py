"""Do other systems read estates within reach alone, in the form of IBIS and of ZGW?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_workflow import RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.http import Api
from kvob_workflow.testing import GUIDE, SettableClock, engine_at
from tests.exports.zgw_shapes import faults
from tests.http.conftest import TODAY, HttpWorld, Introduced

RSIN = "002220647"


@pytest.fixture(scope="module")
def world() -> Iterator[HttpWorld]:
    """An estate that walked the whole way, and one in another region."""
    clock, people = SettableClock(TODAY), Introduced()
    api = Api(authenticator=people, rsin=RSIN)
    with engine_at("memory:", clock, actor=GUIDE) as engine:
        made = HttpWorld(engine, clock, people, api)
        walked = engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
        for step in story(walked):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
        engine.do(RegisterEstate(name="Zuid", municipalities=("Weert",)))
        yield made


@pytest.fixture(scope="module")
def hoek(world: HttpWorld) -> EstateId:
    return world.engine.find("De Hoek")


def test_ibis_gets_the_estates_within_reach(world: HttpWorld) -> None:
    guide = world.client(Role.GUIDE, municipalities=("Goes",))
    found = guide.get("/v1/exports/ibis").json()
    assert [one["a_plannaam"] for one in found["items"]] == ["De Hoek"]
    (row,) = found["items"]
    assert (row["p_kvob"], row["kvob_peildatum"]) == ("ja", "2026-11-23")
    before = guide.get("/v1/exports/ibis", params={"on": "2021-01-01"}).json()["items"]
    assert [one["p_kvob"] for one in before] == ["nee"]
    everywhere = world.client(Role.SCHEME_MANAGER).get("/v1/exports/ibis", params={"limit": 1})
    assert (everywhere.json()["total"], len(everywhere.json()["items"])) == (2, 1)
    assert 'rel="next"' in everywhere.headers["link"]


def test_the_audit_trail_has_the_field_names_of_zgw(world: HttpWorld, hoek: EstateId) -> None:
    guide = world.client(Role.GUIDE)
    path = f"/v1/estates/{hoek}/audit-trail"
    found = guide.get(path, params={"limit": 200}).json()
    assert found["total"] == len(found["items"]) == world.engine.state(hoek).version
    assert [faults("audittrail", one) for one in found["items"] if faults("audittrail", one)] == []
    second = guide.get(path, params={"limit": 1, "offset": 1}).json()["items"]
    assert second == found["items"][1:2]


@pytest.mark.parametrize("kind", ["audit-trail", "zgw"])
def test_only_who_may_see_persons_is_told_who_acted(
    kind: str, world: HttpWorld, hoek: EstateId
) -> None:
    path = f"/v1/estates/{hoek}/{kind}"
    guide, municipality = world.client(Role.GUIDE), world.client(Role.MUNICIPALITY)
    told, masked = guide.get(path).text, municipality.get(path).text
    persons = {one.by for one in world.engine.history(hoek) if one.by}
    assert any(f'"gebruikersId":"{one}"' in told for one in persons)
    assert '"gebruikersId":""' in masked
    assert not [one for one in persons if f'"{one}"' in masked]


def test_an_estate_for_a_case_system_has_its_zaken(world: HttpWorld, hoek: EstateId) -> None:
    answer = world.client(Role.GUIDE).get(f"/v1/estates/{hoek}/zgw")
    document = answer.json()
    assert [faults("zaak", case["zaak"]) for case in document["zaken"]] == [[]] * 2
    assert document["zaken"][0]["zaak"]["bronorganisatie"] == RSIN
    tag = answer.headers["etag"]
    again = world.client(Role.GUIDE).get(f"/v1/estates/{hoek}/zgw", headers={"if-none-match": tag})
    assert again.status_code == 304
    other = world.client(Role.MUNICIPALITY).get(
        f"/v1/estates/{hoek}/zgw", headers={"if-none-match": tag}
    )
    assert other.status_code == 200


@pytest.mark.parametrize("kind", ["audit-trail", "zgw"])
def test_an_estate_of_another_region_is_not_there(
    kind: str, world: HttpWorld, hoek: EstateId
) -> None:
    path = f"/v1/estates/{hoek}/{kind}"
    elsewhere = world.client(Role.GUIDE, municipalities=("Weert",)).get(path)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "estate-not-within-reach")
    assert world.client(Role.PUBLIC).get(path).status_code == 403
    assert world.client(Role.GUIDE).get(f"/v1/estates/{'f' * 32}/{kind}").status_code == 404
