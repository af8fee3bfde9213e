"""Which tokens are taken? Those of the issuer, for us, in their time; none that looks so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from kvob_domain.actor import Role
from kvob_workflow.http.auth.errors import (
    CredentialsMalformed,
    CredentialsMissing,
    Unauthenticated,
)
from kvob_workflow.http.auth.token_errors import (
    AlgorithmNotAllowed,
    AudienceWrong,
    ClaimsUnusable,
    IssuerWrong,
    SignatureWrong,
    SigningKeyUnknown,
    TokenExpired,
    TokenLivesTooLong,
    TokenMalformed,
    TokenNotYetValid,
    TokenTypeWrong,
)
from tests.http.auth.login_service import (
    NOW,
    base64url,
    bearer,
    claims,
    encoded,
    hand_made,
    key_set,
    rsa,
    signed,
    tokens,
)


def refusal(token: str, **other: Any) -> Unauthenticated:
    """How a token is refused."""
    with pytest.raises(Unauthenticated) as refused:
        tokens(**other).mandate(bearer(token))
    assert token not in str(refused.value)
    assert "error_description" in refused.value.challenge()
    assert refused.value.message("nl") != refused.value.message("en")
    return refused.value


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"])
def test_a_token_of_the_issuer_gives_the_mandate_of_its_role(algorithm: str) -> None:
    mandate = tokens().mandate(bearer(signed(alg=algorithm)))
    assert mandate.actor.role is Role.GUIDE
    assert mandate.actor.organisation == "PVO Brabant"
    assert mandate.actor.person.startswith("oidc:")


def test_the_scheme_is_written_in_any_case_and_a_header_that_is_missing_is_told() -> None:
    token = signed()
    assert tokens().mandate({"authorization": f"bEARER  {token}"})
    with pytest.raises(CredentialsMissing) as missing:
        tokens().mandate({})
    assert missing.value.challenge() == 'Bearer realm="kvob"'


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer \u2603", "Bearer\ta"]
)
def test_anything_but_one_bearer_credential_is_refused(header: str) -> None:
    with pytest.raises(CredentialsMalformed) as refused:
        tokens().mandate({"authorization": header})
    assert 'error="invalid_request"' in refused.value.challenge()
    assert tokens().at_hand({"authorization": header}) is None


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "HS256", "RS1", "ES384", "A128KW", 7, None, [], {}]
)
def test_an_algorithm_that_is_not_on_the_list_is_refused(algorithm: object) -> None:
    header = {"alg": algorithm, "typ": "at+jwt", "kid": "first"}
    assert isinstance(refusal(hand_made(header, claims(), None)), AlgorithmNotAllowed)


def test_the_public_key_is_no_shared_secret() -> None:
    header = {"alg": "HS256", "typ": "at+jwt", "kid": "first"}
    for secret in (rsa("first").as_pem(private=False), key_set()):
        forged = hand_made(header, claims(), secret)
        assert isinstance(refusal(forged), AlgorithmNotAllowed)


def test_the_algorithm_must_fit_the_key() -> None:
    forged = hand_made({"alg": "ES256", "kid": "first"}, claims(), None)
    assert isinstance(refusal(forged), SigningKeyUnknown)
    only = key_set(RSAKey.import_key({**rsa("first").as_dict(private=False), "alg": "PS256"}))
    assert isinstance(refusal(signed(), keys=only), SigningKeyUnknown)
    assert tokens(keys=only).mandate(bearer(signed(alg="PS256")))


def test_a_token_without_a_key_id_was_signed_by_the_only_key_that_fits() -> None:
    assert tokens().mandate(bearer(signed(kid=None)))
    two = key_set(rsa("first"), rsa("second"))
    assert isinstance(refusal(signed(kid=None), keys=two), SigningKeyUnknown)


def test_another_key_under_the_same_name_is_found_out() -> None:
    swapped = RSAKey.generate_key(2048, {"kid": "first"})
    assert isinstance(refusal(signed(by=swapped)), SignatureWrong)


def test_one_altered_character_anywhere_is_found_out() -> None:
    token = signed()
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        if token[place] != ".":
            refusal(token[:place] + other + token[place + 1 :])


def test_the_signature_of_another_token_does_not_fit() -> None:
    mine = signed(claims(sub="a")).split(".")
    other = signed(claims(sub="b", roles=["kvob-decider"])).split(".")
    assert isinstance(refusal(".".join((*other[:2], mine[2]))), SignatureWrong)


@pytest.mark.parametrize(
    "header",
    [
        {"jku": "https://attacker.example/keys"},
        {"x5u": "https://attacker.example/keys"},
        {"jwk": RSAKey.generate_key(2048).as_dict(private=False)},
        {"crit": ["exp"]},
        {"b64": False},
        {"kid": ["first"]},
        {"kid": ""},
        {"kid": "k" * 501},
    ],
    ids=lambda header: next(iter(header)),
)
def test_a_token_brings_no_keys_and_no_rules_of_its_own(header: dict[str, object]) -> None:
    fields = {"alg": "RS256", "typ": "at+jwt", "kid": "first", **header}
    assert isinstance(refusal(hand_made(fields, claims(), None)), TokenMalformed)


@pytest.mark.parametrize(
    "token",
    [
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "..",
        signed() + "=",
        signed().replace(".", ". "),
        f"{encoded({'alg': 'RS256'})}.{'A' * 20_000}.AAAA",
        f"{encoded({'alg': 'RS256', 'x': 'y' * 3_000})}.AAAA.AAAA",
        f"{encoded(b'[' * 1_400)}.AAAA.AAAA",
        f"{encoded(b'[1]')}.AAAA.AAAA",
        f"{encoded(b'null')}.AAAA.AAAA",
        f"{encoded(bytes([255]))}.AAAA.AAAA",
        encoded(b'{"alg": "RS256", "alg": "none"}') + ".AAAA.AAAA",
        encoded(b'{"alg": "RS256", "n": NaN}') + ".AAAA.AAAA",
        encoded(b'{"alg": "RS256", "n": ' + b"9" * 1_300 + b"e9}") + ".AAAA.AAAA!",
    ],
    ids=range(16),
)
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises((TokenMalformed, CredentialsMalformed)):
        tokens().mandate(bearer(token))


@pytest.mark.parametrize("body", [b"[1]", b"{", b"[" * 3_000, b'{"a": 1, "a": 2}', b'"x"'])
def test_what_was_signed_must_be_one_object_whose_names_stand_once(body: bytes) -> None:
    from joserfc import jws

    header = {"alg": "RS256", "typ": "at+jwt", "kid": "first"}
    token = jws.serialize_compact(header, body, rsa("first"), algorithms=["RS256"])
    assert isinstance(refusal(token), TokenMalformed)


@pytest.mark.parametrize("kind", ["refresh+jwt", "JOSE", "logout+jwt", 7, ["JWT"]])
def test_a_token_of_another_type_is_refused(kind: object) -> None:
    forged = hand_made({"alg": "RS256", "typ": kind, "kid": "first"}, claims(), None)
    assert isinstance(refusal(forged), TokenTypeWrong)


@pytest.mark.parametrize("kind", ["JWT", "jwt", "application/at+jwt", "AT+JWT", None])
def test_the_types_of_access_tokens_are_taken(kind: str | None) -> None:
    assert tokens().mandate(bearer(signed(typ=kind)))


@pytest.mark.parametrize(
    "mark", [{"nonce": "n"}, {"at_hash": "h"}, {"typ": "ID"}, {"typ": "Refresh"}]
)
def test_an_id_token_or_a_refresh_token_is_no_access_token(mark: dict[str, str]) -> None:
    assert isinstance(refusal(signed(claims(**mark))), TokenTypeWrong)
    assert tokens().mandate(bearer(signed(claims(typ="Bearer"))))


@pytest.mark.parametrize(
    "issuer", ["https://other.example", "https://login.example.org/realms/kvob/", None, 1, []]
)
def test_the_issuer_is_compared_to_the_letter(issuer: object) -> None:
    assert isinstance(refusal(signed(claims(iss=issuer))), IssuerWrong)


@pytest.mark.parametrize(
    "audience", ["other", ["other", "kvob2"], [], None, {"kvob": 1}, [["kvob"]]]
)
def test_a_token_for_another_service_is_refused(audience: object) -> None:
    assert isinstance(refusal(signed(claims(aud=audience))), AudienceWrong)


def test_a_token_for_us_alone_may_say_so_without_a_list() -> None:
    assert tokens().mandate(bearer(signed(claims(aud="kvob"))))


@pytest.mark.parametrize(
    ("times", "refused"),
    [
        ({"exp": NOW - 30}, TokenExpired),
        ({"exp": NOW - 86_400, "iat": NOW - 90_000}, TokenExpired),
        ({"nbf": NOW + 31}, TokenNotYetValid),
        ({"iat": NOW + 31}, TokenNotYetValid),
        ({"exp": NOW + 21_631, "iat": NOW + 30}, TokenLivesTooLong),
        ({"exp": NOW + 60, "iat": NOW - 21_600}, TokenLivesTooLong),
        ({"exp": NOW + 30_000, "iat": None}, TokenLivesTooLong),
        ({"exp": None}, ClaimsUnusable),
        ({"exp": "soon"}, ClaimsUnusable),
        ({"exp": True}, ClaimsUnusable),
        ({"exp": -5}, ClaimsUnusable),
        ({"exp": 10**30}, ClaimsUnusable),
        ({"exp": 1e300}, ClaimsUnusable),
        ({"iat": [NOW]}, ClaimsUnusable),
    ],
)
def test_a_token_out_of_its_time_is_refused(
    times: dict[str, object], refused: type[Unauthenticated]
) -> None:
    assert isinstance(refusal(signed(claims(**times))), refused)


@pytest.mark.parametrize(
    "times",
    [{"exp": NOW - 29}, {"nbf": NOW + 30}, {"iat": NOW + 30}, {"iat": None}, {"exp": NOW + 300.5}],
)
def test_clocks_may_differ_by_the_leeway(times: dict[str, object]) -> None:
    assert tokens().mandate(bearer(signed(claims(**times))))


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": base64url(b"x" * 32), "kid": "first", "alg": "RS256"},
        {**rsa("first").as_dict(private=False), "use": "enc"},
        {**ECKey.generate_key("P-256").as_dict(private=False), "y": "AAAA", "kid": "first"},
        {**OKPKey.generate_key("X25519").as_dict(private=False), "kid": "first"},
        {**rsa("first").as_dict(private=False), "n": base64url(b"\xff" * 128)},
        {**rsa("first").as_dict(private=False), "e": base64url(b"\xff" * 60)},
        {"kty": "RSA", "n": 5, "e": "AQAB"},
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"},
        "no key",
    ],
    ids=range(9),
)
def test_a_key_that_cannot_check_signatures_is_left_out(key: object) -> None:
    shown = json.loads(key_set(rsa("other")))
    shown["keys"].append(key)
    document = json.dumps(shown).encode()
    assert isinstance(refusal(signed(), keys=document), SigningKeyUnknown)
    assert tokens(keys=document).mandate(bearer(signed(by=rsa("other"))))


def test_the_private_part_of_a_key_that_an_issuer_shows_is_never_kept() -> None:
    from kvob_workflow.http.auth.key_set import read_key_set

    document = json.dumps({"keys": [rsa("first").as_dict(private=True)]}).encode()
    (key,) = read_key_set(document).keys
    assert not key.key.is_private
