"""What does the key of a machine look like? `kvob_<id>_<secret><checksum>`, in hexadecimal.

The form never changes and has a checksum, so that scanners for leaked secrets find keys and
nothing else: `kvob_[0-9a-f]{32}_[0-9a-f]{72}`, the last eight digits the CRC-32 of what stands
before them. The secret is 256 random bits, so that a plain SHA-256 keeps it safe: no guess of
256 bits comes true, which is what slow hashes are for.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kvob_workflow.store.api_keys import ApiKey

PREFIX: Final = "kvob_"
_FORM: Final = re.compile(r"kvob_([0-9a-f]{32})_([0-9a-f]{64})([0-9a-f]{8})")


class KeyParts(NamedTuple):
    """The parts of the text of a key."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key. `text` is what the machine sends; it is nowhere else, and never shown again."""

    key: ApiKey
    text: str = field(repr=False)


def key_text(id: str) -> str:
    """A new text for the key with this id (32 hexadecimal digits)."""
    body = f"{PREFIX}{id}_{secrets.token_hex(32)}"
    return body + _checksum(body)


def parts_of(text: str) -> KeyParts | None:
    """The parts of a text; None when it is no key, or not copied whole."""
    found = _FORM.fullmatch(text)
    if found is None or _checksum(text[:-8]) != found[3]:
        return None
    return KeyParts(found[1], found[2])


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
