"""Why can a store not cross a fork? SQLite keeps its locks per process, in memory.

A forked child inherits SQLite's belief that it holds locks which only its parent holds. A
connection opened in the child then skips taking them, and the last process to close may delete
a log that the child still writes to: commits would be lost without an error. So a file that was
open at the fork is refused in the child, until the child replaces its program (exec, spawn).
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from kvob_workflow.store.faults import StoreForked

if TYPE_CHECKING:
    from pathlib import Path

_guard = threading.Lock()
_opened_by: dict[tuple[str, int], int] = {}


def _after_fork_in_child() -> None:
    # Another thread may have held the old lock at the fork; nobody would ever release it.
    global _guard
    _guard = threading.Lock()


def entered(path: Path, store: str) -> None:
    """Notes that this process opens `path`.

    Raises:
        StoreForked: the process that this one was forked from had the file open.
    """
    name = os.path.realpath(path)
    with _guard:
        for opened, pid in _opened_by:
            if opened == name and pid != os.getpid():
                raise StoreForked(store, f"process {pid}")
        key = (name, os.getpid())
        _opened_by[key] = _opened_by.get(key, 0) + 1


def left(path: Path) -> None:
    """Notes that one store of this process has closed `path`."""
    key = (os.path.realpath(path), os.getpid())
    with _guard:
        count = _opened_by.get(key, 0) - 1
        if count > 0:
            _opened_by[key] = count
        else:
            _opened_by.pop(key, None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
