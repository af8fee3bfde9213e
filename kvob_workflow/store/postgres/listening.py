"""Who hears that there are new events? One thread of a store, on a connection of its own.

It wakes whoever waits, and that is all: what there is to do is read from the tables. Who waits
looks by himself every `LOOK_EVERY` seconds too, so that a lost message costs that long at most. A
connection that breaks is made again, at once and then after 0.1 to 10 seconds.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg import sql

from kvob_domain.errors import KvobError
from kvob_workflow.store.postgres.failures import failure_of
from kvob_workflow.store.postgres.locks import CHANNEL

if TYPE_CHECKING:
    from kvob_workflow.store.postgres.connections import Connection, Connections

logger: Final = logging.getLogger("kvob_workflow.store")

LOOK_EVERY: Final = 2.0
"""Seconds after which who waits looks by himself."""
_BACK_OFF: Final = (0.1, 10.0)
_TURN: Final = 0.5
_PROBE_EVERY: Final = 10
"""Turns without a message after which the connection is asked whether it lives."""


@dataclass(frozen=True, slots=True)
class ListenerStatus:
    """How listening does, for a health check; `restored` counts connections made again."""

    running: bool
    connected: bool
    restored: int = 0
    last_error: Exception | None = None


class Listener:
    """Listens in a daemon thread that starts with the first `wait`. Thread-safe."""

    def __init__(self, connections: Connections) -> None:
        """Opens nothing yet."""
        self._connections = connections
        self._changed = threading.Condition()
        self._heard = 0
        self._connected = self._closed = False
        self._made = 0
        self._last_error: Exception | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def heard(self) -> int:
        """A number that grows with every message and with every connection made again."""
        return self._heard

    def wait(self, after: int, timeout: float) -> int:
        """Waits until `heard` is above `after`, at most so many seconds; answers `heard`."""
        with self._changed:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="kvob-listen", daemon=True)
                self._thread.start()
            self._changed.wait_for(lambda: self._heard > after or self._closed, timeout)
            return self._heard

    def status(self) -> ListenerStatus:
        """How it does now; it never waits."""
        thread = self._thread
        running = thread is not None and thread.is_alive()
        restored = max(0, self._made - 1)
        return ListenerStatus(running, self._connected, restored, self._last_error)

    def close(self, timeout: float = 5.0) -> None:
        """Ends the thread, waiting so many seconds at most; closing twice is allowed."""
        self._stop.set()
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout)

    def _run(self) -> None:
        wait, longest = _BACK_OFF
        while not self._stop.is_set():
            made = self._made
            try:
                self._listen()
            except (psycopg.Error, KvobError, OSError) as error:
                self._failed(error)
            if self._made > made:
                wait = _BACK_OFF[0]
            self._stop.wait(wait)
            wait = min(2 * wait, longest)

    def _listen(self) -> None:
        connection = self._connections.alone()
        try:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self._made += 1
            self._connected, self._last_error = True, None
            self._tell()  # what was said while nobody listened
            quiet = 0
            while not self._stop.is_set():
                quiet = 0 if self._turn(connection) else quiet + 1
                if quiet >= _PROBE_EVERY:
                    connection.execute("SELECT 1")  # a cut network is silent, not closed
                    quiet = 0
        finally:
            self._connected = False
            connection.close()

    def _turn(self, connection: Connection) -> bool:
        heard = False
        for _ in connection.notifies(timeout=_TURN, stop_after=1):
            heard = True
        if heard:
            self._tell()
        return heard

    def _tell(self) -> None:
        with self._changed:
            self._heard += 1
            self._changed.notify_all()

    def _failed(self, error: Exception) -> None:
        if self._stop.is_set():
            return
        known = self._last_error
        self._last_error = failure_of(error, self._connections.store) or error
        if known is None:
            logger.warning("Listening for events broke off and is restored: %s", self._last_error)
