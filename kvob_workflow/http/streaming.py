"""How does a stream of events go over HTTP? One part at a time, as fast as the client reads.

A thread is taken for each look at the store and given back: streams that are waiting hold none. A
client that does not read is let go; it comes back with the id of the last event that it had. So
it does after a while anyway, with credentials that are looked at anew.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol
from weakref import WeakKeyDictionary

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from kvob_workflow.cloud_events.streaming import BEGIN, HEARTBEAT, HEARTBEAT_SECONDS, MEDIA_TYPE
from kvob_workflow.http.errors import TooBusy
from kvob_workflow.store.faults import StoreClosed

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from kvob_workflow.engine import Engine

LOOKS: Final = 0.5
"""Seconds between two looks for new events."""
STALLS: Final = 20.0
"""Seconds in which a client must take a part."""
MOST_STREAMS: Final = 200
"""Streams of one process."""

_guard: Final = threading.Lock()
_open: Final[WeakKeyDictionary[Engine, int]] = WeakKeyDictionary()


class Parts(Protocol):
    """What gives the next part of a stream, or None when there is nothing new."""

    def take(self) -> bytes | None:
        """The next part."""
        ...


class EventStream(Response):
    """The answer that goes on."""

    media_type = MEDIA_TYPE

    def __init__(self, engine: Engine, feed: Parts, seconds: float) -> None:
        """Nothing is sent yet; it ends after so many seconds.

        Raises:
            TooBusy: there are as many streams as this process carries.
        """
        super().__init__(headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._engine, self._feed, self._seconds = engine, feed, seconds
        if _open.get(engine, 0) >= MOST_STREAMS:
            raise TooBusy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the client goes, does not read, the time is over or the engine is closed."""
        self._count(1)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(start)
            with suppress(TimeoutError, StoreClosed):
                await self._parts(send, gone)
            if not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._count(-1)

    async def _parts(self, send: Send, gone: asyncio.Future[None]) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._seconds
        await _sent(send, BEGIN)
        spoke = loop.time()
        while not gone.done():
            part = await run_in_threadpool(self._feed.take)
            if part is None and loop.time() - spoke >= HEARTBEAT_SECONDS:
                part = HEARTBEAT
            if part is not None:
                await _sent(send, part)
                spoke = loop.time()
                continue
            if loop.time() >= ends:
                return
            await asyncio.wait([gone], timeout=min(LOOKS, max(ends - loop.time(), 0.0)))

    def _count(self, by: int) -> None:
        with _guard:
            _open[self._engine] = _open.get(self._engine, 0) + by


async def _sent(send: Send, part: bytes) -> None:
    async with asyncio.timeout(STALLS):
        await send({"type": "http.response.body", "body": part, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
