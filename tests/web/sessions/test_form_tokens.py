"""Whose form is it? One that this site gave to this person, in this role, in this browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kvob_workflow.web.sessions import SessionKeys
from tests.web.sessions.site import BASE, Browser
from tests.web.sessions.world import BROWSER, KEY, World


def _sent(browser: Browser, token: str, **headers: str) -> str:
    """Done, or the code of the refusal."""
    answer = browser.send(f"{BASE}/do", {"form_token": token}, **headers)
    told = answer.json()
    return "done" if told.get("done") else str(told.get("code", answer.status_code))


def test_a_form_of_this_site_is_taken_more_than_once(world: World) -> None:
    token = world.log_in()["form_token"]
    assert [_sent(world.browser, token) for _ in range(2)] == ["done", "done"]


def test_each_form_has_another_text(world: World) -> None:
    first, second = world.log_in()["form_token"], world.browser.seen()["form_token"]
    assert first != second
    assert [_sent(world.browser, one) for one in (first, second)] == ["done", "done"]


@pytest.mark.parametrize(
    "token", ["", "x", "A" * 86, "A" * 85, "A" * 87, "é" * 86, "=" * 86, "A" * 100_000]
)
def test_what_is_no_token_is_refused(world: World, token: str) -> None:
    world.log_in()
    assert _sent(world.browser, token) == "form-not-ours"


def test_one_altered_character_is_found_out(world: World) -> None:
    token = world.log_in()["form_token"]
    for place in range(0, 85, 5):  # of the last one some bits carry nothing
        other = "A" if token[place] != "A" else "B"
        assert _sent(world.browser, token[:place] + other + token[place + 1 :]) == "form-not-ours"


def test_the_form_of_somebody_else_is_refused(world: World) -> None:
    his = world.log_in()["form_token"]
    world.issuer.person["sub"] = "another"
    world.log_in()  # in the same browser
    assert _sent(world.browser, his) == "form-not-ours"


def test_the_form_of_the_same_person_in_another_browser_is_refused(world: World) -> None:
    his = world.log_in()["form_token"]
    world.browser = Browser(world.opened())
    world.log_in()
    assert _sent(world.browser, his) == "form-not-ours"


def test_a_form_survives_the_end_of_the_session_and_a_restart(world: World) -> None:
    token = world.log_in()["form_token"]
    world.clock.move_on(timedelta(hours=11))
    assert _sent(world.browser, token) == "401"
    world.with_settings()
    world.log_in()
    assert _sent(world.browser, token) == "done"


def test_a_form_survives_a_change_of_keys(world: World) -> None:
    token = world.log_in()["form_token"]
    world.with_settings(SessionKeys([b"n" * 32, KEY]))
    assert _sent(world.browser, token) == "done"
    world.with_settings(SessionKeys([b"n" * 32]))
    world.log_in()
    assert _sent(world.browser, token) == "form-not-ours"


def test_what_was_filled_in_for_one_role_is_not_done_in_another(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide"]
    world.come_back()
    tokens: list[str] = []
    for role in ("auditor", "guide"):
        page = world.browser.get(f"{BASE}/login/role").json()
        form = {"form_token": page["form_token"], "role": role, "back": f"{BASE}/"}
        world.browser.send(f"{BASE}/login/role", form)
        tokens.append(world.browser.seen()["form_token"])
    assert [_sent(world.browser, one) for one in tokens] == ["form-not-ours", "done"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "SAME-ORIGIN"])
def test_a_form_that_another_site_sends_is_refused_whatever_its_token(
    world: World, site: str
) -> None:
    assert _sent(world.browser, world.log_in()["form_token"], sec_fetch_site=site) == (
        "form-not-ours"
    )


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("https://kvob.example.org", "done"),
        ("https://evil.example", "form-not-ours"),
        ("https://kvob.example.org.evil.example", "form-not-ours"),
        ("https://kvob.example.org:8443", "form-not-ours"),
        ("null", "form-not-ours"),
        ("", "form-not-ours"),
    ],
)
def test_an_old_browser_says_by_its_origin_where_a_form_comes_from(
    world: World, origin: str, told: str
) -> None:
    token = world.log_in()["form_token"]
    answer = world.browser.client.post(
        f"{BASE}/do", data={"form_token": token}, headers={"origin": origin}
    )
    assert answer.json().get("code", "done") == told


def test_a_browser_that_says_nothing_is_judged_by_the_token(world: World) -> None:
    token = world.log_in()["form_token"]
    assert world.browser.client.post(f"{BASE}/do", data={"form_token": token}).json()["done"]
    answer = world.browser.client.post(f"{BASE}/do", data={"form_token": "A" * 86})
    assert answer.json()["code"] == "form-not-ours"


def test_another_text_for_the_browser_changes_nothing_for_who_is_logged_in(world: World) -> None:
    token = world.log_in()["form_token"]
    world.browser.bring(BROWSER, "A" * 43)
    assert _sent(world.browser, token) == "done"
