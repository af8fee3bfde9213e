"""What does the shortest answer say, and is it the same whichever way it is asked?"""

from __future__ import annotations

from fastapi.routing import APIRoute

from kvob_workflow.http.calling import short_way
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import kept, refused
from tests.http.populated import walked


def test_it_says_where_the_estate_stands(http_world: HttpWorld) -> None:
    estate = walked(http_world)
    body = kept(http_world.client().get(f"/v1/estates/{estate}/status"))
    assert (body["step"], body["status"], body["level"]) == (
        "evaluation",
        "valid",
        "Continu Samenwerken",
    )
    assert (body["expires_on"], body["last_valid_day"]) == ("2027-06-03", "2027-06-02")
    assert (body["next_due_kind"], body["next_due_on"]) == ("reminder", "2026-12-03")
    assert body["version"] == http_world.engine.overview(estate).version


def test_with_and_without_a_query_it_says_the_same(http_world: HttpWorld) -> None:
    estate = walked(http_world)
    client = http_world.client()
    for path in (f"/v1/estates/{estate}/status", f"/v1/estates/{estate}"):
        straight, long_way = client.get(path), client.get(f"{path}?on={TODAY}")
        assert straight.json() == long_way.json()
        assert straight.headers["API-Version"] == long_way.headers["API-Version"]


def test_only_quick_questions_about_one_estate_go_the_short_way(http_world: HttpWorld) -> None:
    routes = [route for route in http_world.app.routes if isinstance(route, APIRoute)]
    short = {route.path for route in routes if short_way(route.endpoint) is not None}
    assert short == {"/v1/estates/{estateId}", "/v1/estates/{estateId}/status"}


def test_it_says_how_it_was_on_a_day_and_as_it_was_known(http_world: HttpWorld) -> None:
    estate = walked(http_world)
    client = http_world.client()
    past = kept(client.get(f"/v1/estates/{estate}/status?on=2021-03-01"))
    assert (past["status"], past["level"]) == ("none", None)
    known = "2021-03-01T12:00:00Z"
    then = kept(client.get(f"/v1/estates/{estate}/status?on=2024-01-01&knownAt={known}"))
    assert then["version"] < past["version"] or then["status"] == "none"
    ahead = kept(client.get(f"/v1/estates/{estate}/status?on=2027-06-03"))
    assert ahead["status"] == "expired"


def test_what_cannot_be_answered_is_refused_with_its_own_code(http_world: HttpWorld) -> None:
    estate = walked(http_world)
    client = http_world.client()
    refused(client.get(f"/v1/estates/{estate}/status?on=1999-01-01"), 404, "not-there-then")
    future = "2030-01-01T00:00:00Z"
    refused(client.get(f"/v1/estates/{estate}/status?knownAt={future}"), 400, "known-in-future")
    refused(client.get("/v1/estates/ABC/status"), 400, "request-malformed")
    told = refused(
        client.get(f"/v1/estates/{estate}/status?on=yesterday&knownAt=2021-01-01T00:00:00"),
        400,
        "request-malformed",
    )
    assert {one["name"] for one in told["errors"]} == {"on", "knownAt"}


def test_an_estate_that_is_not_there_is_not_found(http_world: HttpWorld) -> None:
    response = http_world.client().get(f"/v1/estates/{'f' * 32}/status")
    assert response.status_code == 404
    assert response.json()["code"] in ("estate-not-found", "estate-not-within-reach")
