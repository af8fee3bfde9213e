"""Is this token the issuer's, for us, and valid now? RFC 9068 (JWT access tokens), RFC 8725.

The header is read before any key is looked for, and only to choose among the issuer's keys; a
token cannot bring its own (`jwk`, `jku`, `x5u`), nor its own rules (`crit`, `b64`). The library
checks the signature; what it checks is told to it, never asked of the token.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from kvob_workflow.http.auth.token_errors import (
    AlgorithmNotAllowed,
    AudienceWrong,
    ClaimsUnusable,
    IssuerWrong,
    SignatureWrong,
    TokenExpired,
    TokenLivesTooLong,
    TokenMalformed,
    TokenNotYetValid,
    TokenTypeWrong,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_workflow.http.auth.access import Issuer
    from kvob_workflow.http.auth.key_set import SigningKey

_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_LARGEST_HEADER: Final = 2_000
_LONGEST_KID: Final = 500
_REFUSED_HEADERS: Final = frozenset({"b64", "crit", "jku", "jwk", "x5u"})
# What only an ID token has (OpenID Connect Core, sections 2 and 3.1.3.6).
_OF_ID_TOKENS: Final = frozenset({"at_hash", "c_hash", "nonce"})
# Keycloak tells its kinds of tokens apart in the claims; all have the same `typ` in the header.
_OTHER_KINDS: Final = frozenset({"id", "refresh", "offline", "logout"})


@dataclass(frozen=True, slots=True)
class Header:
    """What a token says of its signature: believed of nothing but which key to try."""

    algorithm: str
    kid: str | None

    @property
    def family(self) -> str:
        """The algorithm as keys know it: RFC 9864 has given a second name to one of them."""
        return "EdDSA" if self.algorithm == "Ed25519" else self.algorithm


class _Registry(JWSRegistry):
    """The library's checks, within our bounds."""

    max_header_length = _LARGEST_HEADER
    max_payload_length = 60_000
    max_signature_length = 1_500

    def get_alg(self, name: str) -> Any:
        """The algorithm, when it is the one; the library's own would warn of the name EdDSA."""
        if self.allowed is None or name not in self.allowed or name not in self.algorithms:
            raise SignatureWrong
        return self.algorithms[name]


def read_header(token: str, issuer: Issuer, types: Sequence[str] | None = None) -> Header:
    """What the header says, if a token with it may be checked at all. `types`: else the issuer's.

    Raises:
        TokenMalformed: it is no signed token, too large, or brings keys or rules of its own.
        AlgorithmNotAllowed, TokenTypeWrong: as their names say.
    """
    if len(token) > issuer.largest or not _SHAPE.fullmatch(token):
        raise TokenMalformed
    segment = token.partition(".")[0]
    if len(segment) > _LARGEST_HEADER:
        raise TokenMalformed
    try:
        header = _object(urlsafe_b64decode(segment.encode()))
    except ValueError:
        raise TokenMalformed from None
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in _accepted(issuer):
        raise AlgorithmNotAllowed(tuple(issuer.algorithms))
    if not _REFUSED_HEADERS.isdisjoint(header):
        raise TokenMalformed
    if kid is not None and not (isinstance(kid, str) and 0 < len(kid) <= _LONGEST_KID):
        raise TokenMalformed
    taken = {_plain_type(one) for one in types or issuer.types}
    if _plain_type(header.get("typ", "JWT")) not in taken:
        raise TokenTypeWrong
    return Header(algorithm, kid)


def verified(token: str, header: Header, key: SigningKey) -> dict[str, object]:
    """The claims, when the key signed them.

    Raises:
        SignatureWrong, TokenMalformed: it did not, or what it signed is no JSON object.
    """
    registry = _Registry(algorithms=[header.algorithm], strict_check_header=False)
    try:
        signed = deserialize_compact(token, key.key, registry=registry)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise SignatureWrong from None
    try:
        return _object(signed.payload)
    except ValueError:
        raise TokenMalformed from None


def check_claims(claims: Mapping[str, object], issuer: Issuer, now: datetime) -> datetime:
    """Whether the token is for us and valid; answers until when it is.

    Raises:
        IssuerWrong, AudienceWrong, TokenTypeWrong, TokenExpired, TokenNotYetValid,
        TokenLivesTooLong, ClaimsUnusable: as their names say.
    """
    check_parties(claims, issuer, issuer.audience)
    kind = claims.get("typ")
    if not _OF_ID_TOKENS.isdisjoint(claims) or (
        isinstance(kind, str) and kind.lower() in _OTHER_KINDS
    ):
        raise TokenTypeWrong
    return check_times(claims, issuer, now)


def check_parties(claims: Mapping[str, object], issuer: Issuer, audience: str) -> None:
    """Whether the token is of the issuer, and for this audience.

    Raises:
        IssuerWrong, AudienceWrong: it is not.
    """
    if claims.get("iss") != issuer.address:
        raise IssuerWrong(issuer.address)
    if not _is_for(claims.get("aud"), audience):
        raise AudienceWrong(audience)


def check_times(claims: Mapping[str, object], issuer: Issuer, now: datetime) -> datetime:
    """Whether the token is valid now, and not for too long; answers until when it is.

    Raises:
        TokenExpired, TokenNotYetValid, TokenLivesTooLong, ClaimsUnusable: as their names say.
    """
    leeway, longest = timedelta(seconds=issuer.leeway), timedelta(seconds=issuer.longest_life)
    ends = _instant(claims, "exp")
    if ends is None:
        raise ClaimsUnusable("exp")
    if now >= ends + leeway:
        raise TokenExpired
    begun = [one for name in ("nbf", "iat") if (one := _instant(claims, name)) is not None]
    if any(one > now + leeway for one in begun):
        raise TokenNotYetValid
    issued = _instant(claims, "iat")
    if ends - now > longest + leeway or (issued is not None and ends - issued > longest):
        raise TokenLivesTooLong(issuer.longest_life)
    return ends + leeway


def _accepted(issuer: Issuer) -> frozenset[str]:
    """With the name that RFC 9864 gives to what EdDSA means here."""
    names = frozenset[str](issuer.algorithms)
    return names | {"Ed25519"} if "EdDSA" in names else names


def _plain_type(given: object) -> str:
    """A type without what may be left out (RFC 7515, section 4.1.9), in lower case."""
    return given.lower().removeprefix("application/") if isinstance(given, str) else ""


def _is_for(audience: object, ours: str) -> bool:
    if isinstance(audience, list):
        return ours in cast("list[object]", audience)
    return audience == ours


def _instant(claims: Mapping[str, object], name: str) -> datetime | None:
    """A NumericDate, in UTC; None where there is none."""
    found = claims.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ClaimsUnusable(name)
    try:
        # Within these no sum or difference below can overflow.
        return datetime.fromtimestamp(found, UTC) if 0 < found < 32_000_000_000 else _refuse(name)
    except (OverflowError, OSError, ValueError):
        raise ClaimsUnusable(name) from None


def _refuse(name: str) -> datetime:
    raise ClaimsUnusable(name)


def _object(document: bytes) -> dict[str, object]:
    """A JSON object in which no name stands twice: two readers might choose differently."""
    try:
        found: object = json.loads(
            document.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return cast("dict[str, object]", found)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number in JSON")
