"""How is a server asked as fast as it answers? A small client of its own, in a process of its own.

    python -m benchmarks.http_load PORT SECONDS < requests.json

Standard input holds one list of requests for each connection; each is sent when the answer to the
one before it is there, over one connection that stays open, until the time is over. A request
with `{etag}` gets the ETag of the answer before it. It prints the milliseconds that each request
took, and how many were answered with which status, as JSON. It asks 127.0.0.1 alone.
"""

import asyncio
import importlib
import json
import re
import sys
import time
from collections import Counter
from functools import partial
from itertools import cycle
from typing import Any, cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ETAG = re.compile(rb"\r\netag: *(\"[^\"]*\")", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """One connection: one request at a time, and how long each took."""

    def __init__(self, requests: list[str], until: float) -> None:
        """Ask these in turn until the clock says so."""
        self._requests = cycle([one.encode() for one in requests])
        self._until = until
        self._answer = bytearray()
        self._needs = 0
        self._etag = b""
        self._asked_at = 0.0
        self.took: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        # uvloop's transports have no ancestor in asyncio.
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer; ask the next when it is whole."""
        self._answer += data
        if not self._needs:
            end = self._answer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._answer[: end + 2])
            length = _LENGTH.search(head)
            self._needs = end + 4 + (int(length.group(1)) if length else 0)
            if (etag := _ETAG.search(head)) is not None:
                self._etag = etag.group(1)
        if len(self._answer) >= self._needs:
            self._told()

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail when the server hung up before the end."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))

    def _told(self) -> None:
        now = time.perf_counter()
        self.took.append((now - self._asked_at) * 1000)
        self.statuses[self._answer[9:12].decode()] += 1
        self._answer.clear()
        self._needs = 0
        if now < self._until:
            self._ask()
        else:
            self.done.set_result(None)
            self._transport.close()

    def _ask(self) -> None:
        request = next(self._requests).replace(b"{etag}", self._etag)
        self._asked_at = time.perf_counter()
        self._transport.write(request)


async def load(port: int, seconds: float, connections: list[list[str]]) -> dict[str, Any]:
    """Ask over so many connections at once."""
    began = time.perf_counter()
    loop = asyncio.get_running_loop()
    made: list[Connection] = []
    for requests in connections:
        connection = partial(Connection, requests, began + seconds)
        made.append((await loop.create_connection(connection, "127.0.0.1", port))[1])
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(one.done for one in made))
    statuses = sum((one.statuses for one in made), Counter[str]())
    return {
        "seconds": time.perf_counter() - began,
        "took_ms": sorted(ms for one in made for ms in one.took),
        "statuses": dict(statuses),
    }


def main() -> None:
    """Ask what standard input says, and print what it took."""
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    # A client in pure asyncio would be the slower of the two, and be measured instead.
    loops = None if sys.platform == "win32" else importlib.import_module("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=loops) as runner:
        print(json.dumps(runner.run(load(port, seconds, json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
