"""A receiver on this machine's own loopback: takes requests, answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook as Standard

Answering = Callable[["Got"], int]


@dataclass(frozen=True, slots=True)
class Got:
    """A request: its path, headers in lower case, and body."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass(slots=True)
class Receiver:
    """What came in. `answers` says what each request gets: 204 when it is not told otherwise."""

    address: str
    got: list[Got] = field(default_factory=list[Got])
    answers: Answering = lambda got: 204
    head: Mapping[str, str] = field(default_factory=dict[str, str])
    came: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.got]


@contextmanager
def receiver(answers: Answering | None = None) -> Generator[Receiver]:
    """A receiver on a free port of 127.0.0.1."""
    made = Receiver("")
    if answers is not None:
        made.answers = answers

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got = Got(self.path, {n.lower(): v for n, v in self.headers.items()}, body)
            status = made.answers(got)
            made.got.append(got)
            self.send_response(status)
            for name, value in made.head.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            made.came.set()

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"http://127.0.0.1:{server.server_port}/in"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signature_of(secret: str, got: Got) -> str:
    """What the SDK makes of a request that was received."""
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), UTC)
    return Standard(secret).sign(got.id, at, got.body.decode())
