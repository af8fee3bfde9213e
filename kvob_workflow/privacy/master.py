"""Where is the master key? In a file of one line, which only its owner may read."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from kvob_workflow.privacy.key_errors import (
    KeyFileExists,
    KeyFileFailed,
    MasterKeyMalformed,
    MasterKeyMissing,
)

if TYPE_CHECKING:
    from pathlib import Path

_FORM: Final = re.compile(rb"[0-9a-f]{64}\n?")


def read_master(path: Path) -> bytes:
    """The master key.

    Raises:
        MasterKeyMissing, MasterKeyMalformed, KeyFileFailed: as their names say.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise MasterKeyMissing(str(path)) from None
    except OSError as error:
        raise KeyFileFailed(str(path), error.strerror or str(error)) from None
    if not _FORM.fullmatch(content):
        raise MasterKeyMalformed(str(path))
    return bytes.fromhex(content.decode())


def write_master(path: Path, key: bytes, *, replace: bool = False) -> None:
    """Writes a master key durably, for its owner alone.

    Raises:
        KeyFileExists: the file is there, and `replace` is not given.
        KeyFileFailed: the system refuses.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL)
    try:
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path)
    except FileExistsError:
        raise KeyFileExists(str(path)) from None
    except OSError as error:
        raise KeyFileFailed(str(path), error.strerror or str(error)) from None


def sync_folder(path: Path) -> None:
    """Makes a new or renamed file of a folder last through a power cut, where systems can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
