"""Who was refused, and who was let in to decide? A log of its own: `kvob_workflow.security`.

A line holds the code, a hashed subject or the id of a key, and where the request came from when
the host says so (`COMES_FROM`); never a credential, a name or an e-mail address. Not more than
`MOST` lines of one code in a minute are written, with the number of the others behind them: who
floods the door does not fill the disk.
"""

from __future__ import annotations

import logging
import threading
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_domain.errors import KvobError
    from kvob_domain.mandates import Mandate

LOG: Final = logging.getLogger("kvob_workflow.security")
COMES_FROM: Final[ContextVar[str | None]] = ContextVar("kvob_comes_from", default=None)
"""The address that the request came from, set by whoever serves it."""

MOST: Final = 60
_WINDOW: Final = 60.0


class SecurityLog:
    """Writes within bounds. Thread-safe."""

    def __init__(self, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        """Begin to count; `elapsed` counts seconds."""
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._begun: dict[str, float] = {}
        self._written: dict[str, int] = {}

    def refused(self, error: KvobError, *, who: str | None = None) -> None:
        """Somebody was not let in."""
        self._write(logging.WARNING, "refused", error.code, who)

    def accepted(self, mandate: Mandate) -> None:
        """Somebody was let in who may decide, erase or give out keys."""
        self._write(logging.INFO, "accepted", mandate.actor.role.value, mandate.actor.person)

    def _write(self, level: int, outcome: str, code: str, who: str | None) -> None:
        left_out = self._counted(f"{outcome} {code}")
        if left_out is None:
            return
        if left_out:
            LOG.log(level, "%s code=%s left_out=%d", outcome, code, left_out)
        origin = COMES_FROM.get() or "-"
        LOG.log(level, "%s code=%s who=%s from=%s", outcome, code, who or "-", origin)

    def _counted(self, kind: str) -> int | None:
        """None when this line is one too many; else how many were left out before it."""
        now = self._elapsed()
        with self._lock:
            if now - self._begun.get(kind, float("-inf")) >= _WINDOW:
                before = max(0, self._written.get(kind, 0) - MOST)
                self._begun[kind], self._written[kind] = now, 1
                return before
            self._written[kind] += 1
            return 0 if self._written[kind] <= MOST else None
