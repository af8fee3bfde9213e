"""Who comes in by which credential? Machines by keys, people by tokens, anybody to the register."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kvob_domain.actor import Role
from kvob_domain.errors import Forbidden
from kvob_domain.mandates import Mandate, Scope
from kvob_workflow import Engine
from kvob_workflow.http.auth.access import Access
from kvob_workflow.http.auth.api_keys import ApiKeys
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.http.auth.errors import (
    CredentialsMalformed,
    CredentialsMissing,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    RoleNotHeld,
    Unauthenticated,
)
from kvob_workflow.http.auth.opening import authenticator_of
from kvob_workflow.http.auth.security_log import COMES_FROM, MOST, SecurityLog
from kvob_workflow.http.auth.together import Together
from kvob_workflow.http.auth.token_errors import TokenMalformed
from kvob_workflow.machine_keys import IssuedKey, KeyRequest
from kvob_workflow.store.faults import StoreReadOnly
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.auth.login_service import TODAY, Seconds, access, bearer, claims, key_set, signed

REQUEST = KeyRequest("import of Goes", Role.IMPORTER, None, ("Goes",))
DECIDER = claims(roles=["kvob-decider"], sub="9001", email="jan@example.org", name="Jan Jansen")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def engine(clock: SettableClock) -> Iterator[Engine]:
    with engine_at("memory:", clock) as opened:
        yield opened


@pytest.fixture
def issued(engine: Engine) -> IssuedKey:
    return engine.add_api_key(REQUEST)


@pytest.fixture
def door(engine: Engine, clock: SettableClock) -> Together:
    tokens = BearerTokens(access(), clock=clock, fetch=key_set)
    return Together(tokens, ApiKeys(engine, clock=clock))


def test_the_shape_of_a_credential_says_whose_it_is(door: Together, issued: IssuedKey) -> None:
    machine = door.mandate(bearer(issued.text))
    assert machine.actor.person == issued.key.person
    assert (machine.scopes, machine.reach) == (issued.key.scopes, issued.key.reach)
    assert machine.actor.origin == "http"
    person = door.mandate(bearer(signed()))
    assert person.actor.person.startswith("oidc:")
    token = bearer(signed(claims(sub="again")))
    assert door.mandate(token) is door.at_hand(token)
    assert door.at_hand(bearer(issued.text)) == machine


def test_a_key_is_at_hand_after_its_first_use_of_the_day_where_a_read_is_quick(
    door: Together, engine: Engine, clock: SettableClock, issued: IssuedKey
) -> None:
    asked = bearer(issued.text)
    assert door.at_hand(asked) is None
    mandate = door.mandate(asked)
    assert door.at_hand(asked) == mandate
    assert door.at_hand(bearer(issued.text, **{"kvob-role": "operator"})) is None
    clock.move_on(timedelta(days=1))
    assert door.at_hand(asked) is None
    door.mandate(asked)
    engine.revoke_api_key(issued.key.id)
    assert door.at_hand(asked) is None


def test_a_key_that_has_ended_is_told_from_one_that_never_was(
    door: Together, engine: Engine, clock: SettableClock, issued: IssuedKey
) -> None:
    with pytest.raises(KeyUnknown):
        door.mandate(bearer("kvob_" + "0" * 40))
    other = engine.add_api_key(REQUEST)
    engine.revoke_api_key(other.key.id)
    with pytest.raises(KeyRevoked):
        door.mandate(bearer(other.text))
    clock.move_on(timedelta(days=364))
    door.mandate(bearer(issued.text))
    assert engine.show_api_key(issued.key.id).last_used_on is not None
    clock.move_on(timedelta(days=1))
    with pytest.raises(KeyExpired) as expired:
        door.mandate(bearer(issued.text))
    assert 'error="invalid_token"' in expired.value.challenge()


def test_a_key_acts_in_its_own_role_alone(door: Together, issued: IssuedKey) -> None:
    assert door.mandate(bearer(issued.text, **{"kvob-role": "importer"}))
    with pytest.raises(RoleNotHeld):
        door.mandate(bearer(issued.text, **{"kvob-role": "operator"}))


def test_a_door_takes_only_what_it_was_made_for(engine: Engine, issued: IssuedKey) -> None:
    with pytest.raises(KeyUnknown):
        Together(None, None).mandate(bearer(issued.text))
    with pytest.raises(TokenMalformed):
        authenticator_of(Access(), engine).mandate(bearer(signed()))
    assert authenticator_of(Access(), engine).mandate(bearer(issued.text))
    with pytest.raises(KeyUnknown):
        authenticator_of(Access(keys_of_machines=False), engine).mandate(bearer(issued.text))
    both = authenticator_of(access(), engine)
    with pytest.raises(TokenMalformed):
        both.mandate(bearer("x"))


def test_anybody_comes_in_to_the_register_only_where_the_keeper_says_so(door: Together) -> None:
    with pytest.raises(CredentialsMissing):
        door.mandate({})
    assert door.at_hand({}) is None
    public = Together(public_register=True)
    anybody = public.mandate({})
    assert anybody is public.at_hand({})
    assert (anybody.actor.role, anybody.scopes) == (
        Role.PUBLIC,
        frozenset({Scope.REGISTER_READ}),
    )
    with pytest.raises(Unauthenticated):  # who brings something wrong is not let in as anybody
        public.mandate(bearer("wrong"))


class Twice(dict[str, str]):
    """Headers in which one stands twice, as starlette has them."""

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield "authorization"


def test_of_two_credentials_none_counts(door: Together, issued: IssuedKey) -> None:
    with pytest.raises(CredentialsMalformed):
        door.mandate(Twice(bearer(issued.text)))


def test_a_store_that_cannot_be_written_still_lets_machines_in(
    clock: SettableClock, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    class OnlyRead(Engine):
        def note_key_used(self, key: object) -> None:
            del key
            raise StoreReadOnly("kvob.db", "attempt to write a readonly database")

    with OnlyRead.open(f"sqlite:///{tmp_path}/kvob.db", clock=clock) as engine:
        text = engine.add_api_key(REQUEST).text
        assert ApiKeys(engine, clock=clock).mandate(bearer(text))
    assert "could not be noted" in caplog.text


def test_the_security_log_tells_refusals_and_who_may_decide_without_names_or_tokens(
    door: Together, engine: Engine, issued: IssuedKey, caplog: pytest.LogCaptureFixture
) -> None:
    engine.revoke_api_key(issued.key.id)
    token, wrong = signed(DECIDER), signed(claims(**{**DECIDER, "aud": "other"}))
    origin = COMES_FROM.set("192.0.2.7")
    try:
        with caplog.at_level(logging.INFO, "kvob_workflow.security"):
            door.mandate(bearer(token))
            door.mandate(bearer(token))
            door.mandate(bearer(signed()))
            for refused in (wrong, issued.text):
                with pytest.raises(Unauthenticated):
                    door.mandate(bearer(refused))
            with pytest.raises(CredentialsMalformed):
                door.mandate({"authorization": "Basic amFuOmphbg=="})
    finally:
        COMES_FROM.reset(origin)
    person = door.mandate(bearer(token)).actor.person
    assert [one.getMessage() for one in caplog.records] == [
        f"accepted code=decider who={person} from=192.0.2.7",
        "refused code=audience-wrong who=- from=192.0.2.7",
        f"refused code=key-revoked who={issued.key.person} from=192.0.2.7",
        "refused code=credentials-malformed who=- from=192.0.2.7",
    ]
    for secret in (token, wrong, issued.text, "Jan", "jan@example.org", "9001"):
        assert secret not in caplog.text


def test_who_floods_the_door_does_not_fill_the_disk(caplog: pytest.LogCaptureFixture) -> None:
    seconds = Seconds()
    log = SecurityLog(elapsed=seconds)
    with caplog.at_level(logging.INFO, "kvob_workflow.security"):
        for _ in range(1_000):
            log.refused(KeyUnknown())
        log.refused(KeyRevoked())
        assert len(caplog.records) == MOST + 1
        seconds.now += 60
        log.refused(KeyUnknown())
    assert caplog.records[-2].getMessage() == f"refused code=key-unknown left_out={1_000 - MOST}"


@pytest.fixture(scope="module")
def one_door() -> Iterator[Together]:
    """One door for every example of a property."""
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        tokens = BearerTokens(access(), clock=clock, fetch=key_set)
        yield Together(tokens, ApiKeys(engine, clock=clock))


_TEXTS = st.text(max_size=200) | st.from_regex(r"Bearer [A-Za-z0-9_.-]{0,80}", fullmatch=True)
_KEYLIKE = st.from_regex(r"Bearer kvob_[0-9a-f_]{0,120}", fullmatch=True)


@settings(max_examples=300)
@given(authorization=_TEXTS | _KEYLIKE, role=st.none() | st.text(max_size=20))
@example(authorization="Bearer " + "." * 5_000, role=None)
@example(authorization="Bearer \ud800", role="\x00")
def test_whatever_the_headers_say_nobody_comes_in_by_them(
    one_door: Together, authorization: str, role: str | None
) -> None:
    headers = {"authorization": authorization}
    if role is not None:
        headers["kvob-role"] = role
    assert one_door.at_hand(headers) is None
    with pytest.raises(Unauthenticated):
        one_door.mandate(headers)


@settings(max_examples=60)
@given(role=st.text(max_size=20))
def test_whatever_role_is_named_only_a_role_that_is_held_counts(
    one_door: Together, role: str
) -> None:
    try:
        mandate = one_door.mandate(bearer(signed(), **{"kvob-role": role}))
    except Forbidden:
        return
    assert isinstance(mandate, Mandate)
    assert mandate.actor.role is Role.GUIDE
