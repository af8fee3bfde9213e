"""Is an answer the same whichever way it went, to the byte? A table of requests, by both ways."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.http import Api, asgi_app, router
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.http.short_way import Given, ShortWay
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.auth.login_service import TODAY, access, claims, key_set, signed

Headers = tuple[tuple[str, str], ...]
Told = tuple[int, list[tuple[bytes, bytes]], bytes]

TRACE: Final = ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
_SPAN: Final = slice(0, 36)  # the id of our own span, after it, is new in every answer


def who(*roles: str, **other: object) -> tuple[str, str]:
    """The header that somebody comes in with."""
    return ("Authorization", "Bearer " + signed(claims(roles=list(roles), **other)))


MANAGER: Final = who("kvob-scheme_manager")
GOES: Final = who("kvob-municipality", municipalities=["Goes"])
EXPIRED: Final = who("kvob-scheme_manager", exp=1)
TWO_ROLES: Final = who("kvob-scheme_manager", "kvob-guide")

WITH_HEADERS: Final[dict[str, Headers]] = {
    "somebody who sees all": (MANAGER,),
    "somebody who sees this": (GOES,),
    "nobody (401)": (),
    "a token that has ended (401)": (EXPIRED,),
    "no role (403)": (who(),),
    "two roles, none chosen": (TWO_ROLES,),
    "two roles, one chosen": (TWO_ROLES, ("Kvob-Role", "scheme_manager")),
    "a role not held": (MANAGER, ("Kvob-Role", "guide")),
    "a role without the scope": (who("kvob-public"),),
    "credentials twice": (MANAGER, MANAGER),
    "other credentials behind": (MANAGER, GOES),
    "another scheme": (("Authorization", "Basic a2I6a2I="),),
    "nothing after the scheme": (("Authorization", "Bearer "),),
    "a letter that is no ASCII": (("Authorization", "Bearer \xe9"),),
    "a form that there is": (MANAGER, ("Accept", "text/html;q=0.5, application/*;q=0.1")),
    "a form that there is not": (MANAGER, ("Accept", "text/html")),
    "English": (("Accept-Language", "en, nl;q=0.5"),),
    "two languages": (("Accept-Language", "nl"), ("Accept-Language", "en")),
    "its version": (MANAGER, ("If-None-Match", '"1"')),
    "another version": (MANAGER, ("If-None-Match", '"7"')),
    "headers too large": (MANAGER, ("X-Long", "x" * 33_000)),
    "a page of another origin": (MANAGER, ("Origin", "https://kvob.example.org")),
    "a page that may not": (MANAGER, ("Origin", "https://other.example.org")),
    "a trace that is none": (MANAGER, ("traceparent", "00-zz")),
}
HERE: Final = "/v1/estates/{estate}/status"
REQUESTS: Final = (
    *(("GET", path) for path in (HERE, "/v1/estates/{estate}")),
    *(("GET", path) for path in ("/v1/estates/{elsewhere}/status", "/v1/estates/{elsewhere}")),
    *(("GET", f"/v1/estates/{one}/status") for one in ("f" * 32, "F" * 32, "abc", "%00", "a%2Fb")),
    *(("GET", f"/v1/estates/{one}") for one in ("f" * 32, "F" * 32, "abc", "f" * 33, "%C3%A9")),
    ("GET", HERE + "?on=2026-11-23"),
    ("GET", HERE + "?on=yesterday"),
    ("GET", HERE + "?strange=1"),
    ("GET", HERE + "?"),
    ("GET", HERE + "%0A"),
    ("GET", HERE + "/"),
    ("GET", HERE + "%2F"),
    ("GET", "/v1//estates/{estate}"),
    ("GET", "/v1/estates/{estate}//status"),
    ("GET", "/v2/estates/{estate}"),
    ("GET", "/v1/estates/{estate}/history"),
    *((method, HERE) for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "QUERY")),
)


@dataclass(frozen=True)
class Sides:
    """The same engine and settings, twice: with the short way and without."""

    short: ASGIApp
    long: ASGIApp
    estate: str
    elsewhere: str

    @property
    def apps(self) -> tuple[ASGIApp, ASGIApp]:
        return self.short, self.long

    def agree(self, method: str, path: str, headers: Headers = (), below: str = "") -> Told:
        """What both tell, who are seen to tell the same."""
        path = below + path.format(estate=self.estate, elsewhere=self.elsewhere)
        asked = (TRACE, *headers)
        short, long = (asyncio.run(_told(app, method, path, asked)) for app in self.apps)
        assert short == long
        return short


async def _told(app: ASGIApp, method: str, path: str, headers: Headers) -> Told:
    """Asked as a server asks: a client would not send all of these headers."""
    raw_path, _, query = path.encode("latin-1").partition(b"?")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path.decode()),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": [(one.lower().encode(), value.encode("latin-1")) for one, value in headers],
        "client": ("192.0.2.1", 50_000),
        "server": ("kvob.example.org", 80),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    raw = [
        (name, value[_SPAN] if name == b"traceparent" else value)
        for name, value in sent[0]["headers"]
    ]
    return sent[0]["status"], raw, b"".join(one.get("body", b"") for one in sent[1:])


def without_short_way(app: FastAPI) -> FastAPI:
    """An application in which FastAPI looks for every route."""
    app.user_middleware[:] = [one for one in app.user_middleware if one.cls is not ShortWay]
    for route in app.routes:
        if isinstance(route, APIRoute) and hasattr(route, "straight"):
            vars(route)["straight"] = None
    return app


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[Engine, Api, tuple[str, str]]]:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        names = (("De Hoek", "Goes"), ("De Bocht", "Veere"))
        here, elsewhere = (
            engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
            for name, place in names
        )
        door = BearerTokens(access(), clock=clock, fetch=key_set)
        api = Api(authenticator=door, origins=("https://kvob.example.org",))
        yield engine, api, (here, elsewhere)


@pytest.fixture(scope="module")
def sides(made: tuple[Engine, Api, tuple[str, str]]) -> Sides:
    engine, api, estates = made
    return Sides(asgi_app(engine, api), without_short_way(asgi_app(engine, api)), *estates)


@pytest.mark.parametrize("headers", WITH_HEADERS.values(), ids=WITH_HEADERS.keys())
def test_whoever_asks_hears_the_same(sides: Sides, headers: Headers) -> None:
    for path in (HERE, "/v1/estates/{estate}", "/v1/estates/{elsewhere}/status"):
        sides.agree("GET", path, headers)
        sides.agree("GET", path, headers)  # the second time the credentials are at hand


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_whatever_is_asked_is_answered_the_same(sides: Sides, method: str, path: str) -> None:
    for headers in ((MANAGER,), (GOES,), ()):
        sides.agree(method, path, headers)


def test_the_table_holds_every_kind_of_answer(sides: Sides) -> None:
    """So that both ways do not agree on nothing."""
    told = {sides.agree("GET", HERE, one)[0] for one in WITH_HEADERS.values()}
    told |= {sides.agree(method, path, (GOES,))[0] for method, path in REQUESTS}
    assert told >= {200, 204, 400, 401, 403, 404, 405, 406, 431}


def test_bounds_hold_on_both_ways(made: tuple[Engine, Api, tuple[str, str]]) -> None:
    engine, api, estates = made
    for bound, status in (({"a_minute": 2, "monotonic": lambda: 0.0}, 429), ({"at_once": 0}, 503)):
        chosen: dict[str, Any] = {"authenticator": api.authenticator, **bound}
        long = without_short_way(asgi_app(engine, Api(**chosen)))
        sides = Sides(asgi_app(engine, Api(**chosen)), long, *estates)
        assert [sides.agree("GET", HERE, (MANAGER,))[0] for _ in range(3)][-1] == status


def test_in_a_hosts_application_it_is_the_same(
    made: tuple[Engine, Api, tuple[str, str]], sides: Sides
) -> None:
    engine, api, estates = made
    hosts = (FastAPI(), FastAPI())
    for host, app in zip(hosts, (sides.short, sides.long), strict=True):
        host.mount("/kvob", app)
    mounted = Sides(*hosts, *estates)
    for path in (HERE, "/v1/estates/{estate}", "/v1/estates/abc", "/v1/estates/{elsewhere}"):
        for headers in ((MANAGER,), (GOES,), ()):
            mounted.agree("GET", path, headers, "/kvob")
            mounted.agree("GET", path, headers)
    included, plain = FastAPI(), FastAPI()
    included.include_router(router(engine, api), prefix="/kvob")
    plain.mount("/kvob", sides.long)
    assert Sides(included, plain, *estates).agree("GET", HERE, (GOES,), "/kvob")[0] == 200


def test_what_a_host_adds_to_the_application_stands_around_the_short_way(
    made: tuple[Engine, Api, tuple[str, str]],
) -> None:
    engine, api, estates = made
    app = asgi_app(engine, api)
    asked: list[str] = []

    class Watching:
        def __init__(self, app: ASGIApp) -> None:
            self._app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await self._app(scope, receive, send)
            asked.append(scope["route"].path)

    app.add_middleware(Watching)
    with TestClient(app) as client:
        answer = client.get(f"/v1/estates/{estates[0]}/status", headers=dict((MANAGER,)))
    assert (answer.status_code, asked[-1]) == (200, "/v1/estates/{estateId}/status")


def test_the_short_way_is_gone(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short way that is never gone would agree with everything."""
    went: list[str] = []
    answered = Given.__init__

    def watched(given: Given, scope: Scope, receive: Receive) -> None:
        went.append(scope["route"].path)
        answered(given, scope, receive)

    monkeypatch.setattr(Given, "__init__", watched)
    for path in (HERE, "/v1/estates/{estate}", HERE + "?on=2026-11-23", "/v1/estates/abc/status"):
        sides.agree("GET", path, (MANAGER,))
    assert went == ["/v1/estates/{estateId}/status", "/v1/estates/{estateId}"]
