"""How does the log keep up by itself? A thread that sequences every few seconds.

What is promised: while it runs, an event is in the log within five seconds, and sooner when a
thousand wait. It takes nothing from appends but its share of the processor.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.proofs.sequencer import MERGE_DELAY_EVENTS, sequence

if TYPE_CHECKING:
    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.store import EventStore

logger: Final = logging.getLogger("kvob_workflow.proofs")

_LOOK: Final = 0.5
# A pass over what three seconds bring takes well under one, also at 20,000 events a second.
_PASS: Final = 3.0


class Follower:
    """Sequences one store until it is stopped."""

    def __init__(self, store: EventStore, signer: Signer) -> None:
        """Nothing runs yet."""
        self._store = store
        self._signer = signer
        self._stopped = threading.Event()
        self._told = ""
        self._thread = threading.Thread(target=self._follow, name="kvob-proofs", daemon=True)

    def start(self) -> None:
        """Begin, with a pass at once."""
        self._thread.start()

    def close(self) -> None:
        """Stop, after a last pass; the store stays open."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _follow(self) -> None:
        last = self._pass()
        while not self._stopped.wait(_LOOK):
            if time.monotonic() - last >= _PASS or self._many_wait():
                last = self._pass()
        self._pass()

    def _many_wait(self) -> bool:
        try:
            waiting = self._store.last_position() - self._store.log_state().position
        except KvobError:
            return True  # the pass meets the same error, and tells it
        return waiting >= MERGE_DELAY_EVENTS

    def _pass(self) -> float:
        """One pass; an error is told once, and the next pass tries again."""
        try:
            sequence(self._store, self._signer)
            self._told = ""
        except KvobError as error:
            if error.code != self._told:
                self._told = error.code
                logger.error("%s [%s]", error, error.code, extra={"kvob_error": error})
        return time.monotonic()
