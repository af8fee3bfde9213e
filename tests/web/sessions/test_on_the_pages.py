"""Do the pages and the logins fit together? The whole way, as a browser goes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response as Answer

from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.testing import engine_at
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import Login, SessionKeys
from kvob_workflow.web.sessions.development import DevelopmentLogin
from kvob_workflow.web.sessions.oidc import OidcLogin
from tests.web.sessions.world import World

KEYS = SessionKeys([b"k" * 32])


@pytest.fixture
def engine(world: World) -> Iterator[Engine]:
    with engine_at("memory:", world.clock) as opened:
        yield opened


def _browser(engine: Engine, login: Login, address: str) -> TestClient:
    app = asgi_app(engine, Api(), pages=Pages(login=login, keys=KEYS))
    headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    return TestClient(app, base_url=address, headers=headers, follow_redirects=False)


def _form(answer: Answer) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    assert answer.status_code == 200, answer.text
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    return {name: unescape(value) for name, value in found}


@pytest.fixture
def browser(engine: Engine, world: World) -> TestClient:
    login = OidcLogin(world.rules(), KEYS, clock=world.clock)
    return _browser(engine, login, "https://kvob.example.org")


def _logged_in(browser: TestClient, world: World, answer: Answer) -> Answer:
    """After the login service; `answer` leads to the login."""
    onward = browser.get(answer.headers["Location"])
    return browser.get(world.issuer.log_in(onward.headers["Location"]))


def test_somebody_logs_in_chooses_a_role_and_logs_out(browser: TestClient, world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide"]
    answer = _logged_in(browser, world, browser.get("/estates?step=plan"))
    page = browser.get(answer.headers["Location"])
    assert "In welke rol werkt u?" in page.text
    answer = browser.post("/login/role", data={**_form(page), "role": "guide"})
    assert answer.headers["Location"] == "/estates?step=plan"
    page = browser.get("/estates?step=plan")
    assert "Anne de Vries" in page.text
    assert "/login/role?back=" in page.text
    answer = browser.post("/logout", data=_form(browser.get("/logout?lang=en")))
    page = browser.get(answer.headers["Location"])
    assert "U bent uitgelogd" in page.text
    assert f"{world.issuer.address}/end?client_id" in page.text
    assert browser.get("/estates").status_code == 303


def test_a_session_that_is_over_is_begun_anew_with_a_new_login(
    browser: TestClient, world: World
) -> None:
    _logged_in(browser, world, browser.get("/estates"))
    assert browser.get("/estates").status_code == 200
    world.clock.move_on(timedelta(minutes=31))
    answer = _logged_in(browser, world, browser.get("/estates?lang=en"))
    assert answer.headers["Location"] == "/estates?lang=en"
    assert browser.get("/estates?lang=en").status_code == 200


def test_a_refusal_of_the_login_is_a_page(browser: TestClient) -> None:
    answer = browser.get("/login/callback?code=x&state=y")
    assert answer.status_code == 403
    assert "niet in deze browser begonnen" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_developer_chooses_who_he_is(engine: Engine) -> None:
    login = DevelopmentLogin(KEYS, asked=True, host="127.0.0.1")
    browser = _browser(engine, login, "http://127.0.0.1:8321")
    page = browser.get("/login?back=/estates")
    assert "Als wie werkt u?" in page.text
    chosen = {**_form(page), "role": "auditor", "person": "p-eva"}
    answer = browser.post("/login", data=chosen)
    assert answer.headers["Location"] == "/estates"
    page = browser.get("/estates")
    assert "p-eva, auditor" in page.text
    assert "anybody" in page.headers["Kvob-Development-Mode"]
