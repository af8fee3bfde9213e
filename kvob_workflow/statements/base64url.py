"""How are bytes written in a JWS and a JWK? base64url without padding, in one spelling only."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]*")


def encoded(raw: bytes) -> str:
    """The text for these bytes. Source: RFC 7515, section 2."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of this text.

    Raises:
        ValueError: it is not base64url, or another spelling of the same bytes.
    """
    if not _ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encoded(found) != text:  # the unused bits of the last digit
        raise ValueError("another spelling of base64url")
    return found
