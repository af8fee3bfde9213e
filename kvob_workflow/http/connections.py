"""How long may a connection stay silent? A request's head must arrive within bounds, or it ends.

uvicorn bounds the time between two requests, and not that of the head of one: a client that sends
a letter a minute would hold a connection for ever.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_BYTES: Final = 64_000

if TYPE_CHECKING:
    _Protocol = asyncio.Protocol
else:
    _Protocol = AutoHTTPProtocol


class BoundedProtocol(_Protocol):
    """A connection of uvicorn that is closed when the head of a request is late or too large."""

    head_seconds = 10.0
    _timer: asyncio.TimerHandle | None = None
    _bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._kvob_transport = cast("asyncio.Transport", transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Hand it on, and see whether a request is under way."""
        self._bytes += len(data)
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        elif self._bytes > HEAD_BYTES:
            self._kvob_transport.close()
        elif self._timer is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        cycle = cast("Any", self).cycle  # both protocols of uvicorn call it so
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        self._bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if not self._is_answering():
            self._kvob_transport.close()
