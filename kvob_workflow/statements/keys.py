"""Whose signature is it? The register's Ed25519 key, in a file that its owner alone reads.

The file is a JWK Set (RFC 7517, RFC 8037) with one private key, then the public halves of those
before it, so that statements signed just before a rotation stay checkable. It lies outside the
store, like the key of the proof log, and is another key: who keeps one need not keep the other.
"""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.statements.base64url import decoded, encoded
from kvob_workflow.statements.errors import RegisterKeyMalformed, RegisterKeyUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM: Final = "Ed25519"
"""The only algorithm. Source: RFC 9864, which puts it in the place of EdDSA."""

LONGEST_FILE: Final = 16_384
FORMER_KEYS: Final = 5
"""Public keys of before that are published; a statement holds for a month at most."""
_KEY_BYTES: Final = 32
_OWNER_ONLY: Final = 0o600
_ISSUER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./:_-]{0,199}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that checks: 32 bytes."""

    public: bytes

    @property
    def id(self) -> str:
        """Its thumbprint, by which a statement names it. Source: RFC 7638, RFC 8037."""
        members = {"crv": ALGORITHM, "kty": "OKP", "x": encoded(self.public)}
        return encoded(sha256(json.dumps(members, separators=(",", ":")).encode()).digest())

    @property
    def jwk(self) -> dict[str, str]:
        """As a JSON Web Key."""
        return {
            "kty": "OKP",
            "crv": ALGORITHM,
            "x": encoded(self.public),
            "kid": self.id,
            "alg": ALGORITHM,
            "use": "sig",
        }

    def has_signed(self, signed: bytes, signature: bytes) -> bool:
        """Whether this is its signature over these bytes."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """The key that signs, those before it, and the name of the register that they stand for.

    The secret half is never printed, and leaves through no method.
    """

    issuer: str
    former: tuple[PublicKey, ...]
    _private: Ed25519PrivateKey

    def __repr__(self) -> str:
        """Without any part of the key."""
        return f"RegisterKeys(issuer={self.issuer!r})"

    @property
    def public(self) -> PublicKey:
        """The public half of the key that signs."""
        return PublicKey(self._private.public_key().public_bytes_raw())

    @property
    def all_public(self) -> tuple[PublicKey, ...]:
        """The public keys to publish, the one that signs first."""
        return (self.public, *self.former)

    @property
    def jwks(self) -> dict[str, object]:
        """The JWK Set to publish."""
        return {"keys": [one.jwk for one in self.all_public]}

    def sign(self, signed: bytes) -> bytes:
        """The signature over these bytes."""
        return self._private.sign(signed)

    def _text(self) -> str:
        private = {**self.public.jwk, "d": encoded(self._private.private_bytes_raw())}
        keys = [private, *(one.jwk for one in self.former)]
        return json.dumps({"issuer": self.issuer, "keys": keys}, indent=1) + "\n"

    def rotated(self) -> RegisterKeys:
        """A new key in the place of this one, which stays published."""
        return RegisterKeys(self.issuer, self.all_public[:FORMER_KEYS], _new())

    def write(self, path: Path, *, replace: bool) -> None:
        """Write the file, whole or not at all.

        Raises:
            RegisterKeyUnusable: there is a file already, or it cannot be written.
        """
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        place = beside if replace else path
        try:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            with open(descriptor, "wb") as file:
                file.write(self._text().encode())
                file.flush()
                os.fsync(file.fileno())
            if replace:
                beside.replace(path)
        except OSError as error:
            if replace:
                with suppress(OSError):
                    beside.unlink()
            raise RegisterKeyUnusable(str(path), error.strerror or str(error)) from None


def make_keys(path: Path, issuer: str) -> RegisterKeys:
    """Make the key of a register in a new file.

    Raises:
        RegisterKeyMalformed: a register cannot be called so.
        RegisterKeyUnusable: there is a file already, or it cannot be written.
    """
    if not _ISSUER.fullmatch(issuer):
        raise RegisterKeyMalformed("issuer: letters, digits, and ./:_- only")
    made = RegisterKeys(issuer, (), _new())
    made.write(path, replace=False)
    return made


def rotate_keys(path: Path) -> RegisterKeys:
    """Put a new key in the place of the one in this file; the old public half stays in it.

    Raises:
        RegisterKeyUnusable, RegisterKeyMalformed: as `read_keys`.
    """
    rotated = read_keys(path).rotated()
    rotated.write(path, replace=True)
    return rotated


def read_keys(path: Path) -> RegisterKeys:
    """The keys in this file.

    Raises:
        RegisterKeyUnusable: the file is missing, or others may read it.
        RegisterKeyMalformed: it does not hold the key of a register.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            raw = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise RegisterKeyUnusable(str(path), error.strerror or str(error)) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise RegisterKeyUnusable(str(path), "others may read it")
    document = _object(raw)
    issuer = document.get("issuer")
    first, *others = _members(document)
    if not isinstance(issuer, str) or not _ISSUER.fullmatch(issuer) or "d" not in first:
        raise RegisterKeyMalformed("no issuer, or no private key in front")
    if any("d" in one for one in others):
        raise RegisterKeyMalformed("more than one private key")
    private = Ed25519PrivateKey.from_private_bytes(_bytes(first, "d"))
    keys = RegisterKeys(issuer, tuple(map(_public, others)), private)
    if keys.public != _public(first):
        raise RegisterKeyMalformed("the two halves are not one key")
    return keys


def read_public(raw: str | bytes) -> tuple[PublicKey, ...]:
    """The public keys in a JWK Set, or in one JWK. A private half is refused, not skipped.

    Raises:
        RegisterKeyMalformed: it is neither, or holds something secret or of another kind.
    """
    document = _object(raw)
    members = _members(document) if "keys" in document else [document]
    if any("d" in one for one in members):
        raise RegisterKeyMalformed("a private key, which is nobody's to pass on")
    return tuple(map(_public, members))


def _new() -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def _object(raw: str | bytes) -> Mapping[str, object]:
    if len(raw) > LONGEST_FILE:
        raise RegisterKeyMalformed(f"over {LONGEST_FILE} bytes")
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise RegisterKeyMalformed("no JSON") from None
    if not isinstance(found, dict):
        raise RegisterKeyMalformed("no JSON object")
    return cast("Mapping[str, object]", found)


def _members(document: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = document.get("keys")
    if not isinstance(found, list) or not found or len(cast("list[object]", found)) > 50:
        raise RegisterKeyMalformed("no list of keys")
    members = cast("list[object]", found)
    if not all(isinstance(one, dict) for one in members):
        raise RegisterKeyMalformed("a key that is no object")
    return cast("list[Mapping[str, object]]", members)


def _public(member: Mapping[str, object]) -> PublicKey:
    kind = member.get("kty"), member.get("crv"), member.get("alg", ALGORITHM)
    if kind != ("OKP", ALGORITHM, ALGORITHM):
        raise RegisterKeyMalformed("not an Ed25519 key")
    key = PublicKey(_bytes(member, "x"))
    if member.get("kid", key.id) != key.id:
        raise RegisterKeyMalformed("its id does not fit its contents")
    return key


def _bytes(member: Mapping[str, object], name: str) -> bytes:
    text = member.get(name)
    try:
        found = decoded(text) if isinstance(text, str) else b""
    except ValueError:
        raise RegisterKeyMalformed(f"{name}: no base64url") from None
    if len(found) != _KEY_BYTES:
        raise RegisterKeyMalformed(f"{name}: not {_KEY_BYTES} bytes")
    return found
