"""What if a receiver is slow, talks too much, redirects or talks nonsense? Bounded, every time."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from kvob_workflow import Engine
from kvob_workflow.webhooks.calling import MOST_BODY, MOST_HEAD, AnswerMalformed, call
from tests.webhooks.conftest import HERE, register
from tests.webhooks.receiving import Receiver, receiver

SHORT = replace(HERE, timeout_seconds=0.5)


@contextmanager
def raw(talk: Callable[[socket.socket], None]) -> Generator[str]:
    """A server that talks as it is told, once it was sent something."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                line, _ = server.accept()
                with line:
                    line.recv(65536)
                    talk(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    thread.join(5)


def say(*parts: bytes) -> Callable[[socket.socket], None]:
    def talk(line: socket.socket) -> None:
        for part in parts:
            line.sendall(part)

    return talk


def test_a_receiver_that_says_nothing_is_left_in_time() -> None:
    with raw(lambda line: time.sleep(1.5)) as address:
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            call(address, {}, b"{}", SHORT)
        assert time.monotonic() - begun < 1.4


def test_a_byte_now_and_then_does_not_keep_the_line_open() -> None:
    def drip(line: socket.socket) -> None:
        for _ in range(20):
            line.sendall(b"H")
            time.sleep(0.1)

    with raw(drip) as address:
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            call(address, {}, b"{}", SHORT)
        assert time.monotonic() - begun < 1.4


def test_headers_without_end_are_not_read_for_ever() -> None:
    with (
        raw(say(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * MOST_HEAD)) as address,
        pytest.raises((AnswerMalformed, ConnectionError)),
    ):
        call(address, {}, b"{}", HERE)


def test_a_huge_answer_is_success_and_is_not_read() -> None:
    begun: list[bool] = []

    def flood(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
        with suppress(OSError):
            for _ in range(2000):
                line.sendall(b"x" * MOST_BODY)
            begun.append(True)

    with raw(flood) as address:
        assert call(address, {}, b"{}", HERE).is_taken
    assert begun == []  # it could not send 130 MB to somebody who does not read


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"\x00\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_failure(answer: bytes) -> None:
    with raw(say(answer)) as address, pytest.raises(OSError):
        call(address, {}, b"{}", HERE)


def test_an_interim_answer_is_not_the_answer() -> None:
    with raw(say(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")) as address:
        assert call(address, {}, b"{}", HERE).status == 204


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(
    engine: Engine, inbox: Receiver, status: int
) -> None:
    with receiver() as elsewhere:
        inbox.answers = lambda got: status
        inbox.head = {"Location": elsewhere.address}
        engine.webhooks().add(inbox.address)
        register(engine, "De Hoek")
        (done,) = engine.deliver_webhooks()
        assert done.failed and len(inbox.got) == 1 and elsewhere.got == []
        inbox.head = {"Location": "http://169.254.169.254/latest/meta-data/"}
        assert engine.webhooks().ping(done.name).error == f"HTTP {status}"


def test_a_receiver_that_does_not_listen_is_a_failure(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    engine.webhooks().add(address)
    register(engine, "De Hoek")
    assert engine.deliver_webhooks()[0].failed


def test_over_https_the_certificate_must_be_the_hosts_own() -> None:
    """A server without a certificate that is trusted gets nothing of the event."""
    got: list[bytes] = []

    def listen(line: socket.socket) -> None:
        with suppress(OSError):
            got.append(line.recv(65536))

    with raw(listen) as address:
        secured = address.replace("http:", "https:")
        with pytest.raises((ssl.SSLError, OSError)):
            call(secured, {}, b"secret body", SHORT)
    assert all(b"secret body" not in one for one in got)
