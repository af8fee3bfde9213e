"""Does this ID token prove who logged in here, now? OpenID Connect Core 1.0, section 3.1.3.7.

Signature, issuer and times are checked as those of access tokens: see `tokens`. An ID token is for
the client alone, answers the nonce of one login, and is never taken at the API.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.http.auth.token_errors import (
    AudienceWrong,
    ClaimsUnusable,
    TokenTypeWrong,
)
from kvob_workflow.http.auth.tokens import check_parties, check_times, read_header, verified

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kvob_workflow.http.auth.access import Issuer
    from kvob_workflow.http.auth.key_source import KeySource

_TYPES: Final = ("JWT",)
_KIND: Final = "id"  # what Keycloak calls it in the claims
_HASHES: Final = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the login that was begun here expects of its ID token."""

    client_id: str
    nonce: str = field(repr=False)
    access_token: str | None = field(default=None, repr=False)


def id_claims(
    token: str, issuer: Issuer, keys: KeySource, expected: Expected, now: datetime
) -> dict[str, object]:
    """The claims of a valid ID token.

    Raises:
        Unauthenticated: one of the causes in `token_errors`.
        IssuerUnreachable: the keys of the issuer cannot be had.
    """
    header = read_header(token, issuer, _TYPES)
    claims = verified(token, header, keys.key(header.kid, header.family))
    check_parties(claims, issuer, expected.client_id)
    _check_party(claims, expected.client_id)
    kind = claims.get("typ")
    if isinstance(kind, str) and kind.lower() != _KIND:
        raise TokenTypeWrong
    check_times(claims, issuer, now)
    if claims.get("iat") is None:
        raise ClaimsUnusable("iat")
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise ClaimsUnusable("nonce")
    told = claims.get("at_hash")
    if told is not None and not _is_hash_of(told, expected.access_token, header.algorithm):
        raise ClaimsUnusable("at_hash")
    return claims


def _check_party(claims: Mapping[str, object], client_id: str) -> None:
    """A token for several must say that it was given to us (steps 3 to 5)."""
    party, audience = claims.get("azp"), claims.get("aud")
    several = isinstance(audience, list) and len(cast("list[object]", audience)) > 1
    if (party is not None or several) and party != client_id:
        raise AudienceWrong(client_id)


def _is_hash_of(told: object, access_token: str | None, algorithm: str) -> bool:
    """Section 3.1.3.6: the left half of the hash that belongs to the algorithm."""
    if access_token is None:
        return False
    digest = hashlib.sha512 if algorithm in ("EdDSA", "Ed25519") else _HASHES[algorithm[-3:]]
    whole = digest(access_token.encode()).digest()
    half = base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()
    return _is_same(told, half)


def _is_same(told: object, expected: str) -> bool:
    return isinstance(told, str) and hmac.compare_digest(told.encode(), expected.encode())


__all__ = ["Expected", "id_claims"]
