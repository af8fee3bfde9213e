"""Which bytes does a path name? A regular file, a pipe, or "-" for standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from kvob_workflow.importing.errors import ImportFileMissing, ImportFileUnreadable

STANDARD_INPUT = "-"


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
