"""What has happened, and why does a view say what it says?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from tests.http.conftest import HttpWorld
from tests.http.contract import Json, kept, refused
from tests.http.populated import Whole

Everything = tuple[HttpWorld, EstateId, TestClient]


@pytest.fixture(scope="module")
def everything(whole: Whole) -> Iterator[Everything]:
    world, estate = whole
    with world.client(Role.AUDITOR) as client:
        yield world, estate, client


def of(everything: Everything, part: str) -> Json:
    return kept(everything[2].get(f"/v1/estates/{everything[1]}/{part}"))


def test_its_pages_together_are_the_whole_history(everything: Everything) -> None:
    world, estate, client = everything
    seen: list[int] = []
    path = f"/v1/estates/{estate}/history"
    address = f"{path}?limit=7"
    while address:
        response = client.get(address)
        seen += [one["version"] for one in kept(response)["items"]]
        following = response.links.get("next")
        address = f"{path}{following['url']}" if following else ""
    assert seen == [one.version for one in world.engine.history(estate)]
    assert kept(client.get(f"{path}?limit=200"))["total_is_exact"]
    beyond = client.get(f"{path}?offset=500")
    assert kept(beyond)["items"] == []
    assert (kept(beyond)["total"], kept(beyond)["total_is_exact"]) == (len(seen), True)
    assert "next" not in beyond.links


def test_history_of_a_day_and_as_it_was_known_leaves_out_the_rest(everything: Everything) -> None:
    whole = of(everything, "history?limit=200")["items"]
    by_day = of(everything, "history?limit=200&on=2021-06-03")["items"]
    known = of(everything, "history?limit=200&knownAt=2021-06-04T00:00:00Z")["items"]
    assert 0 < len(by_day) < len(whole)
    assert {one["version"] for one in known} < {one["version"] for one in whole}
    path = f"/v1/estates/{everything[1]}/history"
    early = everything[2].get(f"{path}?knownAt=2001-01-01T00:00:00Z")
    refused(early, 404, "not-there-then")


def test_an_event_has_an_address_of_its_own_for_ever(everything: Everything) -> None:
    first = of(everything, "history?limit=1")["items"][0]
    one = of(everything, f"history/{first['version']}")
    assert first.items() <= one.items()
    assert one["leaf"] is None  # nothing was sequenced here
    assert one["recorded_at"].endswith("Z")
    client, estate = everything[2], everything[1]
    refused(client.get(f"/v1/estates/{estate}/history/999"), 404, "part-not-there")
    refused(client.get(f"/v1/estates/{estate}/history/0"), 400, "request-malformed")


def test_a_field_is_explained_by_its_events_and_its_rule_with_the_source(
    everything: Everything,
) -> None:
    fields = of(everything, "explanations?starting=board.")["items"]
    assert {"board.status", "board.step"} <= {one["address"] for one in fields}
    why = of(everything, "explanations/board.expires_on")
    assert why["value"] == "2027-06-03"
    assert any(one["needed"] for one in why["causes"])
    assert any(one["source"].startswith("http") for one in why["rules"])
    client, estate = everything[2], everything[1]
    told = client.get(f"/v1/estates/{estate}/explanations/colour")
    refused(told, 400, "field-unknown")


def test_what_differs_between_two_moments_names_the_events_between(everything: Everything) -> None:
    body = of(everything, "differences?from=2021-06-01&to=2021-07-01")
    assert "step" in {one["field"] for one in body["fields"]}
    assert body["certificates"][0]["came"]
    assert "kvob.estate:certificate-awarded.v1" in {one["topic"] for one in body["events"]}
    assert of(everything, "differences?from=now&to=now")["fields"] == []
    client, estate = everything[2], everything[1]
    refused(client.get(f"/v1/estates/{estate}/differences?from=x"), 400, "moment-unreadable")
