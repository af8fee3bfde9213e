"""What does a page make of a request that no browser sends? It says no, as a page, and no more."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Final

import pytest
from fastapi import Response
from fastapi.testclient import TestClient
from httpx2 import Response as Answer
from starlette.routing import Route
from starlette.types import Message

from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.answering import entrance_of
from kvob_workflow.testing import SettableClock, engine_at
from kvob_workflow.web.answering import screen_answered
from kvob_workflow.web.asking import Ask
from kvob_workflow.web.routing import Screen
from tests.http.in_process import InProcess
from tests.web.conftest import TODAY, WebWorld

FORM: Final = {"content-type": "application/x-www-form-urlencoded"}
# What tells of the inside: a stack, a path of this machine, a class, a statement.
_INSIDE: Final = re.compile(r"Traceback|\.py:|File &|site-packages|Error\(|sqlite|SELECT ")


@pytest.fixture(scope="module")
def visited() -> Iterator[WebWorld]:
    """Pages of an engine without estates, which stays so."""
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        yield WebWorld(engine, clock)


def is_page(answer: Answer, status: int) -> bool:
    """Whether it is a page that refuses, with all that a page has, and tells nothing of inside."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not _INSIDE.search(answer.text)
    return answer.request.method == "HEAD" or "Kenmerk voor de beheerder" in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_page_says_what_can_be_done_with_it(visited: WebWorld, method: str) -> None:
    browser = visited.browser()
    answer = browser.request(method, "/estates")
    assert is_page(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"
    assert browser.request(method, "/calendar").headers["allow"] == "GET, HEAD, POST"
    assert is_page(browser.request(method, "/nothing"), 404)


def test_head_is_answered_as_get_without_the_page(visited: WebWorld) -> None:
    browser = visited.browser()
    head, page = browser.head("/estates"), browser.get("/estates")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-security-policy"] == page.headers["content-security-policy"]
    assert is_page(browser.head("/nothing"), 404)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b'{"a": 1}', 415),
        ("text/plain", b"a=1", 415),
        ("", b"", 415),
        ("multipart/form-data", b"abc", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken", 403),
        ("application/x-www-form-urlencoded", bytes(range(256)), 403),
        ("application/x-www-form-urlencoded; charset=klingon", b"a=1", 403),
        ("application/x-www-form-urlencoded", b"a=1&" * 30_000, 400),
        ("application/x-www-form-urlencoded", b"a" * 1_000_001, 413),
    ],
)
def test_what_is_no_form_of_ours_is_not_taken(
    visited: WebWorld, kind: str, body: bytes, status: int
) -> None:
    answer = visited.browser().post("/calendar", content=body, headers={"content-type": kind})
    assert is_page(answer, status)


