"""Which estates does the list show? Filters, names, sorting, pages, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_projections.board import BoardQuery
from kvob_workflow import RegisterEstate, RenameEstate
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import Json, kept, refused
from tests.http.populated import Whole

Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def everything(whole: Whole) -> Iterator[Everything]:
    world, estate = whole
    with world.client() as client:
        yield world, estate, client


def asked(everything: Everything, query: str) -> Json:
    return kept(everything[2].get(f"/v1/estates?{query}"))


def test_without_a_filter_it_is_the_board_by_name(everything: Everything) -> None:
    world, _, _ = everything
    body = asked(everything, "limit=200")
    rows = world.engine.board(BoardQuery(limit=200)).items
    assert [one["estate_id"] for one in body["items"]] == [row.estate_id for row in rows]
    assert body["total"] == len(world.engine.board().items)
    assert body["total_is_exact"]


@pytest.mark.parametrize(
    ("query", "field", "values"),
    [
        ("step=evaluation", "step", {"evaluation"}),
        ("status=expired", "status", {"expired"}),
        ("level=continu%20samenwerken", "level", {"Continu Samenwerken"}),
        ("municipality=VOORBEELDSTAD", "municipality", {"Voorbeeldstad"}),
        ("text=zilver", "estate", {"De Zilverhoek"}),
    ],
)
def test_each_filter_shows_only_what_it_names(
    query: str, field: str, values: set[str], everything: Everything
) -> None:
    body = asked(everything, query)
    assert body["items"]
    assert {one[field] for one in body["items"]} <= values
    assert body["total"] < asked(everything, "limit=1")["total"]


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("overdue=true", BoardQuery(overdue=True)),
        ("approvals=true", BoardQuery(approvals=True)),
        ("expiresFrom=2026-01-01", BoardQuery(expires_from=date(2026, 1, 1))),
        ("expiresBefore=2020-01-01", BoardQuery(expires_before=date(2020, 1, 1))),
        (
            "expiresFrom=2012-01-01&expiresBefore=2016-01-01&dueBefore=2040-01-01",
            BoardQuery(
                expires_from=date(2012, 1, 1),
                expires_before=date(2016, 1, 1),
                due_before=date(2040, 1, 1),
            ),
        ),
    ],
)
def test_what_is_open_and_when_it_expires_narrow_it_as_in_the_engine(
    query: str, asks: BoardQuery, everything: Everything
) -> None:
    body = asked(everything, f"{query}&limit=200")
    rows = everything[0].engine.board(replace(asks, limit=200)).items
    assert [one["estate_id"] for one in body["items"]] == [row.estate_id for row in rows]
    assert body["total"] < asked(everything, "limit=1")["total"]


def test_a_missing_requirement_and_the_next_deadline_narrow_it(everything: Everything) -> None:
    for one in asked(everything, "missing=covenant&limit=200")["items"]:
        assert "covenant" in one["missing"]
    found = asked(everything, "dueBefore=2027-01-01&limit=200")["items"]
    assert found
    assert all(one["next_due_on"] < "2027-01-01" for one in found)


def test_groups_are_shown_only_where_asked(everything: Everything) -> None:
    kinds = {one["kind"] for one in asked(everything, "groups=true&sort=-kind")["items"]}
    assert kinds - {"estate"}
    assert {one["kind"] for one in asked(everything, "sort=-kind")["items"]} == {"estate"}


def test_an_estate_is_found_by_its_name_its_place_and_an_earlier_name(
    http_world: HttpWorld,
) -> None:
    engine = http_world.engine
    register = RegisterEstate(
        name="Oude Hoek", municipalities=("Goes",), on=PartialDate.parse("2026-01")
    )
    estate = engine.do(register).estate
    engine.do(RenameEstate(estate=estate, on=TODAY, name="Nieuwe Hoek"))
    client = http_world.client()
    for name in ("Nieuwe Hoek", "nieuwe hoek, GOES", "Oude Hoek", estate):
        body = kept(client.get("/v1/estates", params={"name": name}))
        assert [one["estate"] for one in body["items"]] == ["Nieuwe Hoek"], name
    assert kept(client.get("/v1/estates?name=Nergens"))["items"] == []


def test_a_name_that_several_estates_bear_is_not_guessed(http_world: HttpWorld) -> None:
    for place in ("Goes", "Oss"):
        http_world.engine.do(RegisterEstate(name="De Hoek", municipalities=(place,)))
    told = refused(
        http_world.client().get("/v1/estates?name=De Hoek"), 404, "estate-name-ambiguous"
    )
    assert "goes" in told["detail"]


def test_pages_lead_to_each_other_and_show_everything_once(everything: Everything) -> None:
    _, _, client = everything
    seen: list[str] = []
    address = "/v1/estates?limit=40&sort=municipality,-estate"
    while address:
        response = client.get(address)
        seen += [one["estate_id"] for one in kept(response)["items"]]
        following = response.links.get("next")
        address = f"/v1/estates{following['url']}" if following else ""
    assert len(seen) == len(set(seen)) == kept(client.get("/v1/estates"))["total"]
    second = client.get("/v1/estates?limit=40&offset=40")
    assert "prev" in second.links


def test_beyond_the_last_page_there_is_nothing_and_it_says_how_long_the_list_is(
    everything: Everything,
) -> None:
    body = asked(everything, "offset=5000")
    assert (body["items"], body["offset"]) == ([], 5000)
    assert body["total"] > 50


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("sort=colour", "sort-unknown"),
        ("limit=0", "request-malformed"),
        ("limit=201", "request-malformed"),
        ("offset=-1", "request-malformed"),
        ("offset=99999999999999999999999", "request-malformed"),
        ("step=coffee", "request-malformed"),
        ("missing=coffee", "request-malformed"),
        ("dueBefore=soon", "request-malformed"),
        (f"text={'x' * 201}", "request-malformed"),
        ("knownAt=2999-01-01T00:00:00Z", "known-in-future"),
        ("knownAt=2021-01-01T00:00:00", "request-malformed"),
    ],
)
def test_what_cannot_be_asked_is_refused(query: str, code: str, everything: Everything) -> None:
    refused(everything[2].get(f"/v1/estates?{query}"), 400, code)


def test_a_list_of_the_past_is_that_of_the_engine(everything: Everything) -> None:
    world, _, _ = everything
    body = asked(everything, "on=2021-06-30&knownAt=2021-07-05T22:00:00Z&limit=200&step=evaluation")
    known = world.engine.instant("2021-07-06T00:00:00+02:00")
    day = PartialDate.parse("2021-06-30").earliest
    from kvob_domain.lifecycle.trajectory import Step

    query = BoardQuery(day=day, known_at=known, limit=200, step=Step.EVALUATION)
    assert [one["estate_id"] for one in body["items"]] == [
        row.estate_id for row in world.engine.board(query).items
    ]


def test_differences_name_what_changed_and_by_which_events(everything: Everything) -> None:
    _, estate, client = everything
    body = kept(
        client.get("/v1/differences?from=2021-06-01&to=2021-07-01&municipality=Voorbeeldstad")
    )
    (one,) = body["items"]
    assert one["estate_id"] == estate
    assert {"step", "status", "level"} <= set(one["changed"])
    assert "kvob.estate:certificate-awarded.v1" in [event["topic"] for event in one["events"]]
    refused(client.get("/v1/differences?from=yesterday"), 400, "moment-unreadable")
    refused(client.get("/v1/differences"), 400, "request-malformed")
