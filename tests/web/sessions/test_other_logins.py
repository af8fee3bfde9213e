"""How do people come in by the host's own login, a proxy, or a developer's choice?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.requests import Request

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, Scope, scopes_of
from kvob_workflow.http.auth.access_errors import DevelopmentRefused
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.testing import SettableClock
from kvob_workflow.web.sessions import FormTokens, SessionKeys
from kvob_workflow.web.sessions.development import DevelopmentLogin
from kvob_workflow.web.sessions.hosts import HostLogin
from kvob_workflow.web.sessions.proxies import ProxyLogin
from tests.http.auth.login_service import NOW, TODAY, claims, signed, tokens
from tests.web.sessions.site import BASE, Browser, site

KEYS = SessionKeys([b"k" * 32])
NEEDED = StepUpNeeded(Scope.CERTIFICATES_DECIDE, (), 900)
LOCAL = "http://127.0.0.1:8321"


def _mandate(person: str) -> Mandate:
    actor = Actor(PersonId(person), "PVO Brabant", Role.GUIDE, "http")
    return Mandate(actor, scopes_of(Role.GUIDE), EVERYWHERE)


def _by_header(request: Request) -> Mandate | None:
    person = request.headers.get("x-host-user")
    return None if person is None else _mandate(person)


def _name(request: Request) -> str:
    return request.headers["x-host-user"].capitalize()


@pytest.fixture
def hosted() -> Browser:
    login = HostLogin(_by_header, login_url="/accounts/login?next={back}", name_of=_name)
    return Browser(site(login, FormTokens(KEYS)))


def test_the_host_says_who_is_there(hosted: Browser) -> None:
    answer = hosted.get(f"{BASE}/", x_host_user="p-1")
    told = answer.json()
    assert (told["person"], told["name"], told["ends_at"]) == ("p-1", "P-1", None)
    assert "__Host-kvob-browser" in answer.headers["set-cookie"]
    assert "set-cookie" not in hosted.get(f"{BASE}/", x_host_user="p-1").headers
    assert hosted.get(f"{BASE}/").status_code == 303


def test_the_forms_of_a_host_are_of_one_person_in_one_browser(hosted: Browser) -> None:
    token = {"form_token": hosted.get(f"{BASE}/", x_host_user="p-1").json()["form_token"]}
    assert hosted.send(f"{BASE}/do", token, x_host_user="p-1").json()["done"]
    answer = hosted.send(f"{BASE}/do", token, x_host_user="p-2")
    assert answer.json()["code"] == "form-not-ours"
    hosted.client.cookies.clear()
    answer = hosted.send(f"{BASE}/do", token, x_host_user="p-1")
    assert answer.json()["code"] == "form-not-ours"


def test_the_host_has_the_pages_to_log_in_and_out() -> None:
    login = HostLogin(_by_header, login_url="/in?next={back}", logout_url="/out")
    assert login.way_in("/board/x?a=b&c") == "/in?next=%2Fboard%2Fx%3Fa%3Db%26c"
    assert login.way_up(NEEDED, "/x") == "/in?next=%2Fx"
    assert (login.way_out(), list(login.routes())) == ("/out", [])
    bare = HostLogin(_by_header)
    assert (bare.way_in("/x"), bare.way_up(NEEDED, "/x"), bare.way_out()) == (None, None, None)
    stronger = HostLogin(_by_header, step_up_url="/up?next={back}")
    assert stronger.way_up(NEEDED, "/x") == "/up?next=%2Fx"


@pytest.fixture
def behind() -> Browser:
    door = tokens(SettableClock(TODAY))
    login = ProxyLogin(door, login_url="/oauth2/start?rd={back}")
    return Browser(site(login, FormTokens(KEYS)))


def test_the_token_that_a_proxy_brings_says_who_is_there(behind: Browser) -> None:
    assert behind.get(f"{BASE}/").status_code == 303
    brought = {"authorization": f"Bearer {signed()}"}
    told = behind.get(f"{BASE}/", **brought).json()
    assert told["role"] == "guide"
    form = {"form_token": told["form_token"]}
    assert behind.send(f"{BASE}/do", form, **brought).json()["done"]
    answer = behind.send(f"{BASE}/do", {"form_token": "x"}, **brought)
    assert answer.json()["code"] == "form-not-ours"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"exp": NOW - 60}, "token-expired"),
        ({"roles": []}, "role-missing"),
        ({"roles": ["kvob-guide", "kvob-auditor"]}, "role-unclear"),
    ],
)
def test_a_token_that_is_not_taken_is_told(
    behind: Browser, changes: Mapping[str, Any], code: str
) -> None:
    token = signed(claims(**changes))
    assert behind.get(f"{BASE}/", authorization=f"Bearer {token}").json()["code"] == code


def test_a_proxy_names_the_role_of_who_has_several(behind: Browser) -> None:
    token = signed(claims(roles=["kvob-guide", "kvob-auditor"]))
    answer = behind.get(f"{BASE}/", authorization=f"Bearer {token}", kvob_role="auditor")
    assert answer.json()["role"] == "auditor"


def test_the_proxy_has_the_pages_to_log_in_and_out() -> None:
    login = ProxyLogin(tokens(), login_url="/in?rd={back}", logout_url="/out?rd={back}")
    assert login.way_in("/x y") == login.way_up(NEEDED, "/x y") == "/in?rd=%2Fx%20y"
    assert (login.way_out(), list(login.routes())) == ("/out?rd=%2F", [])
    assert (ProxyLogin(tokens()).way_in("/x"), ProxyLogin(tokens()).way_out()) == (None, None)


@pytest.fixture
def developer() -> Browser:
    login = DevelopmentLogin(KEYS, asked=True, host="127.0.0.1")
    return Browser(site(login, FormTokens(KEYS)), LOCAL)


def _choice(browser: Browser, **chosen: str) -> dict[str, str]:
    page = browser.get(f"{BASE}/login?back=/board/x").json()
    return {**page["chosen"], "form_token": page["form_token"], "back": page["back"], **chosen}


def test_a_developer_is_a_guide_until_he_chooses(developer: Browser) -> None:
    seen = developer.seen()
    assert (seen["role"], seen["person"], len(seen["roles"])) == ("guide", "developer", 11)
    form = _choice(developer, role="auditor", person="P-Eva", organisation="Bureau Cért, Breda")
    answer = developer.send(f"{BASE}/login", form)
    assert answer.headers["Location"] == f"{BASE}/x"
    seen = developer.seen()
    assert (seen["role"], seen["person"]) == ("auditor", "p-eva")
    page = developer.get(f"{BASE}/login").json()
    assert page["chosen"]["organisation"] == "Bureau Cért, Breda"
    assert (page["back"], page["template"]) == (f"{BASE}/", "login_development.html")


def test_a_developer_names_municipalities_on_lines_or_with_commas(developer: Browser) -> None:
    form = _choice(developer, role="municipality", municipalities="Goes\r\nVeere, Sluis\n")
    assert developer.send(f"{BASE}/login", form).status_code == 303
    page = developer.get(f"{BASE}/login").json()
    assert page["chosen"]["municipalities"] == "Goes, Veere, Sluis"


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"role": "alarm"}, "role"),
        ({"role": "boss"}, "role"),
        ({"person": "Eva!"}, "person"),
        ({"role": "municipality", "organisation": "X"}, "municipalities"),
        ({"role": "auditor", "municipalities": "Goes"}, "organisation"),
        ({"organisation": "x" * 1_001}, "organisation"),
    ],
)
def test_who_cannot_be_is_told_by_the_field(
    developer: Browser, chosen: dict[str, str], told: str
) -> None:
    answer = developer.send(f"{BASE}/login", _choice(developer, **chosen)).json()
    assert answer["code"] == "actor-not-possible"
    assert answer["told"].endswith(f"again: {told}.")
    assert developer.seen()["role"] == "guide"


def test_every_answer_to_a_developer_says_what_this_is(developer: Browser) -> None:
    for path in (f"{BASE}/", f"{BASE}/login"):
        assert "anybody" in developer.get(path).headers["Kvob-Development-Mode"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.org", ""])
def test_the_developers_login_is_for_this_machine_alone(host: str) -> None:
    with pytest.raises(DevelopmentRefused):
        DevelopmentLogin(KEYS, asked=True, host=host)
    with pytest.raises(DevelopmentRefused):
        DevelopmentLogin(KEYS, asked=False, host="127.0.0.1")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"x_forwarded_for": "10.0.0.1"},
        {"via": "1.1 x"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
        {"origin": "https://evil.example"},
    ],
)
def test_a_developers_page_is_not_for_others(developer: Browser, headers: dict[str, str]) -> None:
    for path in (f"{BASE}/", f"{BASE}/login"):
        assert developer.get(path, **headers).json()["code"] == "development-header"


def test_a_link_of_another_site_may_be_followed_and_a_form_may_not(developer: Browser) -> None:
    cross = {
        "sec_fetch_site": "cross-site",
        "sec_fetch_mode": "navigate",
        "sec_fetch_dest": "document",
    }
    assert developer.get(f"{BASE}/", **cross).status_code == 200
    form = _choice(developer, role="operator")
    for path in (f"{BASE}/login", f"{BASE}/do"):
        answer = developer.send(path, form, **cross)
        assert answer.json()["code"] == "development-header"


def test_a_choice_without_our_form_is_not_taken(developer: Browser) -> None:
    developer.seen()
    answer = developer.send(f"{BASE}/login", {"role": "operator", "form_token": "x"})
    assert answer.json()["code"] == "form-not-ours"


def test_a_choice_that_was_altered_counts_for_nothing(developer: Browser) -> None:
    developer.send(f"{BASE}/login", _choice(developer, role="operator"))
    assert developer.seen()["role"] == "operator"
    text = developer.cookie("kvob-actor") or ""
    developer.bring("kvob-actor", text[:-4] + "AAAA")
    assert developer.seen()["role"] == "guide"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"role=guide&" + b"x=" + b"y" * 20_001, "application/x-www-form-urlencoded"),
        (b"&".join([b"a=b"] * 60), "application/x-www-form-urlencoded"),
        (b"\xff", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"x", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_form_of_ours_is_not_read(developer: Browser, body: bytes, kind: str) -> None:
    headers = {"content-type": kind}
    answer = developer.client.post(f"{BASE}/login", content=body, headers=headers)
    assert answer.json()["code"] == "login-form-malformed"


def test_nothing_is_held_back_from_a_developer() -> None:
    login = DevelopmentLogin(KEYS, asked=True, host="::1")
    assert (login.way_up(NEEDED, "/x"), login.way_out()) == (None, None)
