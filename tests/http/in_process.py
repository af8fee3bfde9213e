"""How is the API asked without a server? The ASGI application, called in this process.

A tenth of the time of a test client, so that thousands of requests fit in a test.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

from starlette.types import ASGIApp, Message

Told = TypeVar("Told")

_PATIENCE: Final = 120.0
# A stream of events never ends by itself: this long after its head the client hangs up.
_LISTENS: Final = 0.02


_OF_THE_REQUEST: Final = frozenset({"traceparent"})
_URN: Final = re.compile(rb"urn:uuid:[0-9a-f-]{36}")


@dataclass(frozen=True)
class Answer:
    """One answer, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """Head and body as one text, to look for what must not be there."""
        head = "".join(f"{name}: {value}\n" for name, value in self.headers.items())
        return head + self.body.decode("utf-8", "replace")

    @property
    def told(self) -> tuple[int, str, bytes]:
        """What it tells, without what is another one at each request."""
        names = sorted(name for name in self.headers if name not in _OF_THE_REQUEST)
        head = "".join(f"{name}: {self.headers[name]}\n" for name in names)
        return self.status, head, _URN.sub(b"", self.body)

    @property
    def code(self) -> str | None:
        """The stable code of a refusal."""
        if "problem+json" not in self.headers.get("content-type", ""):
            return None
        return str(self.json["code"])


class InProcess:
    """An application and an event loop to ask it in."""

    def __init__(self, app: ASGIApp) -> None:
        """Ask this application."""
        self._app = app
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def ask(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """One request; `target` is a path with its query, as it stands in a request line."""
        return self.wait_for(self.asked(method, target, headers, body))

    def wait_for(self, asked: Coroutine[None, None, Told]) -> Told:
        """Run this in the event loop of the application."""
        return self._runner.run(asked)

    async def asked(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """The same, in an event loop that runs."""
        exchange = _Exchange(body)
        path, _, query = target.partition("?")
        given = {"host": "testserver", "content-length": str(len(body)), **(headers or {})}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in given.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("testserver", 80),
            "state": {},
        }
        async with asyncio.timeout(_PATIENCE):
            await self._app(scope, exchange.receive, exchange.send)
        return exchange.answer()


class _Exchange:
    def __init__(self, body: bytes) -> None:
        self._given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self._begun = asyncio.Event()
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    async def receive(self) -> Message:
        if self._given:
            return self._given.pop()
        await self._begun.wait()
        await asyncio.sleep(_LISTENS)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            for name, value in message["headers"]:
                # Several headers of one name are one list (RFC 9110, section 5.3).
                known = self._headers.get(name.decode().lower())
                told = value.decode("latin-1")
                self._headers[name.decode().lower()] = told if known is None else f"{known}, {told}"
            self._begun.set()
        else:
            self._body += message.get("body", b"")

    def answer(self) -> Answer:
        assert self._status, "the application answered nothing"
        return Answer(self._status, self._headers, bytes(self._body))
