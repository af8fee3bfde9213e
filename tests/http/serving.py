"""A real server on a free port of this machine, and a bare connection to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

from starlette.types import ASGIApp

from kvob_workflow.http.serving import listening, server_of

PATIENCE = 20.0


@contextmanager
def served(app: ASGIApp) -> Generator[int]:
    """The port on which the application answers, as `kvob serve` would serve it."""
    with listening("127.0.0.1", 0) as listener:
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


class Wire:
    """What goes over the wire, letter by letter."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, text: bytes) -> None:
        self._socket.sendall(text)

    def rest(self) -> bytes:
        """All that comes until the server hangs up."""
        found = b""
        try:
            while part := self._socket.recv(65_536):
                found += part
        except ConnectionResetError:
            pass
        return found
