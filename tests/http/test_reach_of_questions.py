"""Does nobody see of another region's estates, whichever question he asks?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_workflow.http.declaring import Declared
from tests.http.conftest import HttpWorld
from tests.http.contract import kept, refused
from tests.http.populated import Whole
from tests.http.test_every_answer_keeps_the_contract import OF_AN_ESTATE, OF_MANY, filled

Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def elsewhere(whole: Whole) -> Iterator[Everything]:
    """Somebody with every scope, for a municipality in which nothing lies."""
    every = tuple(Scope)
    world, estate = whole
    with world.client(Role.MUNICIPALITY, municipalities=("Nergenshuizen",), scopes=every) as client:
        yield world, estate, client


@pytest.mark.parametrize("one", OF_AN_ESTATE, ids=lambda one: one.path)
def test_an_estate_elsewhere_is_refused_as_one_that_is_not_there(
    one: Declared, elsewhere: Everything
) -> None:
    _, estate, client = elsewhere
    there = refused(client.get(filled(one, estate)), 404, "estate-not-within-reach")
    absent = refused(client.get(filled(one, "f" * 32)), 404, "estate-not-within-reach")
    assert there["detail"].replace(estate, "") == absent["detail"].replace("f" * 32, "")


@pytest.mark.parametrize("one", OF_MANY, ids=lambda one: one.path)
def test_lists_show_nothing_of_estates_elsewhere(one: Declared, elsewhere: Everything) -> None:
    _, estate, client = elsewhere
    response = client.get(filled(one, estate))
    body = kept(response)
    if one.scope is not None:
        assert body.get("total", 0) == 0 or body["total"] == {}
        assert estate not in response.text
        assert "Zilverhoek" not in response.text


def test_a_name_and_a_calendar_of_an_estate_elsewhere_tell_nothing(elsewhere: Everything) -> None:
    _, estate, client = elsewhere
    for name in ("De Zilverhoek", "De Zilverhoek, Voorbeeldstad", estate):
        assert kept(client.get("/v1/estates", params={"name": name}))["items"] == []
    assert "Zilverhoek" not in client.get("/v1/calendar").text


def test_without_a_right_the_answer_is_that_it_is_missing(http_world: HttpWorld) -> None:
    client = http_world.client(Role.WITNESS)
    told = refused(client.get("/v1/estates"), 403, "scope-missing")
    assert "estates:read" in str(told["fields"])
