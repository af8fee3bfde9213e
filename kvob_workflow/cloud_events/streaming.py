"""How is a stream of events written, and resumed? Server-sent events; the id is the position.

    feed = Feed(ask, after=0)
    feed.take()      # bytes to send, or None when there is nothing new

No HTTP, no thread: whoever sends asks for the next part when the last one has gone, so that no
more than one part is ever held for a client that does not read. What the client may not see moves
its position on all the same, with a message without data.

Source: HTML Living Standard, 9.2 Server-sent events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from kvob_workflow.cloud_events.errors import PositionInvalid
from kvob_workflow.cloud_events.modes import document

if TYPE_CHECKING:
    from kvob_workflow.cloud_events.envelope import CloudEvent

MEDIA_TYPE: Final = "text/event-stream"
HEARTBEAT: Final = b": still here\n\n"
HEARTBEAT_SECONDS: Final = 15.0
"""Proxies close connections on which nothing is said for a minute."""
BEGIN: Final = b"retry: 5000\n\n"
"""The client waits five seconds before it comes back."""

_POSITION: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events with their positions, and how far was looked; `is_end`: nothing is after that yet."""

    items: tuple[tuple[int, CloudEvent], ...]
    position: int
    is_end: bool


Ask = Callable[[int], EventPage]
"""The events after a position, in order; a bounded number."""


def position_of(last_event_id: str) -> int:
    """The position in the header Last-Event-ID.

    Raises:
        PositionInvalid: it is none of ours.
    """
    if not _POSITION.fullmatch(last_event_id.strip()):
        raise PositionInvalid(last_event_id[:100])
    return int(last_event_id)


class Feed:
    """A stream for one client, at one position."""

    def __init__(self, ask: Ask, after: int) -> None:
        """Nothing is asked yet."""
        self._ask = ask
        self.position = after

    def take(self) -> bytes | None:
        """The next part: events, or how far was looked in vain. None when there is nothing new."""
        page = self._ask(self.position)
        if page.position == self.position:
            return None
        self.position = page.position
        parts = [message(position, event) for position, event in page.items]
        if not page.items or page.items[-1][0] != page.position:
            parts.append(f"id: {page.position}\n\n".encode())
        return b"".join(parts)


def message(position: int, event: CloudEvent) -> bytes:
    """One event as a message of the stream."""
    # JSON as it is written here holds no line break.
    body = orjson.dumps(document(event))
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (position, event.type.encode(), body)


def chunks(
    feed: Feed,
    wait: Callable[[int, float], bool],
    is_stopped: Callable[[], bool] = lambda: False,
    heartbeat: float = HEARTBEAT_SECONDS,
) -> Iterator[bytes]:
    """The stream without end, for a program with a thread to spare.

    `wait` waits for an event after a position, some seconds at most.
    """
    yield BEGIN
    while not is_stopped():
        part = feed.take()
        if part is not None:
            yield part
        elif not wait(feed.position, heartbeat):
            yield HEARTBEAT
