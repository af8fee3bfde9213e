"""Does `kvob serve` offer the pages to whom the access file lets in, as the keeper wants them?"""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from httpx2 import Client

from kvob_workflow.clock import SystemClock
from tests.cli.conftest import Kvob
from tests.cli.test_serve import PATIENCE, serving
from tests.web.sessions.issuer import CLIENT, Issuer
from tests.web.sessions.issuer import serving as login_service

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to hear")
_HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with login_service(SystemClock()) as found:  # the process that is served has no other clock
        yield found


def access_file(folder: Path, issuer: Issuer, login: str) -> str:
    """An access file for this login service."""
    path = folder / "access.toml"
    path.write_text(
        f'[issuer]\naddress = "{issuer.address}"\naudience = "kvob"\n'
        '[claims]\nroles = "roles"\norganisation = "organisation"\n'
        f'[roles]\n"kvob-guide" = "guide"\n{login}',
        "utf-8",
    )
    return str(path)


def browsing(address: str) -> Client:
    """A browser; it follows nothing by itself."""
    headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    return Client(base_url=address, headers=headers, timeout=PATIENCE)


def test_people_log_in_at_the_login_service_and_out_again(
    store: str, tmp_path: Path, issuer: Issuer, call: Kvob
) -> None:
    key = tmp_path / "session.key"
    assert call("session", "init", str(key)).code == 0
    login = f'[login]\nclient_id = "{CLIENT}"\nsession_keys = ["{key}"]\n'
    file = access_file(tmp_path, issuer, login)
    with serving(store, tmp_path, "--access", file, "--lang", "nl") as (_, address, told):
        assert f"Het bord staat op {address}/" in told
        with browsing(address) as browser:
            to_login = browser.get("/estates?lang=en").headers["location"]
            to_service = browser.get(to_login).headers["location"]
            assert f"redirect_uri={address.replace(':', '%3A').replace('/', '%2F')}" in to_service
            back = browser.get(issuer.log_in(to_service))
            assert (back.status_code, back.headers["location"]) == (303, "/estates?lang=en")
            assert "Anne de Vries" in browser.get("/estates?lang=en").text
            # A cookie is no credential of the API.
            assert browser.get("/v1/estates").status_code == 401
            kept = dict(browser.cookies)
    # After a restart, with the same key, he is still logged in.
    with (
        serving(store, tmp_path, "--access", file) as (_, address, _),
        browsing(address) as browser,
    ):
        browser.cookies.update(kept)
        assert browser.get("/estates").status_code == 200
        page = browser.get("/logout")
        form = {name: unescape(value) for name, value in _HIDDEN.findall(page.text)}
        out = browser.post("/logout", data=form)
        assert out.headers["location"] == "/logged-out"
        assert f"{issuer.address}/end?" in browser.get("/logged-out").text
        assert browser.get("/estates").status_code == 303


def test_without_a_login_for_people_there_is_the_api_alone(
    store: str, tmp_path: Path, issuer: Issuer
) -> None:
    file = access_file(tmp_path, issuer, "")
    with serving(store, tmp_path, "--access", file, "--lang", "nl") as (_, address, told):
        assert "Alleen de API, geen pagina's" in told
        with browsing(address) as browser:
            assert browser.get("/estates").status_code == 404
            assert browser.get("/v1/estates").status_code == 401


def test_pages_can_be_left_out(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, "--development", "--no-pages", "--lang", "en") as served:
        _, address, told = served
        assert "The API alone, no pages" in told
        with browsing(address) as browser:
            assert browser.get("/estates").status_code == 404
            answer = browser.get("/v1/estates", headers={"accept": "application/json"})
            assert answer.status_code == 200


def test_a_municipality_has_its_own_title_and_house_style(store: str, tmp_path: Path) -> None:
    theme = tmp_path / "style.css"
    theme.write_text(":root { --basis-color-accent-1-bg-default: #004699 }\n", "utf-8")
    options = ("--development", "--title", "KVO <Baarn>", "--theme", str(theme))
    with (
        serving(store, tmp_path, *options) as (_, address, _),
        browsing(address) as browser,
    ):
        page = browser.get("/estates").text
        assert "KVO &lt;Baarn&gt;</title>" in page
        (found,) = re.findall(r'href="([^"]+/theme\.css)"', page)
        assert browser.get(found).text == theme.read_text("utf-8")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_house_style_that_cannot_be_read_is_told_before_anything_begins(
    call: Kvob, tmp_path: Path, language: str
) -> None:
    file = str(tmp_path / "none.css")
    refusal = call("serve", "--development", "--theme", file, "--lang", language)
    assert refusal.code == 2
    assert file in refusal.err
    assert "--theme" in refusal.err


def test_a_key_of_sessions_is_for_its_owner_alone_and_never_overwritten(
    call: Kvob, tmp_path: Path
) -> None:
    file = tmp_path / "session.key"
    made = call("session", "init", str(file), "--lang", "nl")
    assert (made.code, made.out + made.err) != (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert content.strip().decode() not in made.out + made.err
    again = call("session", "init", str(file), "--json")
    assert again.code == 2
    assert again.error()["code"] == "session-key-unusable"
    assert file.read_bytes() == content
    nowhere = call("session", "init", str(tmp_path / "no" / "such.key"))
    assert nowhere.code == 2


def test_a_key_of_sessions_that_is_none_is_told_at_the_start(
    call: Kvob, tmp_path: Path, issuer: Issuer
) -> None:
    (tmp_path / "bad.key").write_text("secret of ours\n", "utf-8")
    login = f'[login]\nclient_id = "{CLIENT}"\nsession_keys = ["{tmp_path / "bad.key"}"]\n'
    refusal = call("serve", "--access", access_file(tmp_path, issuer, login))
    assert refusal.code == 2
    assert "bad.key" in refusal.err
    assert "secret of ours" not in refusal.err


def test_the_first_page_is_prepared_by_itself(sample_store: str, tmp_path: Path) -> None:
    copy = tmp_path / "kvob.db"
    shutil.copy(sample_store.removeprefix("sqlite:///"), copy)
    with serving(f"sqlite:///{copy}", tmp_path, "--development") as (_, address, _):
        headers = {"Kvob-Role": "operator", "Kvob-Person": "p-eva"}

        def standings() -> set[str]:
            asked = Request(f"{address}/v1/projections", headers=headers)
            with urlopen(asked, timeout=PATIENCE) as answer:
                items: list[dict[str, Any]] = json.load(answer)["items"]
            return {one["standing"] for one in items if one["kind"] == "followed"}

        assert _becomes(standings, {"current"})


def _becomes(ask: Callable[[], object], wanted: object) -> bool:
    """Whether it is so within some hundred requests."""
    return any(ask() == wanted for _ in range(2_000))
