"""How does somebody log in to the pages? At the login service, and he comes back as nobody else."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.mandates import Scope
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.web.sessions.errors import LoginNotConfigured, SecretFileUnusable
from kvob_workflow.web.sessions.oidc import OidcLogin, oidc_login
from kvob_workflow.web.sessions.sealing import SessionKeys
from tests.http.auth.login_service import NOW, access, hand_made, rsa, signed
from tests.web.sessions.issuer import CLIENT
from tests.web.sessions.site import BASE, Browser
from tests.web.sessions.world import PENDING, SESSION, World, query_of


def test_who_is_not_logged_in_is_sent_to_the_login_service_and_comes_back_where_he_was(
    world: World,
) -> None:
    answer = world.browser.get(f"{BASE}/")
    assert answer.headers["Location"] == f"{BASE}/login?back=%2Fboard%2F"
    asked = query_of(world.begin(f"{BASE}/estates?step=plan&q=caf\u00e9"))
    assert asked["client_id"] == CLIENT
    assert asked["redirect_uri"] == "https://kvob.example.org/board/login/callback"
    assert asked["scope"] == "openid"
    assert {len(asked[name]) for name in ("state", "nonce", "code_challenge")} == {43}
    answer = world.come_back(f"{BASE}/estates?step=plan&q=caf\u00e9")
    assert answer.headers["Location"] == f"{BASE}/estates?step=plan&q=caf%C3%A9"
    assert answer.headers["Cache-Control"] == "no-store"
    seen = world.browser.seen()
    assert (seen["role"], seen["name"], seen["roles"]) == ("guide", "Anne de Vries", [])
    assert str(seen["person"]).startswith("oidc:")


def test_the_cookies_are_sealed_for_this_site_alone_and_hold_no_token(world: World) -> None:
    answer = world.come_back()
    told = answer.headers.get_list("set-cookie")
    assert len(told) == 3
    for one in told:
        assert one.startswith("__Host-kvob-")
        lower = one.lower()
        for part in ("; httponly", "; secure", "; samesite=lax", "; path=/"):
            assert part in lower
        assert "domain" not in lower
    session = next(one for one in told if one.startswith(SESSION))
    assert "max-age" not in session.lower()
    assert "Anne" not in session
    assert world.browser.cookie(PENDING) is None


def test_on_the_own_machine_plain_http_will_do(world: World) -> None:
    world.browser = Browser(world.opened(), "http://127.0.0.1:8321")
    assert world.log_in()["role"] == "guide"
    assert world.browser.cookie("kvob-session") is not None


def test_elsewhere_nobody_logs_in_over_plain_http(world: World) -> None:
    plain = Browser(world.opened(), "http://kvob.example.org")
    assert plain.get(f"{BASE}/login").json()["code"] == "login-not-safe"
    world.log_in()
    stolen = world.browser.cookie(SESSION) or ""
    assert plain.get(f"{BASE}/", cookie=f"kvob-session={stolen}").status_code == 303


@pytest.mark.parametrize("methods", [["client_secret_basic"], ["client_secret_post"]])
def test_a_client_with_a_secret_proves_itself_as_the_service_asks(
    world: World, tmp_path: Path, methods: list[str]
) -> None:
    file = tmp_path / "secret"
    file.write_text("p:ss w\u0026rd%\n")
    file.chmod(0o600)
    world.issuer.secret = "p:ss w&rd%"
    world.issuer.document["token_endpoint_auth_methods_supported"] = methods
    world.with_settings(login={"client_secret_file": str(file)})
    assert world.log_in()["role"] == "guide"


def test_a_secret_that_cannot_be_read_is_told_at_the_start(world: World, tmp_path: Path) -> None:
    missing, empty = tmp_path / "none", tmp_path / "empty"
    empty.write_text("\n")
    for file in (missing, empty):
        with pytest.raises(SecretFileUnusable, match=file.name):
            world.with_settings(login={"client_secret_file": str(file)})


def test_without_a_table_for_it_nobody_logs_in() -> None:
    for rules in (access(), access(issuer={"address": "https://x.example"})):
        with pytest.raises(LoginNotConfigured):
            oidc_login(rules)
        with pytest.raises(LoginNotConfigured):
            OidcLogin(rules, SessionKeys())


def test_the_public_address_is_told_where_the_keeper_gives_it(world: World) -> None:
    world.with_settings(login={"address": "https://public.example/x/"})
    assert query_of(world.begin())["redirect_uri"] == "https://public.example/x/login/callback"


# What comes back must belong to what was asked.


def test_a_state_that_this_browser_did_not_get_is_refused(world: World) -> None:
    address = world.issuer.log_in(world.begin())
    other = Browser(world.opened())
    assert other.get(address).json()["code"] == "login-not-begun-here"
    wrong = address.replace("state=", "state=x")
    assert world.browser.get(wrong).json()["code"] == "login-not-begun-here"
    twice = f"{address}&state=y"
    assert world.browser.get(twice).json()["code"] == "login-not-begun-here"
    assert "/token" not in world.issuer.asked
    assert world.browser.get(address).headers["Location"] == f"{BASE}/"


def test_an_answer_is_used_once(world: World) -> None:
    address = world.issuer.log_in(world.begin())
    pending = world.browser.cookie(PENDING) or ""
    assert world.browser.get(address).status_code == 303
    assert world.browser.get(address).headers["Location"] == f"{BASE}/"  # by the back button
    thief = Browser(world.browser.client.app)  # type: ignore[arg-type]
    answer = thief.get(address, cookie=f"{PENDING}={pending}")
    assert answer.json()["code"] == "login-not-begun-here"
    elsewhere = Browser(world.opened())  # a process that does not know of it: the issuer does
    answer = elsewhere.get(address, cookie=f"{PENDING}={pending}")
    assert answer.json()["code"] == "login-not-proven"
    assert "invalid_grant" in answer.json()["told"]


def test_several_windows_log_in_at_the_same_time(world: World) -> None:
    addresses = [world.issuer.log_in(world.begin(f"{BASE}/{one}")) for one in range(4)]
    for number, address in enumerate(addresses):
        assert world.browser.get(address).headers["Location"] == f"{BASE}/{number}"


def test_many_begun_logins_stay_within_one_cookie(world: World) -> None:
    addresses = [
        world.issuer.log_in(world.begin(f"{BASE}/{number}{'a1' * 900}")) for number in range(8)
    ]
    assert len(world.browser.cookie(PENDING) or "") <= 4_000
    assert world.browser.get(addresses[-1]).status_code == 303
    assert world.browser.get(addresses[0]).headers["Location"] == f"{BASE}/"


def test_a_login_that_takes_longer_than_ten_minutes_begins_again(world: World) -> None:
    address = world.issuer.log_in(world.begin())
    world.clock.move_on(timedelta(seconds=601))
    assert world.browser.get(address).json()["code"] == "login-not-begun-here"


def test_what_the_service_refuses_is_told_without_what_else_it_says(world: World) -> None:
    state = query_of(world.begin())["state"]
    told = f"error=access_denied<script>&error_description=boo&state={state}"
    answer = world.browser.get(f"{BASE}/login/callback?{told}")
    assert answer.json()["code"] == "login-refused"
    assert "access_deniedscript" in answer.json()["told"]
    assert "boo" not in answer.text


def test_an_answer_in_the_name_of_another_service_is_refused(world: World) -> None:
    address = world.issuer.log_in(world.begin())
    answer = world.browser.get(f"{address}&iss=https://evil.example")
    assert answer.json()["code"] == "login-not-proven"
    world.issuer.document["authorization_response_iss_parameter_supported"] = True
    world.with_settings()
    assert world.refused() == "login-not-proven"
    address = world.issuer.log_in(world.begin())
    assert world.browser.get(f"{address}&iss={world.issuer.address}").status_code == 303


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"nonce": "another"}, "claims-unusable"),
        ({"nonce": None}, "claims-unusable"),
        ({"iss": "https://evil.example"}, "issuer-wrong"),
        ({"aud": "another"}, "audience-wrong"),
        ({"aud": [CLIENT, "another"]}, "audience-wrong"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "audience-wrong"),
        ({"azp": "another"}, "audience-wrong"),
        ({"exp": NOW - 31}, "token-expired"),
        ({"exp": None}, "claims-unusable"),
        ({"iat": None}, "claims-unusable"),
        ({"iat": NOW + 31}, "token-not-yet-valid"),
        ({"exp": NOW + 90_000}, "token-lives-too-long"),
        ({"at_hash": "another"}, "claims-unusable"),
        ({"typ": "Bearer"}, "token-type-wrong"),
        ({"sub": None}, "claims-unusable"),
        ({"organisation": None}, "claims-unusable"),
        ({"roles": 7}, "claims-unusable"),
    ],
)
def test_an_id_token_that_is_not_of_this_login_lets_nobody_in(
    world: World, claims: dict[str, Any], code: str
) -> None:
    world.issuer.person |= claims
    answer = world.come_back()
    assert answer.json()["code"] == "login-not-proven"
    assert f"({code})" in answer.json()["told"]
    assert world.browser.get(f"{BASE}/").status_code == 303
    assert world.browser.cookie(SESSION) is None


def test_an_id_token_for_several_that_names_us_is_taken(world: World) -> None:
    world.issuer.person |= {"aud": [CLIENT, "another"], "azp": CLIENT, "typ": "ID"}
    assert world.log_in()["role"] == "guide"


@pytest.mark.parametrize(("algorithm", "hashed"), [("ES256", "sha256"), ("EdDSA", "sha512")])
def test_the_hash_of_the_access_token_is_that_of_the_algorithm(
    world: World, algorithm: str, hashed: str
) -> None:
    def sign(claims: dict[str, Any]) -> str:
        return signed(claims, alg=algorithm, typ="JWT")

    whole = hashlib.new(hashed, b"opaque").digest()
    half = base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()
    world.issuer.sign = sign
    world.issuer.person["at_hash"] = half
    assert world.log_in()["role"] == "guide"
    world.issuer.answer["access_token"] = "another"
    assert "claims-unusable" in world.come_back().json()["told"]
    world.issuer.answer["access_token"] = None
    assert "claims-unusable" in world.come_back().json()["told"]


def _unsigned(claims: dict[str, Any]) -> str:
    return hand_made({"alg": "none", "typ": "JWT"}, claims, None).rpartition(".")[0] + "."


def _shared(claims: dict[str, Any]) -> str:
    return hand_made({"alg": "HS256", "typ": "JWT"}, claims, b"secret")


def _of_another_key(claims: dict[str, Any]) -> str:
    return signed(claims, by=rsa("other"), kid="first", typ="JWT")


def _of_an_unknown_key(claims: dict[str, Any]) -> str:
    return signed(claims, by=rsa("other"), typ="JWT")


def _as_access_token(claims: dict[str, Any]) -> str:
    return signed(claims)


def _cut(claims: dict[str, Any]) -> str:
    return signed(claims, typ="JWT")[:-9] + "AAAAAAAAA"


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        (_unsigned, "token-malformed"),
        (_shared, "algorithm-not-allowed"),
        (_of_another_key, "signature-wrong"),
        (_of_an_unknown_key, "signing-key-unknown"),
        (_as_access_token, "token-type-wrong"),
        (_cut, "signature-wrong"),
    ],
)
def test_an_id_token_that_the_service_did_not_sign_lets_nobody_in(
    world: World, sign: Any, code: str
) -> None:
    world.issuer.sign = sign
    answer = world.come_back()
    assert answer.json()["code"] == "login-not-proven"
    assert f"({code})" in answer.json()["told"]
    assert world.browser.cookie(SESSION) is None


def test_without_an_id_token_nobody_is_let_in(world: World) -> None:
    world.issuer.answer["id_token"] = None
    assert world.refused() == "login-not-proven"


@pytest.mark.parametrize(
    "refusal",
    [
        (500, b""),
        (401, b'{"error": "invalid_client"}'),
        (302, b""),
        (200, b"no json"),
        (200, b"[]"),
        (400, b"\xff"),
    ],
)
def test_a_service_that_gives_no_answer_is_told_as_away(
    world: World, refusal: tuple[int, bytes]
) -> None:
    world.issuer.refuses_with = refusal
    assert world.refused() == "login-service-away"


@pytest.mark.parametrize(
    "document",
    [
        {"authorization_endpoint": "http://login.example.org/authorize"},
        {"token_endpoint": "http://login.example.org/token"},
        {"token_endpoint": None},
        {"issuer": "https://evil.example"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_service_that_is_not_safe_to_ask_is_not_asked(
    world: World, document: dict[str, Any]
) -> None:
    world.issuer.document |= document
    answer = world.browser.get(f"{BASE}/login")
    assert answer.json()["code"] == "login-service-away"


def test_who_has_no_role_here_gets_no_session(world: World) -> None:
    world.issuer.person["roles"] = ["another"]
    assert world.refused() == "role-missing"


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/board/",
        "/\\evil.example",
        "/board/\t/x",
        "/board/ x",
        "/board\\x",
        "/boardx/",
        "/elsewhere",
        "javascript:alert(1)",
        "",
        "/board/login?back=/board/login",
        "/board/logout",
        "/board/" + "x" * 2_000,
    ],
)
def test_nobody_is_sent_to_another_place_after_a_login(world: World, back: str) -> None:
    assert world.come_back(back).headers["Location"] == f"{BASE}/"


# Decisions may take a stronger login.

DEMANDS = {"acr": ["urn:strong"], "max_age": 900}


def test_for_a_decision_he_logs_in_anew_and_more_strongly(world: World) -> None:
    world.with_settings(step_up=DEMANDS)
    world.issuer.person |= {"roles": ["kvob-decider"]}
    seen = world.log_in()
    assert "certificates:decide" not in seen["scopes"]
    login = OidcLogin(world.rules(step_up=DEMANDS), SessionKeys())
    way = login.way_up(StepUpNeeded(Scope.CERTIFICATES_DECIDE, ("x",), 1), f"{BASE}/x") or ""
    answer = world.browser.get(f"{BASE}{way}")
    asked = query_of(answer.headers["Location"])
    assert (asked["acr_values"], asked["max_age"]) == ("urn:strong", "900")
    world.issuer.person["acr"] = "urn:strong"
    back = world.browser.get(world.issuer.log_in(answer.headers["Location"]))
    assert back.headers["Location"] == f"{BASE}/x"
    assert "certificates:decide" in world.browser.seen()["scopes"]


def test_who_comes_back_as_weakly_as_he_went_is_told_and_keeps_what_he_had(world: World) -> None:
    world.with_settings(step_up=DEMANDS)
    world.issuer.person |= {"roles": ["kvob-decider"]}
    session = world.log_in()["session"]
    for changes in ({}, {"acr": "urn:strong", "auth_time": NOW - 900}):
        world.issuer.person |= changes
        assert world.come_back(to="decide").json()["code"] == "login-not-enough"
    assert world.browser.seen()["session"] == session


def test_a_strong_login_is_not_strong_for_ever(world: World) -> None:
    world.with_settings(step_up=DEMANDS)
    world.issuer.person |= {"roles": ["kvob-decider"], "acr": "urn:strong"}
    assert "certificates:decide" in world.log_in()["scopes"]
    world.clock.move_on(timedelta(seconds=900))
    assert "certificates:decide" not in world.browser.seen()["scopes"]


def test_the_scopes_that_were_given_narrow_the_role_where_the_keeper_wants(world: World) -> None:
    world.with_settings(narrow_by_scope=True)
    world.issuer.answer["scope"] = "openid estates:read"
    assert world.log_in()["scopes"] == ["estates:read"]


def test_what_is_told_is_json(world: World) -> None:
    assert json.loads(world.browser.get(f"{BASE}/logged-out").text)["template"] == "logged_out.html"