@pytest.mark.parametrize("charset", ["punycode", "utf-7", "idna", "undefined", "utf-16"])
def test_a_form_is_read_as_utf_8_whatever_its_charset(visited: WebWorld, charset: str) -> None:
    """Nobody has to be logged in to send one, and some codecs take minutes for a small text."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n+2AA-\xc3\xab'
        b'\r\n--x\r\nContent-Disposition: form-data; name="b"\r\n\r\na-'
        + b"9" * 4_000
        + b"\r\n--x--\r\n"
    )
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    answer = visited.stranger().post("/import", content=body, headers={"content-type": kind})
    assert answer.status_code == 401
    assert "+2AA-ë" in answer.text


@pytest.mark.parametrize("name", ["measures.\u00b2.text", "\u0663", ".", "..", "1.2.3", "a." * 50])
def test_a_form_of_who_is_not_logged_in_comes_back_whatever_its_inputs_are_called(
    visited: WebWorld, name: str
) -> None:
    answer = visited.stranger().post("/calendar", data={name: "wat hier stond"})
    assert answer.status_code == 401
    assert "wat hier stond" in answer.text


def test_a_body_that_does_not_come_is_not_waited_for(visited: WebWorld) -> None:
    api = Api(body_seconds=0.05)
    app = asgi_app(visited.engine, api, pages=visited.pages)
    told: list[Message] = []

    async def receive() -> Message:
        if told:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()  # nothing ever comes
        raise AssertionError

    async def send(message: Message) -> None:
        told.append(message)

    async def ask() -> None:
        headers = [(b"content-type", FORM["content-type"].encode()), (b"accept", b"text/html")]
        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": "/calendar",
            "raw_path": b"/calendar",
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("testserver", 80),
        }
        async with asyncio.timeout(30):
            await app(scope, receive, send)

    asyncio.run(ask())
    assert told[0]["status"] == 408
    assert (b"connection", b"close") in told[0]["headers"]


def test_an_address_and_headers_have_a_common_size(visited: WebWorld) -> None:
    browser = visited.browser()
    many = "&".join(f"a={number}" for number in range(5_000))
    for path in ("/estates", "/nothing"):
        answer = browser.get(f"{path}?{many}")
        assert is_page(answer, 414)
        assert len(answer.content) < 5_000  # it does not repeat what it did not read
        assert is_page(browser.get(path, headers={"x-large": "a" * 40_000}), 431)
    assert browser.get(f"/estates?{many[:7_000]}").status_code == 200


@pytest.mark.parametrize(
    "cookie",
    [b"kvob-browser=" + b"x" * 10_240, b"\xff\x00\xfe", b'; ;=;;"=\x80', b"a=b; " * 2_000],
)
def test_a_cookie_that_is_not_ours_is_nobody(visited: WebWorld, cookie: bytes) -> None:
    answer = visited.stranger().get("/estates", headers=[(b"cookie", cookie)])
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/pages.py",
        "/static/0000000000000000/../__init__.py",
        "/static/0000000000000000/kvob.css",
        "/static//etc/passwd",
        "/static/a/%00",
        "/static/a/..%5c..%5cwin.ini",
    ],
)
def test_no_other_file_is_served_than_those_of_the_pages(visited: WebWorld, path: str) -> None:
    assert is_page(visited.stranger().get(path), 404)


def test_the_address_of_a_file_of_another_version_is_a_page_that_is_not_there(
    visited: WebWorld,
) -> None:
    path = visited.pages.assets.path_of("kvob.js")
    browser = visited.stranger()
    assert browser.get(path).status_code == 200
    assert is_page(browser.get(path.replace("/static/", "/static/0")), 404)


@pytest.mark.parametrize(
    "address",
    [
        "/estates?on=%00",
        "/estates?on=2026-01-01%00",
        "/estates?known_at=99999-01-01",
        "/estates?known_at=9999-12-31T23:59:59-14:00",
        "/estates?known_at=0001-01-01T00:00:00%2B14:00",
        "/live?after=-1",
        "/live?after=x",
        "/live?after=" + "9" * 400,
        "/calendar/%00.ics",
        "/estates/%00",
        "/calendar?month=0000-01",
        "/deadlines?from=x",
    ],
)
def test_what_cannot_be_is_told_and_no_defect(visited: WebWorld, address: str) -> None:
    assert is_page(visited.browser().get(address), 400)


@pytest.mark.parametrize(
    "address", ["/estates/%ff%fe", "/estates/%0d%0aX-Evil:1", "/calendar/x.ics"]
)
def test_a_place_that_is_none_is_not_there(visited: WebWorld, address: str) -> None:
    answer = visited.browser().get(address)
    assert is_page(answer, 404)
    assert "x-evil" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/x", "//evil.example", "/\\evil.example/x"])
def test_no_address_makes_a_link_to_another_site(visited: WebWorld, path: str) -> None:
    with InProcess(visited.app) as asking:
        answer = asking.ask("GET", path, {"accept": "text/html"})
    assert answer.status == 404
    links = re.findall(r'(?:href|src|action)="([^"]*)"', answer.body.decode())
    assert links
    assert [one for one in links if one.startswith(("//", "/\\", "http"))] == []
    assert "back=%2F%2F" not in answer.body.decode()


def test_what_somebody_typed_stays_text(visited: WebWorld) -> None:
    script = '"><script>alert(1)</script>'
    browser = visited.browser()
    for answer in (
        browser.get("/estates", params={"on": script}),
        browser.get("/estates", params={"lang": script, "q": script}),
        browser.get(f"/{script}"),
        browser.get("/estates", headers={"host": script, "traceparent": script}),
    ):
        assert "<script>alert" not in answer.text


def planted(world: WebWorld) -> TestClient:
    """A browser of pages of which one has a defect."""

    def broken(ask: Ask) -> Response:
        raise LookupError(f"secret of {ask.visitor.mandate.actor.person} in /var/lib/kvob.db")

    one = Screen("GET", "/broken", broken, None)
    entrance = entrance_of(world.engine, Api())
    world.app.router.routes.append(Route(one.path, screen_answered(world.pages, entrance, one)))
    return world.browser()


def test_a_defect_is_logged_under_a_reference_and_nothing_of_it_is_told(
    web_world: WebWorld, caplog: pytest.LogCaptureFixture
) -> None:
    answer = planted(web_world).get("/broken?lang=en")
    assert answer.status_code == 500
    assert "Nothing was done" in answer.text
    assert "secret" not in answer.text and "LookupError" not in answer.text
    trace = answer.headers["traceparent"].split("-")[1]
    assert f"unexpected, {trace}" in answer.text
    (told,) = [one for one in caplog.records if one.exc_info]
    assert trace in told.getMessage()


def test_a_store_that_is_gone_is_told_without_its_name(web_world: WebWorld) -> None:
    browser = web_world.browser()
    web_world.engine.close()
    answer = browser.get("/estates")
    assert is_page(answer, 503)
    assert answer.headers["retry-after"]
    assert "memory:" not in answer.text
