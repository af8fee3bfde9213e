"""What does the API take? Bodies, addresses and headers within bounds."""

from __future__ import annotations

import json
import logging
from typing import Any, cast

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from kvob_workflow import Engine
from kvob_workflow.http import Api
from kvob_workflow.http.answering import entrance_of, route_class
from kvob_workflow.http.connections import BoundedProtocol
from kvob_workflow.http.declaring import Declared
from tests.http.conftest import HttpWorld
from tests.http.serving import Wire, served

ESTATES = "/v1/estates"
ECHO = "/v1/echo"


def echoing(engine: Engine, api: Api) -> FastAPI:
    """An application with one operation of ours that gives back the JSON that it is sent."""

    async def echo(request: Request) -> Response:
        """The same."""
        return Response(json.dumps(await request.json()), media_type="application/json")

    async def fail() -> Response:
        """A defect."""
        raise ZeroDivisionError("a secret of the inside")

    app = FastAPI(openapi_url=None)
    entrance = entrance_of(engine, api)
    for method, path, handler in (("POST", "/echo", echo), ("GET", "/fail", fail)):
        takes = {"type": "object"} if method == "POST" else None
        one = Declared(method, path, cast("Any", handler), None, None, "documents", takes=takes)
        app.router.add_api_route(
            f"/v1{path}",
            handler,
            methods=[method],
            route_class_override=route_class(entrance, one, (method, "OPTIONS")),
        )
    return app


@pytest.fixture
def echo(http_world: HttpWorld) -> TestClient:
    app = echoing(http_world.engine, Api(body_bytes=1000))
    return TestClient(app, raise_server_exceptions=False)


def sent(echo: TestClient, body: bytes, media: str = "application/json") -> tuple[int, str]:
    answer = echo.post(ECHO, content=body, headers={"Content-Type": media})
    told: dict[str, Any] = answer.json()
    return answer.status_code, told.get("code", "")


def test_a_json_object_is_taken(echo: TestClient) -> None:
    answer = echo.post(ECHO, json={"name": "De Zilverhoek", "numbers": [1, 2.5, None]})
    assert answer.json() == {"name": "De Zilverhoek", "numbers": [1, 2.5, None]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"text"',
        b"{",
        b'{"a": 1} {"a": 2}',
        b'{"a": 1, "a": 2}',
        b'{"inner": {"a": 1, "a": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"a": "\\ud800"}',
        b'{"a": "\xff"}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": ' + b"[" * 21 + b"]" * 21 + b"}",
        b'{"a": ' + b"[" * 400 + b"]" * 400 + b"}",
    ],
)
def test_what_parsers_could_read_differently_is_no_body(echo: TestClient, body: bytes) -> None:
    assert sent(echo, body) == (400, "body-malformed")


def test_a_number_of_too_many_digits_is_refused(http_world: HttpWorld) -> None:
    echo = TestClient(echoing(http_world.engine, Api()), raise_server_exceptions=False)
    assert sent(echo, b'{"a": ' + b"9" * 5_000 + b"}") == (400, "body-malformed")


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/problem+json",
        "",
    ],
)
def test_a_body_that_is_no_json_is_refused_by_its_type(echo: TestClient, media: str) -> None:
    assert sent(echo, b"{}", media) == (415, "media-type-unknown")


def test_json_in_utf_8_is_taken_and_a_packed_body_is_not(echo: TestClient) -> None:
    assert sent(echo, b"{}", 'application/json; charset="UTF-8"') == (200, "")
    packed = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert echo.post(ECHO, content=b"{}", headers=packed).status_code == 415


