"""What does who oversees many estates get?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_projections.deadlines import DueQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.today_query import TodayQuery
from tests.http.conftest import HttpWorld
from tests.http.contract import Json, kept, refused
from tests.http.populated import Whole

Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def everything(whole: Whole) -> Iterator[Everything]:
    every = tuple(Scope)
    world, estate = whole
    with world.client(Role.DECIDER, scopes=every) as client:
        yield world, estate, client


def asked(everything: Everything, path: str) -> Json:
    return kept(everything[2].get(f"/v1/{path}"))


def test_the_diary_is_that_of_the_engine(everything: Everything) -> None:
    body = asked(everything, "deadlines?until=2027-12-31&kind=expiry&limit=200&sort=-due_on")
    query = DueQuery(until=date(2027, 12, 31), limit=200, sort=("-due_on",))
    days = [row.due_on.isoformat() for row in everything[0].engine.due(query).items]
    assert [one["due_on"] for one in body["items"]] == [
        day for day in days if day in {one["due_on"] for one in body["items"]}
    ][: len(body["items"])]
    assert {one["kind"] for one in body["items"]} == {"expiry"}
    overdue = asked(everything, "deadlines?overdue=true&limit=200")["items"]
    assert any(one["overdue"] for one in overdue)
    refused(everything[2].get("/v1/deadlines?kind=coffee"), 400, "request-malformed")


def test_the_measures_of_an_owner_are_found_whatever_the_spelling(everything: Everything) -> None:
    owner = asked(everything, "measures?limit=1")["items"][0]["owner"]
    found = asked(everything, f"measures?owner={owner.upper()}&limit=200")["items"]
    assert {one["owner"] for one in found} == {owner}
    assert asked(everything, "measures?progress=dropped")["items"] == []
    refused(everything[2].get("/v1/measures?sort=text"), 400, "sort-unknown")


def test_the_heat_map_counts_as_the_engine_does(everything: Everything) -> None:
    body = asked(everything, "heat-map?first=2027-01-01&last=2027-12-01")
    query = HeatMapQuery(first=date(2027, 1, 1), last=date(2027, 12, 1))
    assert body["total"] == everything[0].engine.heat_map(query).total > 0
    assert len(body["months"]) == 12
    refused(everything[2].get("/v1/heat-map?last=1999-01-01"), 400, "months-out-of-range")


def test_each_figure_comes_with_its_definition(everything: Everything) -> None:
    body = asked(everything, "statistics?figure=funnel&figure=first_cycle")
    assert [one["figure"]["code"] for one in body["figures"]] == ["funnel", "first_cycle"]
    assert all(one["figure"]["definition"]["nl"] for one in body["figures"])
    misspelt = asked(everything, "statistics?municipality=Voorbeeldsta")["unmatched"]
    assert misspelt[0]["known"][0] == "Voorbeeldstad"
    refused(everything[2].get("/v1/statistics?since=2030-01-01"), 400, "period-ahead")
    refused(everything[2].get("/v1/statistics?silentDays=0"), 400, "request-malformed")


def test_what_is_stuck_comes_with_what_moves_it_on(everything: Everything) -> None:
    body = asked(everything, "stuck-work?family=overdue&limit=200")
    assert {one["family"] for one in body["items"]} == {"overdue"}
    assert all(one["command"]["nl"].startswith("kvob ") for one in body["items"])
    told = everything[2].get("/v1/stuck-work?family=silent&kind=no_guide")
    refused(told, 400, "family-and-kind")


def test_a_simulation_counts_what_falls_due_and_says_what_it_assumes(
    everything: Everything,
) -> None:
    body = asked(everything, "simulations?until=2028-12-31")
    assert body["assume"] == "nobody_acts"
    assert sum(body["total"].values()) == sum(
        sum(month["kinds"].values()) for month in body["months"]
    )
    assert len(body["expiries"]) <= 20
    refused(everything[2].get("/v1/simulations?until=2020-01-01"), 400, "until-too-early")
    refused(everything[2].get("/v1/simulations?until=2999-01-01"), 400, "until-too-far")
    refused(everything[2].get("/v1/simulations"), 400, "request-malformed")


def test_a_calendar_is_one_of_rfc_5545_in_the_language_asked(everything: Everything) -> None:
    client = everything[2]
    response = client.get(
        "/v1/calendar?municipality=Voorbeeldstad", headers={"Accept-Language": "en"}
    )
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.text.startswith("BEGIN:VCALENDAR\r\n")
    assert "Safe business mark" in response.text
    one = client.get(f"/v1/calendar?estateId={everything[1]}&kind=expiry")
    assert one.text.count("BEGIN:VEVENT") == 1
    assert client.get(f"/v1/calendar?estateId={'f' * 32}").status_code == 404


def test_what_there_is_to_do_today_is_that_of_the_engine(everything: Everything) -> None:
    body = asked(everything, "today?on=2027-03-01&limit=50")
    found = everything[0].engine.today_work(TodayQuery(day=date(2027, 3, 1), limit=50))
    for section in ("expiring", "audit_gaps", "surveys", "measures", "approvals"):
        assert body[section]["total"] == getattr(found, section).total, section
    assert body["expiring"]["total"] > 0
    assert body["expiring"]["items"][0]["action"] == "evaluate_term"
    assert body["deadlines"]["overdue"] == found.deadlines.overdue  # type: ignore[union-attr]
    mine = asked(everything, "today?role=decider&section=decisions&section=expiring")
    assert mine["expiring"] is None
    assert mine["decisions"] is not None
    refused(everything[2].get("/v1/today?months=0"), 400, "request-malformed")
    refused(everything[2].get("/v1/today?section=coffee"), 400, "request-malformed")


def test_the_board_has_a_column_for_each_step_and_counts_what_it_does_not_show(
    everything: Everything,
) -> None:
    columns = asked(everything, "board?perStep=1")["columns"]
    assert [one["step"] for one in columns] == list(Step)
    for column in columns:
        listed = asked(everything, f"estates?step={column['step']}&sort=next_due_on&limit=1")
        assert (column["items"], column["total"]) == (listed["items"], listed["total"])
    counts = asked(everything, "board-counts")
    assert [one["total"] for one in counts["steps"]] == [one["total"] for one in columns]
    whole = asked(everything, "estates?limit=1")["total"]
    assert sum(one["total"] for one in counts["statuses"]) == whole > 0
    refused(everything[2].get("/v1/board?perStep=51"), 400, "request-malformed")
    refused(everything[2].get("/v1/board?sort=coffee"), 400, "sort-unknown")
