"""How is a receiver called? One POST over one connection, to an address that was looked at.

No proxy, no redirect, no cookie. The time is for everything together: a receiver that answers a
byte a second is as late as one that does not answer. Of the answer only status and Retry-After
count; what else it says is thrown away.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_workflow.webhooks.destinations import destination
from kvob_workflow.webhooks.networks import addresses_of

if TYPE_CHECKING:
    from kvob_workflow.webhooks.destinations import Destination
    from kvob_workflow.webhooks.outlet import Outlet

MOST_HEAD: Final = 16_384
"""Bytes of status and headers that are read."""
MOST_BODY: Final = 65_536
"""Bytes of an answer's body that are taken off the wire, so that closing is no reset."""

_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?")
_RETRY: Final = re.compile(rb"(?im)^retry-after:[ \t]*([0-9]{1,9})[ \t]*\r?$")
_LENGTH: Final = re.compile(rb"(?im)^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$")
_CHUNK: Final = 16_384


class AnswerMalformed(OSError):
    """What came back is no answer in HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said: its status, and how many seconds it asks to be left alone."""

    status: int
    retry_after: int | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the event has arrived."""
        return 200 <= self.status < 300


def call(address: str, headers: Mapping[str, str], body: bytes, outlet: Outlet) -> Answer:
    """What the receiver at an address answers.

    Raises:
        AddressForbidden: nothing may be sent there.
        OSError: it was not reached, was too slow, or answered in no HTTP.
    """
    ends = time.monotonic() + outlet.timeout_seconds
    found = destination(address, outlet)
    addresses = addresses_of(found, outlet)
    with _connected(found, addresses, ends, outlet) as line:
        line.settimeout(_left(ends))
        line.sendall(_request(found, headers, body))
        head, rest = _head(line, ends)
        answer = _answer(head)
        _drain(line, head, rest, ends)
        return answer


def _connected(
    found: Destination, addresses: list[str], ends: float, outlet: Outlet
) -> socket.socket:
    """A connection to the first address that answers; the name is not looked up again."""
    failure: OSError | None = None
    for one in addresses:
        try:
            line = socket.create_connection((one, found.port), _left(ends))
        except OSError as error:
            failure = error
            continue
        if not found.is_tls:
            return line
        try:
            line.settimeout(_left(ends))
            secured = outlet.certificates or ssl.create_default_context()
            return secured.wrap_socket(line, server_hostname=found.host)
        except BaseException:
            line.close()
            raise
    raise failure or TimeoutError("no address")


def _request(found: Destination, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"POST {found.target} HTTP/1.1",
        f"Host: {found.authority}",
        f"Content-Length: {len(body)}",
        "User-Agent: kvob_workflow",
        "Accept: */*",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if any("\r" in one or "\n" in one for one in lines):
        raise ValueError("a line break in a header")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _head(line: socket.socket, ends: float) -> tuple[bytes, bytes]:
    """Status and headers of the final answer, and what was read beyond them."""
    read = b""
    while True:
        head, end, rest = read.partition(b"\r\n\r\n")
        if end:
            if not head.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")):
                return head, rest
            read = rest  # 100 Continue and the like: the answer follows
            continue
        if len(read) > MOST_HEAD:
            raise AnswerMalformed("the headers of the answer do not end")
        line.settimeout(_left(ends))
        chunk = line.recv(_CHUNK)
        if not chunk:
            raise AnswerMalformed("the connection was closed before an answer")
        read += chunk


def _answer(head: bytes) -> Answer:
    first, _, fields = head.partition(b"\r\n")
    status = _STATUS.fullmatch(first)
    if status is None:
        raise AnswerMalformed("the answer is no HTTP")
    asked = _RETRY.search(fields)
    return Answer(int(status[1]), None if asked is None else int(asked[1]))


def _drain(line: socket.socket, head: bytes, rest: bytes, ends: float) -> None:
    """Take a small body off the wire. What goes wrong here changes nothing: the answer is in."""
    length = _LENGTH.search(head)
    if length is None or int(length[1]) > MOST_BODY:
        return
    left = int(length[1]) - len(rest)
    try:
        while left > 0:
            line.settimeout(_left(ends))
            chunk = line.recv(_CHUNK)
            if not chunk:
                return
            left -= len(chunk)
    except OSError:
        return


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("the receiver was too slow")
    return left
