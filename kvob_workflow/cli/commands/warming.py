"""Why does nobody wait for the first page? What it asks was asked before, beside everything else.

The first question of a process brings views up to date that are followed, which takes a minute and
a half where there are 100,000 estates (measured). A server asks it by itself when it listens.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.store.faults import StoreClosed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_LOG: Final = logging.getLogger("kvob_workflow.web")
_PATIENCE: Final = 10.0


class Warming:
    """Asks one question once, in a thread of its own."""

    def __init__(self, ask: Callable[[], object]) -> None:
        """Ask nothing yet."""
        self._ask = ask
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kvob-warming", daemon=True)

    def start(self) -> None:
        """Ask it, and go on at once."""
        self._thread.start()

    @contextmanager
    def ending(self) -> Generator[None]:
        """While the store is closed, which cuts the question short; waits ten seconds at most."""
        self._is_ending.set()
        yield
        self.wait(_PATIENCE)

    def wait(self, seconds: float) -> None:
        """Wait until it was answered, if it was asked."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._ask()
        except StoreClosed as error:
            if not self._is_ending.is_set():
                _LOG.warning("The first page was not prepared: %s [%s]", error, error.code)
        except KvobError as error:  # who opens the page hears of it too
            _LOG.warning("The first page was not prepared: %s [%s]", error, error.code)
        except Exception:
            _LOG.exception("The first page was not prepared")


__all__ = ["Warming"]
