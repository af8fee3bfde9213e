"""How long is somebody logged in, and what ends it? Nobody stays by changing his cookie."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from kvob_workflow.testing import SettableClock
from kvob_workflow.web.sessions import SessionKeys
from kvob_workflow.web.sessions.ended import Ended
from tests.http.auth.login_service import TODAY
from tests.web.sessions.site import BASE, Browser
from tests.web.sessions.world import BROWSER, KEY, SESSION, World

NEWER = b"n" * 32


def test_who_does_nothing_for_half_an_hour_logs_in_anew(world: World) -> None:
    world.log_in()
    world.clock.move_on(timedelta(minutes=29, seconds=59))
    assert world.browser.seen()["role"] == "guide"
    world.clock.move_on(timedelta(minutes=30))
    assert world.browser.get(f"{BASE}/").status_code == 303


def test_whoever_stays_busy_logs_in_anew_after_ten_hours(world: World) -> None:
    world.log_in()
    for _ in range(29):
        world.clock.move_on(timedelta(minutes=20))
        world.browser.seen()
    assert (
        world.browser.seen()["ends_at"] == (world.clock.now() + timedelta(minutes=20)).isoformat()
    )
    world.clock.move_on(timedelta(minutes=20))
    assert world.browser.get(f"{BASE}/").status_code == 303


def test_the_keeper_chooses_how_long(world: World) -> None:
    world.with_settings(login={"session_minutes": 5, "session_hours": 1})
    seen = world.log_in()
    assert seen["ends_at"] == (world.clock.now() + timedelta(minutes=5)).isoformat()
    world.clock.move_on(timedelta(minutes=5))
    assert world.browser.get(f"{BASE}/").status_code == 303


def test_the_cookie_is_written_once_in_a_minute(world: World) -> None:
    world.log_in()
    assert "set-cookie" not in world.browser.get(f"{BASE}/").headers
    world.clock.move_on(timedelta(minutes=1))
    assert SESSION in world.browser.get(f"{BASE}/").headers["set-cookie"]
    assert "set-cookie" not in world.browser.get(f"{BASE}/").headers


def test_one_altered_character_anywhere_ends_the_session(world: World) -> None:
    world.log_in()
    text = world.browser.cookie(SESSION) or ""
    for place in range(0, len(text) - 1, 7):  # of the last one some bits carry nothing
        other = "A" if text[place] != "A" else "B"
        world.browser.bring(SESSION, text[:place] + other + text[place + 1 :])
        assert world.browser.get(f"{BASE}/").status_code == 303, place
    world.browser.bring(SESSION, text)
    assert world.browser.seen()["role"] == "guide"


@pytest.mark.parametrize("text", ["", "1.", "1.AAAA", "2." + "A" * 60, "1." + "A" * 5_000])
def test_what_is_no_session_is_nobody(world: World, text: str) -> None:
    answer = world.browser.get(f"{BASE}/", cookie=f"{SESSION}={text}")
    assert answer.status_code == 303


def test_a_seal_for_one_purpose_does_not_open_another(world: World) -> None:
    world.begin()
    pending = world.browser.cookie("__Host-kvob-login") or ""
    assert world.browser.get(f"{BASE}/", cookie=f"{SESSION}={pending}").status_code == 303


def test_after_a_change_of_keys_who_was_logged_in_stays_so(world: World) -> None:
    world.log_in()
    before = world.browser.cookie(SESSION)
    world.with_settings(SessionKeys([NEWER, KEY]))
    assert world.browser.seen()["role"] == "guide"
    world.clock.move_on(timedelta(minutes=1))
    assert world.browser.seen()["role"] == "guide"
    assert world.browser.cookie(SESSION) != before
    world.with_settings(SessionKeys([NEWER]))
    assert world.browser.seen()["role"] == "guide"
    world.with_settings(SessionKeys([KEY]))
    assert world.browser.get(f"{BASE}/").status_code == 303


def test_without_a_file_nobody_stays_logged_in_over_a_restart(world: World) -> None:
    world.with_settings(SessionKeys())
    world.log_in()
    world.with_settings(SessionKeys())
    assert world.browser.get(f"{BASE}/").status_code == 303


def test_another_node_with_the_same_key_knows_who_is_logged_in(world: World) -> None:
    seen = world.log_in()
    world.with_settings()
    assert world.browser.seen()["person"] == seen["person"]


def test_a_change_of_the_access_file_holds_for_who_is_logged_in(world: World) -> None:
    world.log_in()
    world.with_settings(roles={"kvob-guide": "municipality"}, claims={"municipalities": "name"})
    answer = world.browser.get(f"{BASE}/")
    assert answer.json()["code"] == "claims-unusable"
    world.with_settings(roles={"another": "guide"})
    assert world.browser.get(f"{BASE}/").json()["code"] == "role-missing"


# Logging out.


def test_who_logs_out_is_out_here_and_can_log_out_at_the_service_too(world: World) -> None:
    world.log_in()
    copied = world.browser.cookie(SESSION) or ""
    page = world.browser.get(f"{BASE}/logout").json()
    assert (page["template"], page["name"]) == ("logout.html", "Anne de Vries")
    answer = world.browser.send(f"{BASE}/logout", {"form_token": page["form_token"]})
    # A page of this site: `form-action 'self'` lets a form lead to no other.
    assert answer.headers["Location"] == f"{BASE}/logged-out"
    assert world.browser.cookie(SESSION) is None
    assert world.browser.get(f"{BASE}/").status_code == 303
    told = world.browser.get(f"{BASE}/logged-out").json()
    assert told["onward"].startswith(f"{world.issuer.address}/end?client_id=kvob-board&post_logout")
    thief = Browser(world.browser.client.app)  # type: ignore[arg-type]
    assert thief.get(f"{BASE}/", cookie=f"{SESSION}={copied}").status_code == 303


def test_where_the_service_logs_nobody_out_none_is_told(world: World) -> None:
    world.issuer.document["end_session_endpoint"] = None
    assert world.browser.get(f"{BASE}/logged-out").json()["onward"] is None


def test_nobody_is_logged_out_by_another_site(world: World) -> None:
    seen = world.log_in()
    token = {"form_token": seen["form_token"]}
    answer = world.browser.send(f"{BASE}/logout", token, sec_fetch_site="cross-site")
    assert answer.json()["code"] == "form-not-ours"
    assert world.browser.send(f"{BASE}/logout", {}).json()["code"] == "form-not-ours"
    assert world.browser.seen()["role"] == "guide"
    assert world.browser.send(f"{BASE}/logout", token).status_code == 303


def test_who_is_not_logged_in_is_told_that_he_is_out(world: World) -> None:
    assert world.browser.get(f"{BASE}/logout").headers["Location"] == f"{BASE}/logged-out"
    assert world.browser.send(f"{BASE}/logout", {}).headers["Location"] == f"{BASE}/logged-out"


def test_a_new_login_ends_the_session_before_it(world: World) -> None:
    world.log_in()
    before = world.browser.cookie(SESSION) or ""
    world.log_in()
    thief = Browser(world.browser.client.app)  # type: ignore[arg-type]
    assert thief.get(f"{BASE}/", cookie=f"{SESSION}={before}").status_code == 303


def test_what_was_ended_is_remembered_within_bounds() -> None:
    clock = SettableClock(TODAY)
    ended = Ended(clock, most=10)
    for number in range(10):
        assert ended.add(str(number), clock.now() + timedelta(minutes=number + 1))
    assert not ended.add("3", clock.now() + timedelta(minutes=4))
    assert ended.add("new", clock.now() + timedelta(hours=1))
    assert ("0" in ended, "1" in ended, "new" in ended) == (False, True, True)
    clock.move_on(timedelta(minutes=9))
    assert ended.add("newer", clock.now() + timedelta(hours=1))
    assert ("5" in ended, "9" in ended, "new" in ended) == (False, True, True)


# One role at a time.


def test_who_has_several_roles_chooses_one_before_he_sees_a_page(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide", "another"]
    answer = world.come_back(f"{BASE}/x?a=b")
    assert answer.headers["Location"] == f"{BASE}/login/role?back=%2Fboard%2Fx%3Fa%3Db"
    assert world.browser.get(f"{BASE}/").status_code == 303
    again = world.browser.get(f"{BASE}/login?back=/board/x")
    assert again.headers["Location"] == f"{BASE}/login/role?back=%2Fboard%2Fx"
    page = world.browser.get(answer.headers["Location"]).json()
    assert (page["roles"], page["chosen"]) == (["guide", "auditor"], None)
    form = {"form_token": page["form_token"], "role": "auditor", "back": page["back"]}
    answer = world.browser.send(f"{BASE}/login/role", form)
    assert answer.headers["Location"] == f"{BASE}/x?a=b"
    seen = world.browser.seen()
    assert (seen["role"], seen["roles"]) == ("auditor", ["guide", "auditor"])


def _in_role(world: World, role: str) -> None:
    page = world.browser.get(f"{BASE}/login/role").json()
    form = {"form_token": page["form_token"], "role": role, "back": f"{BASE}/"}
    assert world.browser.send(f"{BASE}/login/role", form).status_code == 303


def test_the_choice_is_remembered_at_the_next_login_of_the_same_person(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide"]
    world.come_back()
    _in_role(world, "auditor")
    world.clock.move_on(timedelta(hours=11))
    assert world.log_in()["role"] == "auditor"
    _in_role(world, "guide")
    assert world.browser.seen()["role"] == "guide"
    world.issuer.person["sub"] = "another"
    assert "/login/role" in world.come_back().headers["Location"]


def test_a_role_that_he_does_not_have_or_lost_is_not_his(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide"]
    world.come_back()
    page = world.browser.get(f"{BASE}/login/role").json()
    for role in ("decider", "alarm", ""):
        form = {"form_token": page["form_token"], "role": role}
        assert world.browser.send(f"{BASE}/login/role", form).json()["code"] == "role-not-offered"
    _in_role(world, "auditor")
    world.issuer.person["roles"] = ["kvob-guide"]
    assert world.log_in()["role"] == "guide"


def test_nobody_switches_the_role_of_another(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-auditor", "kvob-guide"]
    world.come_back()
    form = {"role": "auditor", "form_token": "x" * 86}
    assert world.browser.send(f"{BASE}/login/role", form).json()["code"] == "form-not-ours"
    assert world.browser.get(f"{BASE}/login/role").json()["chosen"] is None


def test_a_role_for_which_something_is_missing_is_told(world: World) -> None:
    world.issuer.person["roles"] = ["kvob-municipality", "kvob-guide"]
    world.come_back()
    page = world.browser.get(f"{BASE}/login/role").json()
    form = {"form_token": page["form_token"], "role": "municipality"}
    assert world.browser.send(f"{BASE}/login/role", form).json()["code"] == "login-not-proven"


def test_who_is_not_logged_in_chooses_nothing(world: World) -> None:
    assert "/login?" in world.browser.get(f"{BASE}/login/role").headers["Location"]
    answer = world.browser.send(f"{BASE}/login/role", {"role": "guide"})
    assert answer.headers["Location"] == f"{BASE}/logged-out"


# What does not fit.


def test_all_municipalities_of_the_country_fit_into_the_cookie(world: World) -> None:
    names = [f"{one}{number}" for one in ("Hollands", "Noorder", "Zuid-") for number in range(115)]
    world.issuer.person |= {"roles": ["kvob-municipality"], "municipalities": names}
    assert world.log_in()["role"] == "municipality"
    assert len(world.browser.cookie(SESSION) or "") < 4_000


def test_more_than_fits_is_told_and_not_cut_off(world: World) -> None:
    ids = [hashlib.md5(str(number).encode()).hexdigest() for number in range(300)]
    world.issuer.person["estates"] = ids
    assert world.refused() == "session-too-large"


@pytest.mark.parametrize("name", [None, 7, "", "a\nb", "x" * 500])
def test_a_name_is_for_the_page_alone_and_may_be_missing(world: World, name: object) -> None:
    world.issuer.person["name"] = name
    assert len(world.log_in()["name"]) in (0, 100)


def test_a_browser_keeps_its_random_text_over_logins(world: World) -> None:
    first = world.log_in()["session"]
    assert world.browser.cookie(BROWSER) == first
    world.clock.move_on(timedelta(days=30))
    assert world.log_in()["session"] == first
