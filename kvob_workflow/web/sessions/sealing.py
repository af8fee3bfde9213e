"""How is a cookie sealed, so that nobody reads or changes it? AES-256-GCM, under keys in turn.

A secret of 32 bytes gives a key for each purpose by HKDF (RFC 5869). The newest secret seals; the
ones before it still open, so that a change of keys logs nobody out. Without a file a secret is made
for the process: nobody then stays logged in over a restart, and several nodes do not know each
other's sessions.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kvob_workflow.web.sessions.errors import SessionKeyUnusable
from kvob_workflow.web.sessions.secret_files import read_secret_file

KEY_BYTES: Final = 32
MOST_KEYS: Final = 5
LARGEST: Final = 4_000
"""Bytes of a sealed text; browsers keep cookies of 4,096 with name and attributes (RFC 6265)."""

_VERSION: Final = "1."
_NONCE_BYTES: Final = 12
_FORM: Final = re.compile(rb"[0-9a-f]{64}\n?")
_SHAPE: Final = re.compile(r"1\.[A-Za-z0-9_-]{40,}")


class SessionKeys:
    """The secrets of sessions, the newest first. `are_kept`: they outlive this process."""

    def __init__(self, secrets_of: Sequence[bytes] = ()) -> None:
        """Take these secrets; without any, make one for this process.

        Raises:
            ValueError: one has not 32 bytes, or there are more than five.
        """
        given = tuple(secrets_of)
        if len(given) > MOST_KEYS or any(len(one) != KEY_BYTES for one in given):
            raise ValueError(f"give at most {MOST_KEYS} secrets of {KEY_BYTES} bytes")
        self._secrets = given or (secrets.token_bytes(KEY_BYTES),)
        self.are_kept: Final = bool(given)

    @classmethod
    def read(cls, files: Sequence[str | Path]) -> SessionKeys:
        """The secrets in files, the newest first; without files one for this process.

        Raises:
            SessionKeyUnusable: a file is no key, or cannot be read.
        """
        if len(files) > MOST_KEYS:
            raise SessionKeyUnusable(str(files[MOST_KEYS]), f"> {MOST_KEYS}")
        return cls([_read(Path(one)) for one in files])

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """A key of 32 bytes for one purpose, of each secret."""
        info = f"kvob {purpose}".encode()
        return tuple(HKDF(SHA256(), KEY_BYTES, None, info).derive(one) for one in self._secrets)


class Seal:
    """Seals texts for one purpose; what was sealed for another does not open."""

    def __init__(self, keys: SessionKeys, purpose: str) -> None:
        """Derive its keys."""
        self._purpose = purpose.encode()
        self._boxes = tuple(AESGCM(one) for one in keys.derived(f"seal {purpose}"))

    def seal(self, content: dict[str, object]) -> str:
        """A text for a cookie. Its length is not bounded here: see `LARGEST`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = zlib.compress(orjson.dumps(content), 9)
        box = self._boxes[0].encrypt(nonce, plain, self._purpose)
        return _VERSION + base64.urlsafe_b64encode(nonce + box).rstrip(b"=").decode()

    def open(self, text: str) -> dict[str, object] | None:
        """What was sealed; None where this seal is not on it."""
        if len(text) > LARGEST or not _SHAPE.fullmatch(text):
            return None
        body = text.removeprefix(_VERSION)
        try:
            raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        for box in self._boxes:
            try:
                plain = box.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], self._purpose)
            except InvalidTag:
                continue
            return cast("dict[str, object]", orjson.loads(zlib.decompress(plain)))
        return None


def make_session_key(path: str | Path) -> None:
    """Make a file with a new secret, for its owner alone.

    Raises:
        SessionKeyUnusable: there is such a file, or the system refuses.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SessionKeyUnusable(str(path), error.strerror or type(error).__name__) from None


def _read(path: Path) -> bytes:
    try:
        content = read_secret_file(path, 100)
    except OSError as error:
        raise SessionKeyUnusable(str(path), error.strerror or type(error).__name__) from None
    if not _FORM.fullmatch(content):
        raise SessionKeyUnusable(str(path), "64 x 0-9a-f")
    return bytes.fromhex(content.decode())
