"""Which bytes does a path name? A regular file, a pipe, or "-" for standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from kvob_workflow.importing.errors import ImportFileMissing, ImportFileUnreadable
from kvob_workflow.importing.workbooks import LARGEST_FILE, is_workbook

STANDARD_INPUT = "-"
_LONGEST_START: Final = 4


class Bytes(Protocol):
    """Bytes that are read from their beginning to their end."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end."""
        ...


def open_bytes(path: str | Path) -> AbstractContextManager[BinaryIO]:
    """The bytes that `path` names; leaving the context closes what was opened here.

    Raises:
        ImportFileMissing, ImportFileUnreadable.
    """
    if str(path) == STANDARD_INPUT:
        return nullcontext(_standard_input())
    try:
        return _opened(path)
    except FileNotFoundError:
        raise ImportFileMissing(str(path)) from None
    except OSError as error:
        raise ImportFileUnreadable(str(path), error.strerror or str(error)) from None
    except ValueError as error:  # a path with a NUL
        raise ImportFileUnreadable(repr(str(path)), str(error)) from None


def size_of(source: BinaryIO) -> int | None:
    """The size in bytes of a regular file; None where the end is not known beforehand."""
    try:
        found = os.fstat(source.fileno())
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


class _Joined:
    """What was read already, and then the rest of the stream."""

    def __init__(self, start: bytes, source: BinaryIO) -> None:
        self._start = start
        self._source = source

    def read(self, size: int, /) -> bytes:
        if not self._start:
            return self._source.read(size)
        start, self._start = self._start[:size], self._start[size:]
        return start


def sniffed(source: BinaryIO, path: str) -> tuple[Bytes, bool]:
    """The same bytes from their beginning, and whether they begin as a workbook does.

    Raises:
        ImportFileUnreadable: reading failed.
    """
    try:
        start = source.read(_LONGEST_START)
        if size_of(source) is not None:
            source.seek(-len(start), os.SEEK_CUR)
            return source, is_workbook(start)
    except (OSError, ValueError) as error:
        raise ImportFileUnreadable(path, _reason(error)) from None
    return _Joined(start, source), is_workbook(start)


def read_all(source: Bytes, path: str) -> bytes:
    """All bytes of a workbook; one more than it may have at most.

    Raises:
        ImportFileUnreadable: reading failed.
    """
    blocks: list[bytes] = []
    left = LARGEST_FILE + 1
    try:
        while left and (block := source.read(left)):
            blocks.append(block)
            left -= len(block)
    except (OSError, ValueError) as error:
        raise ImportFileUnreadable(path, _reason(error)) from None
    return b"".join(blocks)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _opened(path: str | Path) -> BinaryIO:
    # Asked before opening: to open a device may already do something.
    mode = Path(path).stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(number, os.strerror(number))
    return Path(path).open("rb")


def _standard_input() -> BinaryIO:
    stream = sys.stdin
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison]  # a program without console
        raise ImportFileUnreadable(STANDARD_INPUT, "there is no standard input")
    return stream.buffer
