"""How is any request answered? Its headers, its trace, its language, and who is not known."""

from __future__ import annotations

import logging
import re

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_workflow.http import Api, router
from kvob_workflow.http.headers import HEADERS
from kvob_workflow.http.settings import API_VERSION
from kvob_workflow.http.tracing import trace_of
from tests.http.conftest import HttpWorld

ESTATES = "/v1/estates"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
ORIGIN = "https://board.example.org"


def test_every_answer_has_the_version_and_the_headers_of_security(http_world: HttpWorld) -> None:
    client, stranger = http_world.client(), http_world.stranger()
    answers = (
        client.get(ESTATES),
        client.get(f"{ESTATES}/{'0' * 32}"),
        client.get("/v1/nothing"),
        client.delete(ESTATES),
        client.options(ESTATES),
        stranger.get(ESTATES),
        stranger.get("/v1/problems"),
        stranger.get("/_healthz/livez"),
    )
    assert [one.status_code for one in answers] == [200, 404, 404, 405, 204, 401, 200, 200]
    for answer in answers:
        assert answer.headers["api-version"] == API_VERSION
        assert {name.lower() for name in HEADERS} <= set(answer.headers)


def test_who_is_not_known_hears_how_to_come_in(http_world: HttpWorld) -> None:
    refusal = TestClient(http_world.app).get(ESTATES)
    api = HttpWorld(http_world.engine, http_world.clock, api=Api())
    nobody = api.stranger().get(ESTATES)
    assert (refusal.status_code, nobody.status_code) == (401, 401)
    assert refusal.json()["code"] == "credentials-missing"
    assert refusal.headers["www-authenticate"].startswith("Bearer ")
    assert nobody.json()["code"] == "nobody-let-in"
    assert nobody.headers["www-authenticate"] == 'Bearer realm="kvob"'


def test_head_answers_what_get_would_without_the_body(http_world: HttpWorld) -> None:
    client = http_world.client()
    got, asked = client.get(ESTATES), client.head(ESTATES)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["content-length"] == got.headers["content-length"]
    assert http_world.stranger().head(ESTATES).status_code == 401


def test_a_resource_says_which_methods_it_has(http_world: HttpWorld) -> None:
    client = http_world.client()
    refusal = client.patch(ESTATES)
    assert refusal.json()["code"] == "method-unknown"
    allowed = refusal.headers["allow"].split(", ")
    assert {"GET", "HEAD", "OPTIONS"} <= set(allowed)
    assert client.options(ESTATES).headers["allow"] == refusal.headers["allow"]


def test_an_address_with_a_slash_at_its_end_is_another_address(http_world: HttpWorld) -> None:
    refusal = http_world.client().get(f"{ESTATES}/", follow_redirects=False)
    assert refusal.status_code == 404


def test_a_trace_is_carried_on_and_names_the_refusal(http_world: HttpWorld) -> None:
    given = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    refusal = http_world.client().get(f"{ESTATES}/{'0' * 32}", headers=given)
    told = refusal.headers["traceparent"]
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-01", told)
    assert told != given["traceparent"]
    assert refusal.json()["instance"] == "urn:uuid:4bf92f35-77b3-4da6-a3ce-929d0e0e4736"


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", True),
        (f"cc-{TRACE}-00f067aa0ba902b7-01-what-comes-later", True),
        (f"00-{TRACE}-00f067aa0ba902b7-01-no", False),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", False),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", False),
        (f"00-{TRACE}-{'0' * 16}-01", False),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", False),
        ("nonsense", False),
        (None, False),
    ],
)
def test_what_is_no_trace_begins_a_new_one(given: str | None, is_taken: bool) -> None:
    trace, _ = trace_of(given)
    assert (trace == TRACE) is is_taken
    assert re.fullmatch("[0-9a-f]{32}", trace)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("nl", "nl"),
        ("en-GB, nl;q=0.5", "en"),
        ("en;q=0.3, nl-NL;q=0.8", "nl"),
        ("fr", "nl"),
        ("", "nl"),
        ("en;q=much", "nl"),
        ("en; q=0.9, nl; q=0.1", "en"),
        ("nl ;q=0.1 , en ; q=0.2", "en"),
        ("en;q=nan", "nl"),
        ("en;q=inf, nl;q=0.1", "nl"),
    ],
)
def test_a_refusal_is_in_the_language_of_who_asks(
    http_world: HttpWorld, accepted: str, language: str
) -> None:
    refusal = http_world.stranger().get("/v1/nothing", headers={"Accept-Language": accepted})
    assert refusal.headers["content-language"] == language
    assert ("bestaat niet" in refusal.json()["detail"]) is (language == "nl")


def test_pages_of_other_origins_may_not_ask_unless_they_are_named(http_world: HttpWorld) -> None:
    answer = http_world.client().get(ESTATES, headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in answer.headers
    api = Api(authenticator=http_world.people, origins=(ORIGIN,))
    named = HttpWorld(http_world.engine, http_world.clock, http_world.people, api).client()
    asked = named.get(ESTATES, headers={"Origin": ORIGIN})
    assert asked.headers["access-control-allow-origin"] == ORIGIN
    assert asked.headers["vary"] == "Origin"
    other = named.options(ESTATES, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    before = named.options(ESTATES, headers={"Origin": ORIGIN})
    assert "GET" in before.headers["access-control-allow-methods"]
    assert "If-Match" in before.headers["access-control-allow-headers"]
    assert "Last-Event-ID" in before.headers["access-control-allow-headers"]


def test_the_log_of_requests_names_no_person_no_id_and_no_query(
    http_world: HttpWorld, caplog: pytest.LogCaptureFixture
) -> None:
    estate = "f" * 32
    with caplog.at_level(logging.INFO, "kvob_workflow.http"):
        http_world.client(Role.GUIDE, person="p-secret").get(
            f"{ESTATES}/{estate}", params={"on": "2026-01-01"}
        )
    (record,) = caplog.records
    line = record.getMessage()
    assert line.startswith("GET /estates/{estateId} 404 ")
    told = f"{line} {sorted(vars(record).items())}"
    for secret in ("p-secret", estate, "2026-01-01"):
        assert secret not in told
    assert vars(record)["role"] == "guide"


def test_in_the_application_of_a_host_the_refusals_are_ours(http_world: HttpWorld) -> None:
    host = FastAPI()

    @host.exception_handler(Exception)
    async def everything(request: Request, error: Exception) -> None:
        raise AssertionError((request, error))

    host.include_router(router(http_world.engine), prefix="/kvob")
    client = TestClient(host)
    assert client.get("/kvob/v1/estates").json()["code"] == "nobody-let-in"
    refusal = client.put("/kvob/v1/estates")
    assert (refusal.status_code, refusal.json()["code"]) == (405, "method-unknown")
    assert refusal.json()["type"] == "/kvob/v1/problems/method-unknown"
    assert client.get("/openapi.json").json()["paths"] == {}


def test_a_parameter_that_takes_one_value_is_refused_when_it_is_given_twice(
    http_world: HttpWorld,
) -> None:
    client = http_world.client()
    refusal = client.get(f"{ESTATES}?limit=5&limit=6")
    assert (refusal.status_code, refusal.json()["code"]) == (400, "request-malformed")
    assert "limit" in str(refusal.json()["errors"])
    assert client.get("/v1/calendar?kind=reminder&kind=expiry").status_code == 200
