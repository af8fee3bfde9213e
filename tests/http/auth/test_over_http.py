"""Does a request come in over HTTP? With a token or a key; else with a challenge that says how."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_workflow import AwardCertificate, Engine, RegisterEstate
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.api_keys import ApiKeys
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.http.auth.together import Together
from kvob_workflow.machine_keys import KeyRequest
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.auth.login_service import NOW, TODAY, access, bearer, claims, key_set, signed

DEMANDS = {"acr": ["urn:strong"], "max_age": 900}


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def engine(clock: SettableClock) -> Iterator[Engine]:
    with engine_at("memory:", clock) as opened:
        opened.do(RegisterEstate(name="De Hoek", municipalities=("Goes",)))
        opened.do(RegisterEstate(name="De Bocht", municipalities=("Veere",)))
        yield opened


@pytest.fixture
def door(engine: Engine, clock: SettableClock) -> Together:
    rules = access(step_up=DEMANDS)
    return Together(BearerTokens(rules, clock=clock, fetch=key_set), ApiKeys(engine, clock=clock))


@pytest.fixture
def client(engine: Engine, door: Together) -> TestClient:
    return TestClient(asgi_app(engine, Api(authenticator=door)), raise_server_exceptions=False)


def seen(client: TestClient, token: str) -> list[str]:
    """The names of the estates in the answer."""
    answer = client.get("/v1/estates", headers=bearer(token))
    assert answer.status_code == 200, answer.text
    return sorted(row["estate"] for row in answer.json()["items"])


def test_without_credentials_the_answer_says_how_to_come_in(client: TestClient) -> None:
    answer = client.get("/v1/estates")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="kvob"'
    assert answer.json()["code"] == "credentials-missing"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_wrong_token_is_told_as_oauth_tells_it_and_never_repeated(client: TestClient) -> None:
    token = signed(claims(exp=NOW - 60))
    answer = client.get("/v1/estates", headers=bearer(token))
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert answer.json()["code"] == "token-expired"
    assert token not in answer.text
    assert token not in str(answer.headers)


def test_people_and_machines_see_what_is_theirs(client: TestClient, engine: Engine) -> None:
    reader = signed(claims(roles=["kvob-municipality"], municipalities=["Goes"]))
    assert seen(client, reader) == ["De Hoek"]
    machine = engine.add_api_key(KeyRequest("x", Role.MUNICIPALITY, None, ("Veere",)))
    for _ in range(2):
        assert seen(client, machine.text) == ["De Bocht"]
    engine.revoke_api_key(machine.key.id)
    answer = client.get("/v1/estates", headers=bearer(machine.text))
    assert (answer.status_code, answer.json()["code"]) == (401, "key-revoked")


def test_who_has_no_role_is_known_and_may_nothing(client: TestClient) -> None:
    for roles, code in (
        (["visitor"], "role-missing"),
        (["kvob-guide", "kvob-operator"], "role-unclear"),
    ):
        answer = client.get("/v1/estates", headers=bearer(signed(claims(roles=roles))))
        assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_a_decision_takes_the_login_that_the_keeper_demands(door: Together, engine: Engine) -> None:
    weak = claims(roles=["kvob-decider"], acr="urn:weak", auth_time=NOW)
    desk = engine.under(door.mandate(bearer(signed(weak))))
    assert desk.board().items == ()
    award = AwardCertificate.model_construct(estate="0" * 32)
    with pytest.raises(StepUpNeeded):
        desk.do(award)
