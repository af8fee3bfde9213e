"""Who must wait before deciding? On a file everybody; on a server who acts on the same estate.

A file has one writer, so commands of one process queue here and not at its lock. A server takes
many at once; there only commands of this process on one estate wait for each other, because one
of them would lose the race anyway. Other processes are met by VersionConflict and a new try.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

_LOCKS: Final = 64


class Turns:
    """The locks of one engine. Thread-safe, and not to be taken twice by one thread."""

    def __init__(self, *, one_by_one: bool) -> None:
        """`one_by_one` lets nobody decide beside another."""
        self._locks = tuple(threading.Lock() for _ in range(1 if one_by_one else _LOCKS))

    @contextmanager
    def of(self, estates: Iterable[str]) -> Generator[None]:
        """The turn of these estates; the same locks for all in the same order, so none deadlock."""
        numbers = {hash(estate) % len(self._locks) for estate in estates}
        if len(self._locks) == 1:
            numbers = {0}  # also for a command that makes an estate
        with ExitStack() as held:
            for number in sorted(numbers):
                held.enter_context(self._locks[number])
            yield

    @contextmanager
    def everybody(self) -> Generator[None]:
        """A turn alone: no command of this process is decided meanwhile."""
        with ExitStack() as held:
            for lock in self._locks:
                held.enter_context(lock)
            yield
