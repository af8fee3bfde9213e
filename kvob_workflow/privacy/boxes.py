"""How are texts and keys locked? AES-256-GCM with associated data that name the place.

A box opens only with its key and with the very same associated data, so that moving it to
another row, field or person is noticed. Nonces are random: a key locks far fewer than 2^32 texts.
GCM itself does not commit to its key (two keys can be found that open one box), so a commitment
is kept beside it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
# Names inside a label hold no unit separator: fields of ids, paths and codes are plain ASCII.
_SEPARATOR: Final = "\x1f"


def new_key() -> bytes:
    """A random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def commitment(key: bytes) -> str:
    """What binds a box to one key; of a random key it tells nothing."""
    return hashlib.sha256(b"kvob data key v1" + key).hexdigest()


def master_id(master: bytes) -> str:
    """The short name of a master key, of 16 hexadecimal digits."""
    return hashlib.sha256(b"kvob master key v1" + master).hexdigest()[:16]


def blind_index(key: bytes, text: str) -> str:
    """A keyed hash by which equal texts are found; without the key it cannot be guessed."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def place(*parts: object) -> bytes:
    """Associated data: where a box belongs."""
    return _SEPARATOR.join(map(str, parts)).encode()


def lock(key: bytes, content: bytes, where: bytes) -> tuple[bytes, bytes]:
    """The nonce and the locked content with its tag."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, content, where)


def unlock(key: bytes, nonce: bytes, box: bytes, where: bytes) -> bytes | None:
    """The content; None when key, place or box is not the one it was locked with."""
    try:
        return AESGCM(key).decrypt(nonce, box, where)
    except (InvalidTag, ValueError):  # a nonce of another length is a forgery like any other
        return None


def as_text(content: bytes) -> str:
    """Bytes as base64."""
    return base64.b64encode(content).decode()


def from_text(text: str) -> bytes:
    """Bytes from base64; none where it is malformed, which then opens nowhere."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