def test_a_body_that_is_too_large_is_refused_also_when_it_does_not_say_so(
    echo: TestClient,
) -> None:
    assert sent(echo, b"x" * 1001) == (413, "body-too-large")

    def chunks() -> Any:
        yield from [b"x" * 100] * 11

    answer = echo.post(ECHO, content=chunks(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


def test_a_body_that_says_it_is_too_large_is_not_waited_for(http_world: HttpWorld) -> None:
    app = echoing(http_world.engine, Api(body_seconds=60))
    with served(app) as port, Wire(port) as wire:
        head = b"POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        wire.send(head + b"Content-Length: 99999999\r\n\r\n")
        assert wire.rest().startswith(b"HTTP/1.1 413 ")


def test_who_sends_a_body_drop_by_drop_is_sent_away(http_world: HttpWorld) -> None:
    app = echoing(http_world.engine, Api(body_seconds=0.3))
    with served(app) as port, Wire(port) as wire:
        head = b"POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        wire.send(head + b"Content-Length: 20\r\n\r\n{")
        told = wire.rest()
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"body-too-slow"' in told


def test_who_sends_a_head_drop_by_drop_is_cut_off(
    http_world: HttpWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.3)
    with served(http_world.app) as port:
        with Wire(port) as wire:
            assert wire.rest() == b""
        with Wire(port) as wire:
            wire.send(b"GET /v1/problems HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            assert wire.rest() == b""
        with Wire(port) as wire:  # also after a request that was answered
            wire.send(b"GET /_healthz/livez HTTP/1.1\r\nHost: x\r\n\r\nGET /")
            assert wire.rest().count(b"HTTP/1.1 200 ") == 1


def test_a_head_without_end_is_cut_off(http_world: HttpWorld) -> None:
    with served(http_world.app) as port, Wire(port) as wire:
        try:
            wire.send(b"GET /v1/problems HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 500_000)
        except ConnectionError:
            return
        assert b" 200 " not in wire.rest()


def test_a_long_address_large_headers_and_null_characters_are_refused(
    http_world: HttpWorld,
) -> None:
    client = http_world.client()
    assert code_of(client.get(ESTATES, params={"text": "x" * 9_000})) == (414, "address-too-long")
    large = {f"X-{number}": "x" * 4_000 for number in range(9)}
    assert code_of(client.get(ESTATES, headers=large)) == (431, "headers-too-large")
    assert code_of(client.get(f"{ESTATES}?text=a%00b")) == (400, "request-malformed")
    assert client.get("/v1/problems/a%00b").status_code == 400


def test_a_mistyped_filter_is_told_and_not_passed_over(http_world: HttpWorld) -> None:
    answer = http_world.client().get(ESTATES, params={"munipicality": "Soest", "limit": 5})
    assert code_of(answer) == (400, "request-malformed")
    assert answer.json()["errors"] == [
        {"in": "query", "name": "munipicality", "detail": "bestaat niet"}
    ]


def test_every_parameter_that_is_wrong_is_told_at_once(http_world: HttpWorld) -> None:
    answer = http_world.client().get(ESTATES, params={"on": "soon", "limit": 0, "step": "dance"})
    assert answer.status_code == 400
    assert {one["name"] for one in answer.json()["errors"]} == {"on", "limit", "step"}


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("application/*;q=0.1, text/html", 200),
        ("text/html, */*;q=0.1", 200),
        ("", 200),
        ("text/html", 406),
        ("application/json;q=0, */*", 406),
        ("application/xml", 406),
    ],
)
def test_who_takes_no_json_is_told_so(http_world: HttpWorld, accept: str, status: int) -> None:
    assert http_world.client().get(ESTATES, headers={"Accept": accept}).status_code == status


def test_a_store_that_is_gone_is_told_without_its_address(
    http_world: HttpWorld, caplog: pytest.LogCaptureFixture
) -> None:
    client = http_world.client()
    http_world.engine.close()
    with caplog.at_level(logging.ERROR, "kvob_workflow.http"):
        refusal = client.get(ESTATES)
    assert refusal.status_code == 503
    assert refusal.headers["retry-after"] == "5"
    assert "memory" not in refusal.text
    assert "fields" not in refusal.json()
    (line,) = (one.getMessage() for one in caplog.records)
    trace = refusal.headers["traceparent"].split("-")[1]
    assert trace in line


def test_a_defect_is_logged_and_nothing_of_it_is_told(
    echo: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "kvob_workflow.http"):
        answer = echo.get("/v1/fail")
    assert code_of(answer) == (500, "unexpected")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert caplog.records[0].exc_info is not None


def code_of(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
