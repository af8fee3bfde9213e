"""Where are the key and the last heads kept? In two files outside the store, side by side.

    kvob.key         the signing key; only its owner may read it
    kvob.key.heads   the newest head of each log, and the newest that a witness signed

Without the heads a sequencer would sign whatever an older copy of the store tells. A file is
written beside its place and renamed, so it is always whole.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.errors import HeadsMissing, KeyMalformed, KeyUnusable
from kvob_workflow.proofs.keys import (
    LOG,
    LONGEST_KEY,
    SigningKey,
    VerifierKey,
    new_key,
    read_signing,
)
from kvob_workflow.proofs.notes import SignedNote, read_checkpoint, read_notes
from kvob_workflow.store.sqlite.lockfile import LockFile

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

_OWNER_ONLY: Final = 0o600
_ORIGIN: Final = re.compile(r"(kvob/[^\s+]+)/log-([1-9][0-9]{0,5})")


def origin_of(installation: str, number: int) -> str:
    """The name of a log, which is also that of its key."""
    return f"kvob/{installation}/log-{number}"


def log_number(origin: str) -> int:
    """Which log of an installation an origin names: 1, or more after a restart.

    Raises:
        KeyMalformed: it is not the origin of a log of ours.
    """
    found = _ORIGIN.fullmatch(origin)
    if found is None:
        raise KeyMalformed(f"'{origin}' is not kvob/<installation>/log-<number>")
    return int(found[2])


def other_log(origin: str, number: int) -> str:
    """The origin of another log of the same installation."""
    return f"{origin[: -len(str(log_number(origin)))]}{number}"


class Signer:
    """The key of a log and the heads that it signed, in two files."""

    def __init__(self, path: Path) -> None:
        """Read the key.

        Raises:
            KeyUnusable: the file is missing, or others may read it.
            KeyMalformed: it does not hold the key of a log.
        """
        self.path = path
        self.key = _read_key(path)

    @property
    def origin(self) -> str:
        """The name of the log that this key signs now."""
        return self.key.name

    @property
    def number(self) -> int:
        """Which log of the installation that is."""
        return log_number(self.key.name)

    def verifiers(self) -> tuple[VerifierKey, ...]:
        """The public keys of this log and of those before it, the newest first."""
        numbers = range(self.number, 0, -1)
        return tuple(self.key.named(other_log(self.origin, one)).verifier for one in numbers)

    def heads(self) -> list[SignedNote]:
        """The heads beside the key.

        Raises:
            HeadsMissing: there is no such file.
            NoteMalformed: the file holds something else.
        """
        try:
            return read_notes(heads_path(self.path).read_bytes())
        except FileNotFoundError:
            raise HeadsMissing(str(heads_path(self.path))) from None

    def add_head(self, note: SignedNote) -> None:
        """Keep a head that this log signed: the newest of each log, and the newest cosigned one."""
        try:
            before = self.heads()
        except HeadsMissing:
            before = []
        kept = _worth_keeping((*before, note))
        _write(heads_path(self.path), "\n".join(str(one) for one in kept).encode())

    def renamed(self, origin: str) -> Signer:
        """The same key for another log of the installation, from now on."""
        _write(self.path, f"{self.key.named(origin).text}\n".encode())
        return Signer(self.path)

    @contextmanager
    def turn(self, patience: float = 0) -> Generator[bool]:
        """Whether this process may work with the key now; waits so many seconds for it."""
        try:
            lock = LockFile(self.path.with_name(f"{self.path.name}.lock"))
        except OSError as error:
            raise KeyUnusable(str(self.path), error.strerror or str(error)) from None
        try:
            yield lock.acquire(patience)
        finally:
            lock.close()


def heads_path(key: Path) -> Path:
    """The file of heads beside a key."""
    return key.with_name(f"{key.name}.heads")


def make_key(path: Path, installation: str) -> Signer:
    """Make the key of log-1 of an installation, and an empty file of heads.

    Raises:
        KeyMalformed: an installation cannot be called so.
        KeyUnusable: there is a file already, or it cannot be written.
    """
    key = new_key(origin_of(installation, 1))
    log_number(key.name)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with open(descriptor, "wb") as file:
            file.write(f"{key.text}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyUnusable(str(path), error.strerror or str(error)) from None
    _write(heads_path(path), b"")
    return Signer(path)


def _read_key(path: Path) -> SigningKey:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            raw = file.read(LONGEST_KEY + 1)
    except OSError as error:
        raise KeyUnusable(str(path), error.strerror or str(error)) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise KeyUnusable(str(path), "others may read it")
    try:
        key = read_signing(raw.decode())
    except UnicodeError:
        raise KeyMalformed("no text") from None
    if key.kind != LOG:
        raise KeyMalformed("the key of a witness")
    log_number(key.name)
    return key


def _worth_keeping(notes: Iterable[SignedNote]) -> list[SignedNote]:
    newest: dict[tuple[str, bool], tuple[int, int, SignedNote]] = {}
    for note in notes:
        checkpoint = read_checkpoint(note)
        cosigned = len(note.signatures) > 1
        found = (checkpoint.size, len(note.signatures), note)
        for place in {(checkpoint.origin, False), (checkpoint.origin, cosigned)}:
            if place not in newest or newest[place][:2] <= found[:2]:
                newest[place] = found
    return list(dict.fromkeys(note for _, _, note in newest.values()))


def _write(path: Path, contents: bytes) -> None:
    """Write a file that its owner alone may read; it is whole or as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with suppress(FileNotFoundError):
            beside.unlink()  # of a process with the same number that was killed
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with open(descriptor, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise KeyUnusable(str(path), error.strerror or str(error)) from None
