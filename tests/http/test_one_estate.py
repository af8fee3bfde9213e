"""What does an estate's page hold, which parts has it, and who sees the persons in it?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_workflow import RegisterEstate
from kvob_workflow.jsonable import jsonable
from tests.http.conftest import TODAY, HttpWorld
from tests.http.contract import Json, kept, refused
from tests.http.populated import Whole, walked

Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def everything(whole: Whole) -> Iterator[Everything]:
    world, estate = whole
    with world.client(Role.AUDITOR) as client:
        yield world, estate, client


def of(everything: Everything, part: str) -> Json:
    return kept(everything[2].get(f"/v1/estates/{everything[1]}/{part}"))


def test_the_page_says_what_the_command_line_says(everything: Everything) -> None:
    world, estate, client = everything
    body = kept(client.get(f"/v1/estates/{estate}"))
    same = jsonable(world.engine.overview(estate), "en")
    assert isinstance(same, dict)
    for name in ("step", "status", "certificates", "goals", "measures", "changes", "allowed"):
        assert body[name] == same[name], name
    assert body.keys() == same.keys()


def test_an_answer_for_a_named_day_is_not_sent_twice(everything: Everything) -> None:
    _, estate, client = everything
    path = f"/v1/estates/{estate}?on={TODAY}"
    first = client.get(path)
    version = first.json()["version"]
    assert first.headers["ETag"] == f'"{version}"'
    again = client.get(path, headers={"If-None-Match": f'"1", {first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": '"1"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304


def test_an_answer_that_names_no_day_is_sent_again_since_it_changes_with_the_day(
    http_world: HttpWorld,
) -> None:
    estate = walked(http_world)
    client = http_world.client()
    path = f"/v1/estates/{estate}"
    tag = client.get(path).headers["ETag"]
    http_world.clock.set_day(TODAY.replace(year=2027))
    later = client.get(path, headers={"If-None-Match": tag})
    assert kept(later)["status"] == "expired"


@pytest.mark.parametrize("part", ["covenant", "history?limit=200", "differences?from=2020-09-15"])
def test_ids_of_persons_are_hidden_from_who_may_not_see_them(
    part: str, everything: Everything
) -> None:
    world, estate, client = everything
    path = f"/v1/estates/{estate}/{part}"
    municipality = world.client(Role.MUNICIPALITY, person="m-1").get(path)
    kept(municipality)
    assert '"p-' not in municipality.text
    shown = client.get(path)
    kept(shown)
    assert '"p-' in shown.text
    assert '"box"' not in shown.text


def test_there_is_no_covenant_where_none_was_signed(http_world: HttpWorld) -> None:
    estate = http_world.engine.do(RegisterEstate(name="De Hoek", municipalities=("Goes",))).estate
    client = http_world.client()
    for part in ("covenant", "agreements"):
        refused(client.get(f"/v1/estates/{estate}/{part}"), 404, "covenant-not-there")
    for part in ("goals", "measures", "cycles", "certificates", "documents", "proposals"):
        assert kept(client.get(f"/v1/estates/{estate}/{part}"))["items"] == []


def test_the_covenant_says_who_signed_and_what_was_agreed(everything: Everything) -> None:
    covenant = of(everything, "covenant")
    assert {one["role"] for one in covenant["signatories"]} >= {"municipality", "police"}
    assert covenant["agreements"] == of(everything, "agreements")["items"] != []


def test_the_certificates_say_on_what_their_days_rest(everything: Everything) -> None:
    lines = of(everything, "certificates")["items"]
    assert [(one["number"], one["status"]) for one in lines] == [(1, "expired"), (2, "valid")]
    second = of(everything, "certificates/2")
    assert second["start_basis"] == "old_expiry"
    assert second["renewal"]
    assert second["awarded_by"] > of(everything, "certificates/1")["awarded_by"]
    refused(everything[2].get(f"/v1/estates/{everything[1]}/certificates/3"), 404, "part-not-there")


def test_the_steps_say_what_can_be_done_next_and_why_not_the_rest(everything: Everything) -> None:
    steps = of(everything, "steps")
    assert (steps["step"], steps["since"]) == ("evaluation", "2024-05-16")
    possible = {one["command"] for one in steps["possible"]}
    assert {"evaluate_year", "evaluate_term", "suspend_certificate"} <= possible
    blocked = {one["command"]: one for one in steps["blocked"]}
    (why,) = blocked["start_trajectory"]["obstacles"]
    assert why["code"] == "wrong-step"
    assert why["message"]["nl"] != why["message"]["en"]
    assert possible.isdisjoint(blocked)


def test_a_cycle_holds_its_steps_audits_certificate_and_events(everything: Everything) -> None:
    lines = of(everything, "cycles")["items"]
    assert [(one["renewal"], one["outcome"]) for one in lines] == [
        (False, "awarded"),
        (True, "awarded"),
    ]
    first, second = of(everything, "cycles/1"), of(everything, "cycles/2")
    assert [one["step"] for one in first["steps"]] == [
        *("kickoff", "inventory", "action_plan", "covenant", "award", "evaluation"),
    ]
    assert (first["certificate"], second["certificate"]) == (1, 2)
    assert first["audits"][-1]["outcome"] == "positive"
    events = [{event["version"] for event in one["events"]} for one in (first, second)]
    assert events[0].isdisjoint(events[1])
    assert (first["started_on"], first["sureness"]) == ("2020-09-15", "exact")
    refused(everything[2].get(f"/v1/estates/{everything[1]}/cycles/3"), 404, "part-not-there")


def test_evidence_says_what_is_missing_who_owes_it_and_by_which_source(
    http_world: HttpWorld,
) -> None:
    estate = walked(http_world)
    client = http_world.client()
    body = kept(client.get(f"/v1/estates/{estate}/evidence?on=2021-01-20"))
    missing = {one["code"]: one for one in body["missing"]}
    assert missing["audit"]["owed_by"] == "certification_body"
    assert missing["audit"]["refusal"]["message"]["nl"]
    assert body["on_record"]["survey"]["returned"] <= body["on_record"]["survey"]["sent"]
    assert body["on_record"]["walk_rounds"] == ["day", "dark"]


def test_findings_are_closed_by_the_event_that_closed_them(everything: Everything) -> None:
    items = of(everything, "findings")["items"]
    assert items
    closed = [one for one in items if one["closed_on"] is not None]
    assert closed
    assert all(one["closed_version"] > one["opened_version"] for one in closed)


def test_figures_show_how_they_moved_since_the_baseline(everything: Everything) -> None:
    body = of(everything, "figures")
    years = [one["year"] for one in body["items"]]
    assert years == sorted(years)
    assert body["baseline"] == body["items"][0]
    assert body["changes"]


def test_each_deadline_explains_itself(everything: Everything) -> None:
    items = of(everything, "deadlines")["items"]
    expiry = next(one for one in items if one["kind"] == "expiry")
    assert expiry["due_on"] == "2027-06-03"
    assert expiry["explanation"]["en"].startswith("after the term")
    assert expiry["rule"] == "expiry:computed"
    reminder = next(one for one in items if one["kind"] == "reminder")
    assert reminder["source"].startswith("http")
    event = kept(
        everything[2].get(f"/v1/estates/{everything[1]}/history/{expiry['anchor_version']}")
    )
    assert event["topic"] == "kvob.estate:certificate-awarded.v1"
    done = everything[2].get(f"/v1/estates/{everything[1]}/deadlines?done=true")
    assert len(kept(done)["items"]) > len(items)


def test_a_measure_is_found_by_its_id(everything: Everything) -> None:
    first = of(everything, "measures")["items"][0]
    one = of(everything, f"measures/{first['id']}")
    assert first.items() <= one.items()
    changed = kept(everything[2].get(f"/v1/estates/{everything[1]}/history/{one['changed_by']}"))
    assert changed["topic"].startswith("kvob.estate:")
    refused(everything[2].get(f"/v1/estates/{everything[1]}/measures/x"), 404, "part-not-there")
