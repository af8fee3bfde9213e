"""How does a command run until it is stopped? It waits for a signal and tells every error."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kvob_workflow.cli.desk import Desk

# Windows cannot interrupt a wait without an end.
_AT_A_TIME: Final = 1.0


def until_stopped(begin: Callable[[], None], end: Callable[[], None]) -> None:
    """Begin, wait for SIGINT or SIGTERM, and end; a second signal does not cut the end short.

    Both raise KeyboardInterrupt in the main thread: an event that is set in a handler may wait for
    the lock that the interrupted wait holds.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    try:
        with suppress(KeyboardInterrupt):
            begin()
            never = threading.Event()
            while not never.wait(_AT_A_TIME):
                pass
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        end()
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def errors_told(desk: Desk) -> Generator[None]:
    """What is logged as a warning or worse goes to standard error, in the language of the call."""
    handler = _Told(desk)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


class _Told(logging.Handler):
    """One line per record; with --debug the way to it as well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(logging.WARNING)
        self._desk = desk

    def emit(self, record: logging.LogRecord) -> None:
        """Say it, if anybody reads it."""
        with suppress(OSError, ValueError):
            print(self._line(record), file=sys.stderr, flush=True)

    def _line(self, record: logging.LogRecord) -> str:
        error = getattr(record, "kvob_error", None)
        if isinstance(error, KvobError):
            estate = getattr(record, "estate", None)
            about = f"{estate}: " if estate else ""
            return f"{about}{error.message(self._desk.language)} [{error.code}]"
        if record.exc_info and not self._desk.settings.debug:
            return f"{record.getMessage()} {record.exc_info[1]!r}"
        return self.format(record)
