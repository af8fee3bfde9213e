"""Where is a document kept? Under its own hash, `ab/cdef...`, in one folder beside the store.

A file is written beside its place, flushed to disk, made read-only and then renamed: at every
moment the folder holds whole documents only. Two documents with the same bytes are one file.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from kvob_domain.errors import KvobError
from kvob_workflow.documents.errors import DocumentNotKept
from kvob_workflow.documents.reading import Measured, measured

if TYPE_CHECKING:
    from collections.abc import Generator

_READ_ONLY: Final = 0o444
_HALF: Final = ".part-"

Kept = Literal["new", "already", "restored"]
"""The folder had nothing under this hash, had these bytes, or had other bytes, now replaced."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A copy of a document that has no place yet; `keep` gives it one."""

    folder: DocumentFolder
    copy: Path
    measured: Measured

    def keep(self) -> Kept:
        """Put the copy in its place, durably.

        Raises:
            DocumentNotKept: the system refuses.
        """
        place = self.folder.path_of(self.measured.sha256)
        with _writing(self.folder.path):
            found = self.folder.found(self.measured.sha256)
            if found == self.measured:
                return "already"
            self.folder.shelf(place.parent)
            self.copy.replace(place)
            _flush_folder(place.parent)
        return "new" if found is None else "restored"


class DocumentFolder:
    """The documents of one store, by hash."""

    def __init__(self, path: Path) -> None:
        """Name the folder; it is made when the first document comes in."""
        self.path: Final = path

    def path_of(self, sha256: str) -> Path:
        """Where a document with this hash is kept, whether or not it is there."""
        return self.path / sha256[:2] / sha256[2:]

    def found(self, sha256: str) -> Measured | None:
        """What is there under a hash, read again; None where nothing is.

        Raises:
            KvobError: something is there that cannot be read as a document.
        """
        place = self.path_of(sha256)
        # A link or folder there is not "nothing": `measured` refuses it.
        return measured(place) if os.path.lexists(place) else None

    @contextmanager
    def taking(self, source: Path) -> Generator[Incoming]:
        """A copy of a file, hashed while it is copied, and gone again unless it is kept.

        Raises:
            DocumentUnreadable, DocumentNotRegular, DocumentEmpty, DocumentChanging: the source.
            DocumentNotKept: the folder.
        """
        with _writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        copy = self.path / f"{_HALF}{secrets.token_hex(8)}"
        try:
            yield Incoming(self, copy, self._copied(source, copy))
        finally:
            with suppress(FileNotFoundError):
                copy.unlink()

    def shelf(self, path: Path) -> None:
        """Make the folder of one prefix; it is never a link to somewhere else."""
        path.mkdir(exist_ok=True)
        if path.is_symlink():
            raise OSError(f"{path.name} is a link")
        _flush_folder(self.path)

    def _copied(self, source: Path, copy: Path) -> Measured:
        with _writing(self.path), copy.open("xb") as file:
            taken = measured(source, file.write)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), _READ_ONLY)
        return taken


@contextmanager
def _writing(folder: Path) -> Generator[None]:
    """Tells what the system refuses in our words; errors about the source pass."""
    try:
        yield
    except KvobError:
        raise
    except OSError as error:
        raise DocumentNotKept(str(folder), error.strerror or str(error)) from None
    except ValueError as error:  # a path with a NUL
        raise DocumentNotKept(repr(str(folder)), str(error)) from None


def _flush_folder(folder: Path) -> None:
    """A new name survives a power cut once its folder is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
