"""Does a statement say what the register says, and is every other one refused?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from kvob_domain.errors import KvobError
from kvob_domain.ids import EstateId
from kvob_workflow import Engine
from kvob_workflow.engine.certified import CertificateNotFound
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.proofs.notes import read_checkpoint, read_note
from kvob_workflow.statements import RegisterKeys, make_keys, read_statement, rotate_keys
from kvob_workflow.statements.base64url import decoded, encoded
from kvob_workflow.statements.errors import (
    StatementAltered,
    StatementExpired,
    StatementKeyUnknown,
    StatementMalformed,
    StatementNotYet,
    StatementTermInvalid,
)
from kvob_workflow.statements.statement import LONGEST_TEXT
from kvob_workflow.testing import SettableClock

Members = dict[str, Any]


def parts(statement: str) -> tuple[Members, Members, bytes]:
    header, claims, signature = statement.split(".")
    return json.loads(decoded(header)), json.loads(decoded(claims)), decoded(signature)


def signed(header: Members, claims: object, keys: RegisterKeys) -> str:
    """Any header and claims, rightly signed."""
    text = ".".join(encoded(json.dumps(one).encode()) for one in (header, claims))
    return f"{text}.{encoded(keys.sign(text.encode()))}"


def test_what_is_read_back_is_what_the_register_says(
    engine: Engine, estate: EstateId, keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    said = read_statement(statement, keys.all_public, clock.now())
    assert said.statement == engine.certificate_status(estate, certificate=2)
    assert (said.issuer, said.issued_at) == ("kvob/example", clock.now())
    assert said.expires_at - said.issued_at == timedelta(hours=24)
    assert said.statement.valid
    assert read_statement(f"{statement}\n".encode(), keys.all_public, clock.now()) == said


def test_a_library_that_knows_nothing_of_this_project_finds_the_same_signature(
    keys: RegisterKeys, statement: str
) -> None:
    published = KeySet.import_key_set(json.loads(json.dumps(keys.jwks)))
    found = jws.deserialize_compact(statement, published, algorithms=["Ed25519"])
    assert json.loads(found.payload or b"")["statement"]["estate"] == "De Hoek"
    assert found.headers()["kid"] == keys.public.id


def test_the_same_answer_at_the_same_instant_is_the_same_text(
    engine: Engine, estate: EstateId, keys: RegisterKeys, statement: str
) -> None:
    assert engine.certificate_statement(estate, keys, certificate=2) == statement


def test_no_person_is_named_in_it(statement: str) -> None:
    _, claims, _ = parts(statement)
    told = json.dumps(claims)
    assert "guide-1" not in told and "importer-1" not in told
    assert set(claims) == {"iss", "sub", "iat", "exp", "statement"}


def test_it_can_be_about_another_day_and_another_state_of_knowledge(
    engine: Engine, estate: EstateId, keys: RegisterKeys, clock: SettableClock
) -> None:
    later = engine.certificate_statement(estate, keys, date(2028, 5, 1), certificate=2)
    assert read_statement(later, keys.all_public, clock.now()).statement.status == "expired"
    before = clock.now() - timedelta(days=1)
    with pytest.raises(KvobError) as refused:
        engine.certificate_statement(estate, keys, known_at=before, certificate=2)
    assert refused.value.code == "not-there-then"


def test_a_certificate_that_there_is_not_gets_no_statement(
    engine: Engine, estate: EstateId, keys: RegisterKeys
) -> None:
    with pytest.raises(CertificateNotFound):
        engine.certificate_statement(estate, keys, certificate=1)


def test_it_carries_the_newest_signed_head_where_the_store_has_one(
    engine: Engine, estate: EstateId, keys: RegisterKeys, tmp_path: Path, clock: SettableClock
) -> None:
    signer = make_key(tmp_path / "log.key", "example")
    engine.sequence(signer.path)
    said = read_statement(engine.certificate_statement(estate, keys), keys.all_public, clock.now())
    note = read_note(said.checkpoint or "")
    assert signer.key.verifier.has_signed(note)
    assert read_checkpoint(note).size == 2


def test_any_other_character_in_it_is_noticed(
    keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    for place in range(0, len(statement), 7):
        other = "A" if statement[place] != "A" else "B"
        altered = statement[:place] + other + statement[place + 1 :]
        with pytest.raises((StatementAltered, StatementMalformed, StatementKeyUnknown)):
            read_statement(altered, keys.all_public, clock.now())


def test_a_statement_that_says_more_than_was_signed_is_noticed(
    keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    header, _, signature = statement.split(".")
    _, claims, _ = parts(statement)
    claims["statement"]["last_valid_day"] = "2099-12-31"
    forged = f"{header}.{encoded(json.dumps(claims).encode())}.{signature}"
    with pytest.raises(StatementAltered):
        read_statement(forged, keys.all_public, clock.now())


def test_the_key_of_another_register_does_not_do(
    statement: str, tmp_path: Path, clock: SettableClock
) -> None:
    other = make_keys(tmp_path / "other.key", "kvob/other")
    with pytest.raises(StatementKeyUnknown):
        read_statement(statement, other.all_public, clock.now())
    with pytest.raises(StatementKeyUnknown):
        read_statement(statement, (), clock.now())


def test_a_statement_of_the_key_before_holds_until_it_expires(
    keys: RegisterKeys, key_file: Path, statement: str, clock: SettableClock
) -> None:
    now = rotate_keys(key_file)
    assert now.public != keys.public
    assert read_statement(statement, now.all_public, clock.now()).key == keys.public.id


def test_it_holds_for_a_day_and_not_a_second_longer(
    keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    clock.move_on(timedelta(hours=24) - timedelta(seconds=1))
    read_statement(statement, keys.all_public, clock.now())
    clock.move_on(timedelta(seconds=1))
    with pytest.raises(StatementExpired) as refused:
        read_statement(statement, keys.all_public, clock.now())
    assert refused.value.until == clock.now()


def test_a_statement_from_the_future_is_refused_beyond_what_clocks_differ(
    keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    now: datetime = clock.now()
    read_statement(statement, keys.all_public, now - timedelta(minutes=2))
    with pytest.raises(StatementNotYet):
        read_statement(statement, keys.all_public, now - timedelta(minutes=3))


@pytest.mark.parametrize(
    "term", [timedelta(0), timedelta(seconds=59), timedelta(days=-1), timedelta(days=31, seconds=1)]
)
def test_no_statement_holds_for_less_than_a_minute_or_more_than_a_month(
    engine: Engine, estate: EstateId, keys: RegisterKeys, term: timedelta
) -> None:
    with pytest.raises(StatementTermInvalid):
        engine.certificate_statement(estate, keys, valid_for=term)


HEADERS: dict[str, Callable[[Members], Members]] = {
    "no algorithm": lambda own: {**own, "alg": "none"},
    "the older name of the algorithm": lambda own: {**own, "alg": "EdDSA"},
    "a shared secret": lambda own: {**own, "alg": "HS256"},
    "another kind of token": lambda own: {**own, "typ": "JWT"},
    "a key that comes along": lambda own: {**own, "jwk": {"kty": "OKP"}},
    "the address of a key": lambda own: {**own, "jku": "https://example.org/"},
    "something critical": lambda own: {**own, "crit": ["exp"]},
    "no kind": lambda own: {name: own[name] for name in ("alg", "kid")},
    "a key id that is no text": lambda own: {**own, "kid": 1},
}


@pytest.mark.parametrize("change", HEADERS)
def test_a_header_with_anything_else_in_it_is_refused_however_well_signed(
    change: str, keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    header, claims, _ = parts(statement)
    with pytest.raises(StatementMalformed):
        read_statement(signed(HEADERS[change](header), claims, keys), keys.all_public, clock.now())


@pytest.mark.parametrize(
    "changes",
    [
        {"iat": "1764000000"},
        {"iat": 1e9},
        {"exp": -1},
        {"exp": 253_402_300_800},
        {"exp": True},
        {"statement": {}},
        {"statement": None},
        {"iss": 1},
    ],
)
def test_claims_of_another_form_are_refused(
    changes: Members, keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    header, claims, _ = parts(statement)
    with pytest.raises(StatementMalformed):
        read_statement(signed(header, {**claims, **changes}, keys), keys.all_public, clock.now())


def test_a_field_of_a_newer_release_is_left_alone(
    keys: RegisterKeys, statement: str, clock: SettableClock
) -> None:
    header, claims, _ = parts(statement)
    claims = {**claims, "new": 1, "statement": {**claims["statement"], "new": 1}}
    read_statement(signed(header, claims, keys), keys.all_public, clock.now())


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "é.é.é",
        "e30.e30.e30",
        "e30.e30.AB",
        "=.=.=",
        "W10.e30.AA",
        "A" * 40_000,
        b"\xff.\xff.\xff",
    ],
)
def test_what_is_no_statement_is_refused(
    text: str | bytes, keys: RegisterKeys, clock: SettableClock
) -> None:
    with pytest.raises(StatementMalformed):
        read_statement(text, keys.all_public, clock.now())


def test_a_header_that_nests_without_end_is_refused(
    keys: RegisterKeys, clock: SettableClock
) -> None:
    deep = encoded(b'{"alg":' + b"[" * 20_000)
    assert len(deep) < LONGEST_TEXT
    with pytest.raises(StatementMalformed):
        read_statement(f"{deep}.e30.AA", keys.all_public, clock.now())
