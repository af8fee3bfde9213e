"""Under which name does a person stand in the log? HMAC-SHA256 of the id, under a key beside it.

Who has the log alone cannot tell who looked; who has the key can, person by person. Without the
key, nobody can any more.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from kvob_workflow.access.errors import AccessKeyMissing, AccessKeyUnusable

_BYTES: Final = 32
_SHOWN: Final = 32
_OTHERS: Final = 0o077


class Pseudonyms:
    """The pseudonyms of one log."""

    def __init__(self, log: Path) -> None:
        """Read the key beside the log, and make it for a log that is not there yet.

        Raises:
            AccessKeyMissing: there is a log without its key.
            AccessKeyUnusable: the file is damaged, cannot be read, or others may read it.
        """
        path = key_path(log)
        try:
            if not path.exists():
                if log.exists() and log.stat().st_size:
                    raise AccessKeyMissing(str(path))
                _make(path)
            self._key: Final = _read(path)
        except OSError as error:
            raise AccessKeyUnusable(str(path), error.strerror or str(error)) from None

    def of_person(self, person: str) -> str:
        """The pseudonym of a person's id; spellings that count as one id give one."""
        return self._of("person", person.strip().lower())

    def of_text(self, text: str) -> str:
        """A text that somebody searched for, which may be a name."""
        return self._of("text", text)

    def _of(self, purpose: str, text: str) -> str:
        told = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return "~" + hmac.digest(self._key, told, "sha256").hex()[:_SHOWN]


def key_path(log: Path) -> Path:
    """The key file beside a log."""
    return log.with_name(f"{log.name}.key")


def _make(path: Path) -> None:
    """The file appears whole or not at all; of two processes at once, the first one's stays."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_hex(_BYTES).encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass  # the other process's key holds
    finally:
        beside.unlink()


def _read(path: Path) -> bytes:
    if path.stat().st_mode & _OTHERS:
        raise AccessKeyUnusable(str(path), "mode is not 600")
    text = path.read_bytes().strip()
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise AccessKeyUnusable(str(path), "not a key")
    return key
