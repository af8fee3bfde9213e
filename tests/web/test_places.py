"""Where do the pages stand? Below a mount, a prefix or a proxy; every link leads back there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from httpx2 import Response as Answer
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, scopes_of
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.testing import SettableClock, engine_at
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from kvob_workflow.web.sessions.development import DevelopmentLogin
from kvob_workflow.web.sessions.hosts import HostLogin
from tests.http.two_regions import HERE, THERE, TODAY, settle

_LINKS = re.compile(r'(?:href|src|action)="([^"#][^"]*)"')
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(TODAY)) as opened:
        settle(opened)
        yield opened


def whole(engine: Engine) -> FastAPI:
    """Pages and API, as whoever a developer chooses to be."""
    keys = SessionKeys()
    login = DevelopmentLogin(keys, asked=True, host="127.0.0.1")
    return asgi_app(engine, Api(), pages=Pages(login=login, keys=keys))


def links_of(answer: Answer) -> set[str]:
    """Where a page leads to, and what it loads."""
    found = {unescape(one) for one in _LINKS.findall(answer.text)}
    assert len(found) > 5
    return found


def visiting(app: ASGIApp, root_path: str = "", **headers: str) -> TestClient:
    """A browser on this machine."""
    told = {"accept": "text/html", "sec-fetch-site": "same-origin", **headers}
    return TestClient(
        app, base_url=LOCAL, root_path=root_path, headers=told, follow_redirects=False
    )


def mounted(app: FastAPI) -> ASGIApp:
    host = FastAPI()
    host.mount("/kvob", app)
    return host


def mounted_twice(app: FastAPI) -> ASGIApp:
    return Starlette(routes=[Mount("/a", routes=[Mount("/b c", app)])])


@pytest.mark.parametrize(
    ("place", "at"), [(mounted, "/kvob"), (mounted_twice, "/a/b%20c")], ids=["once", "twice"]
)
@pytest.mark.parametrize("path", ["/estates", f"/estates/{HERE.id}", "/nothing", "/static/x/y.css"])
def test_below_a_mount_every_link_is_below_it(
    engine: Engine, place: Callable[[FastAPI], ASGIApp], at: str, path: str
) -> None:
    answer = visiting(place(whole(engine))).get(f"{at}{path}")
    assert answer.status_code == (404 if path in ("/nothing", "/static/x/y.css") else 200)
    assert {one for one in links_of(answer) if not one.startswith(f"{at}/")} == set()


@pytest.mark.parametrize("is_stripped", [True, False])
@pytest.mark.parametrize("path", ["/estates", f"/estates/{HERE.id}", "/nothing"])
def test_behind_a_proxy_the_root_path_of_the_server_stands_before_every_link(
    engine: Engine, path: str, is_stripped: bool
) -> None:
    browser = visiting(whole(engine), "/proxied")
    asked = path if is_stripped else f"/proxied{path}"  # as FastAPI, and as uvicorn gives it
    answer = browser.get(asked)
    assert {one for one in links_of(answer) if not one.startswith("/proxied/")} == set()
    if path == "/nothing":
        return
    (role,) = {one for one in links_of(answer) if one.startswith("/proxied/login?")}
    assert role == f"/proxied/login?back=%2Fproxied{path.replace('/', '%2F')}"
    page = browser.get(role if not is_stripped else role.removeprefix("/proxied"))
    token = _TOKEN.findall(page.text)[0]
    told = {"form_token": token, "role": "auditor", "person": "p-1", "back": f"/proxied{path}"}
    chosen = browser.post("/login" if is_stripped else "/proxied/login", data=told)
    assert (chosen.status_code, chosen.headers["location"]) == (303, f"/proxied{path}")


@pytest.mark.parametrize("header", ["x-forwarded-prefix", "x-script-name", "x-forwarded-path"])
def test_no_header_moves_the_pages(engine: Engine, header: str) -> None:
    # Behind another proxy a developer is let in nowhere, so that a host's login is asked.
    pages = Pages(login=HostLogin(_north, login_url="/in?next={back}"), keys=SessionKeys())
    app = asgi_app(engine, Api(), pages=pages)
    moved, plain = (
        visiting(app, **headers).get("/estates") for headers in ({header: "//evil.example"}, {})
    )
    assert links_of(moved) == links_of(plain)


def _of(mark: str, place: str) -> Callable[[Request], Mandate | None]:
    """A login of a host that lets everybody in, as a guide for one municipality."""
    reach = Reach(bonds=frozenset({Bond.to(BondKind.MUNICIPALITY, place)}))
    mandate = Mandate(Actor(PersonId(f"p-{mark}"), None, Role.GUIDE), scopes_of(Role.GUIDE), reach)
    return lambda request: None if "x-nobody" in request.headers else mandate


_north, _south = _of("north", HERE.place), _of("south", THERE.place)


@pytest.fixture
def both(engine: Engine) -> TestClient:
    """Two sets of pages of one engine in one process: each shows one region."""
    host = FastAPI()
    for place, who in (("/north", _north), ("/south", _south)):
        login = HostLogin(who, login_url=f"/in{place}?next={{back}}")
        pages = Pages(login=login, keys=SessionKeys())
        host.mount(place, asgi_app(engine, Api(), pages=pages))
    return visiting(host)


def test_two_copies_in_one_process_show_each_their_own(both: TestClient) -> None:
    for place, own, other in (("/north", HERE, THERE), ("/south", THERE, HERE)):
        shown = both.get(f"{place}/estates")
        assert own.mark in shown.text
        assert other.mark not in shown.text
        assert both.get(f"{place}/estates/{own.id}").status_code == 200
        hidden = both.get(f"{place}/estates/{other.id}")
        assert hidden.status_code in (403, 404)
        assert other.mark not in hidden.text


def test_the_form_of_one_copy_is_not_taken_by_the_other(both: TestClient) -> None:
    path = "do/register_estate"
    token = _TOKEN.findall(both.get(f"/north/{path}").text)[0]
    told = {"form_token": token, "name": "De Hoek", "municipalities.0": HERE.place}
    assert both.post(f"/north/{path}", data=told).status_code == 200
    assert both.post(f"/south/{path}", data=told).status_code == 403


def test_the_login_of_the_host_stands_where_the_host_says(both: TestClient) -> None:
    answer = both.get("/south/estates?lang=en", headers={"x-nobody": "1"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/in/south?next=%2Fsouth%2Festates%3Flang%3Den"
