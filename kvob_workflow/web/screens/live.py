"""Has anything happened? A stream that says so, and nothing else: the page then reads itself again.

Server-sent events from the position at which the page was made. What is told is only that
something happened to an estate within reach; what it was, the page asks under its own mandate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_workflow.cloud_events.streaming import position_of
from kvob_workflow.http.streaming import EventStream
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("live")
_LOOKED_AT: Final = 1000


class News:
    """What is new for one page: that there is something, never what."""

    def __init__(self, desk: Mandated, after: int) -> None:
        """Tell of what comes after this position."""
        self._desk = desk
        self.position = after

    def take(self) -> bytes | None:
        """A message where an estate within reach has news; None where none has."""
        if not self._desk.wait_for_events(self.position, 0.0):
            return None
        stretch = self._desk.happened(self.position, _LOOKED_AT)
        self.position = stretch.looked_to
        told = f"id: {self.position}\n"
        return f"{told}event: news\ndata: {self.position}\n\n".encode() if stretch.events else None


@SCREENS.get("/live", scope=Scope.HISTORY_READ, waits=True)
def live(ask: Ask) -> Response:
    """The stream of one page; Last-Event-ID, else `after` in the address, is where it begins."""
    given = ask.request.headers.get("last-event-id") or ask.query.get("after")
    begin = ask.desk.last_position() if given is None else position_of(given)
    return EventStream(ask.engine, News(ask.desk, begin), ask.api.stream_seconds)
