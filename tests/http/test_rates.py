"""How often may a client ask? So much a minute for a person or an address; so many at once."""

from __future__ import annotations

import pytest

from kvob_workflow.http import Api
from kvob_workflow.http.bounds import AtOnce, Rate
from kvob_workflow.http.errors import TooBusy, TooManyRequests
from tests.http.conftest import HttpWorld

ESTATES = "/v1/estates"


def test_a_client_that_asks_too_often_waits_and_others_do_not() -> None:
    now = 0.0

    def monotonic() -> float:
        return now

    rate = Rate(2, monotonic)
    rate.take("a")
    rate.take("a")
    with pytest.raises(TooManyRequests) as refused:
        rate.take("a")
    assert refused.value.seconds == 30
    rate.take("b")
    now = 30.0
    rate.take("a")
    with pytest.raises(TooManyRequests):
        rate.take("a")


def test_who_asks_too_often_hears_when_to_come_back(http_world: HttpWorld) -> None:
    def monotonic() -> float:
        return 0.0

    api = Api(authenticator=http_world.people, a_minute=2, open_a_minute=3, monotonic=monotonic)
    world = HttpWorld(http_world.engine, http_world.clock, http_world.people, api)
    guide, other = world.client(person="p-guide"), world.client(person="p-other")
    assert [guide.get(ESTATES).status_code for _ in range(3)] == [200, 200, 429]
    refusal = guide.get(ESTATES)
    assert refusal.json()["code"] == "too-many-requests"
    assert refusal.headers["retry-after"] == "30"
    assert refusal.headers["ratelimit"] == '"client";r=0;t=30'
    assert refusal.headers["ratelimit-policy"] == '"client";q=2;w=60'
    assert other.get(ESTATES).status_code == 200
    stranger = world.stranger()
    assert [stranger.get("/v1/openapi.json").status_code for _ in range(4)] == [200] * 3 + [429]


def test_who_guesses_credentials_is_slowed_down_by_his_address(http_world: HttpWorld) -> None:
    api = Api(open_a_minute=2, monotonic=lambda: 0.0)
    stranger = HttpWorld(http_world.engine, http_world.clock, api=api).stranger()
    assert [stranger.get(ESTATES).status_code for _ in range(3)] == [401, 401, 429]


def test_what_is_too_much_at_once_is_sent_away(http_world: HttpWorld) -> None:
    full = AtOnce(1)
    with full, pytest.raises(TooBusy), full:
        pass
    with full:
        pass
    api = Api(authenticator=http_world.people, at_once=0)
    answer = HttpWorld(http_world.engine, http_world.clock, http_world.people, api).client()
    refusal = answer.get(ESTATES)
    assert (refusal.status_code, refusal.json()["code"]) == (503, "too-busy")
    assert refusal.headers["retry-after"] == "1"
