"""Which keys of an issuer can check signatures here? Read from its JWKS, and no more than that.

Shared secrets, keys to encrypt with, keys of kinds that are not known (RFC 7517, section 5) and
keys that are too weak are left out. Private parts are never kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.util import base64_to_int

if TYPE_CHECKING:
    from collections.abc import Mapping

VerificationKey = RSAKey | ECKey | OKPKey

MOST_KEYS: Final = 100
WEAKEST_RSA: Final = 2_048
STRONGEST_RSA: Final = 8_192
"""Checking costs time with the length; nobody signs with more."""

_LONGEST_EXPONENT: Final = 6  # characters of base64url, 32 bits
_CURVE_OF: Final = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "Ed25519": "EdDSA"}
_RSA: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
_PARTS: Final = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}


class KeySetMalformed(ValueError):
    """The document is no JWKS, or holds no key that can be used."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the algorithms whose signatures it may check."""

    kid: str | None
    algorithms: frozenset[str]
    key: VerificationKey


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of an issuer at one moment."""

    keys: tuple[SigningKey, ...]

    def find(self, kid: str | None, algorithm: str) -> SigningKey | None:
        """The key for a token. One that names none can have been signed by one key alone."""
        fitting = [one for one in self.keys if algorithm in one.algorithms]
        if kid is not None:
            fitting = [one for one in fitting if one.kid == kid]
        return fitting[0] if len(fitting) == 1 else None

    def names(self, kid: str) -> bool:
        """Whether one of the keys has this id, for whatever algorithm."""
        return any(one.kid == kid for one in self.keys)


def read_key_set(document: bytes) -> KeySet:
    """The keys of a JWKS that can be used here.

    Raises:
        KeySetMalformed: it is none, or none of its keys can be used.
    """
    try:
        found: object = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise KeySetMalformed("no JSON") from error
    keys = cast("Mapping[str, object]", found).get("keys") if isinstance(found, dict) else None
    if not isinstance(keys, list):
        raise KeySetMalformed("no list of keys")
    listed = cast("list[object]", keys)
    if len(listed) > MOST_KEYS:
        raise KeySetMalformed(f"more than {MOST_KEYS} keys")
    usable = tuple(key for one in listed if (key := _usable(one)) is not None)
    if not usable:
        raise KeySetMalformed("no key that can be used")
    return KeySet(usable)


def _usable(found: object) -> SigningKey | None:
    if not isinstance(found, dict):
        return None
    given = cast("Mapping[str, object]", found)
    parts = _PARTS.get(str(given.get("kty")))
    if parts is None or given.get("use", "sig") != "sig":
        return None
    public = {name: given.get(name) for name in ("kty", *parts)}
    algorithms = _algorithms(given)
    if not algorithms or not all(isinstance(one, str) for one in public.values()):
        return None
    try:
        key = _imported(cast("dict[str, str | list[str]]", public))
    except (JoseError, ValueError, TypeError, OverflowError):
        return None
    kid = given.get("kid")
    return (
        None if key is None else SigningKey(kid if isinstance(kid, str) else None, algorithms, key)
    )


def _algorithms(given: Mapping[str, object]) -> frozenset[str]:
    """The algorithms that the key fits, and among them the one that it says it is for."""
    curve = _CURVE_OF.get(str(given.get("crv")))
    fitting = _RSA if given.get("kty") == "RSA" else frozenset({curve} if curve else ())
    said = given.get("alg")
    if said is None:
        return fitting
    told = "EdDSA" if said == "Ed25519" else said
    return fitting & {str(told)}


def _imported(public: dict[str, str | list[str]]) -> VerificationKey | None:
    if public["kty"] == "RSA":
        # Before it is taken in: the library warns of weak keys, and takes any exponent.
        bits = base64_to_int(str(public["n"])).bit_length()
        if not WEAKEST_RSA <= bits <= STRONGEST_RSA or len(public["e"]) > _LONGEST_EXPONENT:
            return None
        return RSAKey.import_key(public)
    return ECKey.import_key(public) if public["kty"] == "EC" else OKPKey.import_key(public)
