"""How are the bytes of a document read? In pieces, of a regular file that stays as it is."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.documents.errors import (
    DocumentChanging,
    DocumentEmpty,
    DocumentNotRegular,
    DocumentUnreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

PIECE: Final = 1 << 20
# Not through a link, and without waiting for whoever writes into a pipe.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Measured(NamedTuple):
    """What the bytes of a file are: SHA-256 as 64 hexadecimal digits, and how many."""

    sha256: str
    size_bytes: int


def measured(path: Path, also: Callable[[bytes], object] | None = None) -> Measured:
    """The hash and size of a file; `also` is given every piece as it is read.

    Raises:
        DocumentUnreadable, DocumentNotRegular, DocumentEmpty, DocumentChanging: it has none.
    """
    digest, size = hashlib.sha256(), 0
    with opened(path) as descriptor:
        before = os.fstat(descriptor)
        while piece := _piece(descriptor, path):
            digest.update(piece)
            size += len(piece)
            if also is not None:
                also(piece)
        after = os.fstat(descriptor)
    if (size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise DocumentChanging(str(path))
    if size == 0:
        raise DocumentEmpty(str(path))
    return Measured(digest.hexdigest(), size)


@contextmanager
def opened(path: Path) -> Generator[int]:
    """The descriptor of a regular file, not reached through a link in its last part.

    Raises:
        DocumentUnreadable, DocumentNotRegular: there is none.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise DocumentNotRegular(str(path)) from None
        raise DocumentUnreadable(str(path), error.strerror or str(error)) from None
    except ValueError as error:  # a path with a NUL
        raise DocumentUnreadable(repr(str(path)), str(error)) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise DocumentNotRegular(str(path))
        yield descriptor
    finally:
        os.close(descriptor)


def _piece(descriptor: int, path: Path) -> bytes:
    try:
        return os.read(descriptor, PIECE)
    except OSError as error:
        raise DocumentUnreadable(str(path), error.strerror or str(error)) from None
