"""Is every answer what the document says, for every estate that there is?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_projections.board import BoardQuery
from kvob_workflow.http.declaring import Declared
from kvob_workflow.http.resources import (
    certificates,
    deadlines,
    estates,
    evidence,
    history,
    measures,
    overseeing,
    overview,
    schemes,
    status,
    steps,
)
from tests.http.conftest import HttpWorld
from tests.http.contract import kept, refused
from tests.http.populated import Whole

OURS = (
    *(certificates, deadlines, estates, evidence, history, measures),
    *(overseeing, overview, schemes, status, steps),
)
QUESTIONS = [one for resource in OURS for one in resource.ROUTES.declared]
OF_AN_ESTATE = [one for one in QUESTIONS if one.path.startswith("/estates/{estateId}")]
OF_MANY = [one for one in QUESTIONS if one not in OF_AN_ESTATE and one.answers is not None]
ASKED = {
    "/simulations": "?until=2036-12-31&groups=true",
    "/differences": "?from=2021-01-01&groups=true",
    "/estates/{estateId}/differences": "?from=2024-06-03",
    "/estates/{estateId}/deadlines": "?done=true",
    "/schemes/{edition}": "",
}
WIDE = ("groups", "limit")
PARTS = {"cycle": "1", "number": "1", "measureId": "m1", "version": "1", "field": "board.status"}
Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def everything(whole: Whole) -> Iterator[Everything]:
    everything = tuple(Scope)
    world, estate = whole
    with world.client(scopes=everything) as client:
        yield world, estate, client


def filled(one: Declared, estate: str) -> str:
    path = one.path.replace("{estateId}", estate).replace("{edition}", "kvo-b-2.0")
    for name, value in PARTS.items():
        path = path.replace(f"{{{name}}}", value)
    return f"/v1{path}{ASKED.get(one.path, '')}"


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.path)
def test_the_invented_estate_answers_every_question(one: Declared, everything: Everything) -> None:
    _, estate, client = everything
    response = client.get(filled(one, estate))
    if one.answers is None:
        assert response.status_code == 200
    else:
        kept(response)


@pytest.mark.parametrize("one", OF_AN_ESTATE, ids=lambda one: one.path)
def test_each_sample_case_answers_in_the_same_form(one: Declared, everything: Everything) -> None:
    world, _, client = everything
    rows = world.engine.board(BoardQuery(groups=True)).items
    assert len(rows) > 50
    answered = 0
    for row in rows[:: len(rows) // 10]:
        response = client.get(filled(one, row.estate_id))
        if response.status_code == 404:
            refused(response, 404, response.json()["code"])
            assert response.json()["code"] in (
                "covenant-not-there",
                "part-not-there",
                "not-there-then",
            )
        else:
            kept(response)
            answered += 1
    assert answered or "measures" in one.path or "covenant" in one.path or "agreements" in one.path


@pytest.mark.parametrize("one", OF_MANY, ids=lambda one: one.path)
def test_lists_over_everything_keep_the_contract_at_every_page(
    one: Declared, everything: Everything
) -> None:
    _, estate, client = everything
    address = filled(one, estate)
    for _ in range(4):
        response = client.get(address)
        kept(response)
        following = response.links.get("next")
        if following is None:
            break
        address = address.partition("?")[0] + following["url"]
