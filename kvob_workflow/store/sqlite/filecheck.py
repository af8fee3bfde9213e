"""Can this path hold a store at all? Asked before SQLite, whose own answers are terse."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store.faults import (
    StoreFolderMissing,
    StoreFull,
    StoreIsFolder,
    StoreNotADatabase,
    StoreReadOnly,
    StoreReplaced,
)
from kvob_workflow.store.sqlite.lockfile import LockFile

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"

FileIdentity = tuple[int, int]
"""Device and inode: what stays of a file when its name goes to another one."""


def check_file(path: Path) -> None:
    """Refuses a path that cannot be a store; a missing file is well, a missing folder is not.

    Raises:
        StoreUnavailable: one of its causes.
    """
    store = str(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        if not path.parent.is_dir():
            raise StoreFolderMissing(store, str(path.parent)) from None
        return
    except OSError as error:
        raise StoreUnavailable(store, error.strerror or str(error)) from error
    if stat.S_ISDIR(mode):
        raise StoreIsFolder(store, "a folder")
    if not stat.S_ISREG(mode):
        raise StoreIsFolder(store, "neither a file nor a folder")
    _check_contents(path, store)


def identity_of(path: Path) -> FileIdentity:
    """Which file stands at `path` now.

    Raises:
        StoreReplaced: there is none.
        StoreUnavailable: the system does not say.
    """
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreReplaced(str(path), "no such file") from error
    except OSError as error:
        raise StoreUnavailable(str(path), error.strerror or str(error)) from error
    return found.st_dev, found.st_ino


def _check_contents(path: Path, store: str) -> None:
    # SQLite opens a file that it may not write without a word, and fails at the first write.
    if not os.access(path, os.W_OK):
        raise StoreReadOnly(store, "no right to write the file")
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise StoreUnavailable(store, error.strerror or str(error)) from error
    if start not in (b"", _MAGIC):
        raise StoreNotADatabase(store, "other contents")


def open_lock(path: Path) -> LockFile:
    """The lock file beside `path`.

    Raises:
        StoreUnavailable: one of its causes.
    """
    try:
        return LockFile(path.with_name(path.name + ".lock"))
    except PermissionError as error:
        raise StoreReadOnly(str(path), "no right to write the lock file") from error
    except OSError as error:
        raise _lock_failure(path, error) from error


def _lock_failure(path: Path, error: OSError) -> StoreUnavailable:
    reason = error.strerror or str(error)
    if error.errno == errno.EROFS:
        return StoreReadOnly(str(path), reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(str(path), reason)
    return StoreUnavailable(str(path), reason)
