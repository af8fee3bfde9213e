"""Who hears of a weakness of this installation? `/.well-known/security.txt`, by RFC 9116.

It is served by the whole application alone: a host into which the routes are included has a file
of its own there. One without a contact, or one that has expired, would lead nowhere: 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request, Response

from kvob_workflow.http.answering import refused
from kvob_workflow.http.errors import ResourceUnknown
from kvob_workflow.http.headers import dressed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from kvob_workflow.engine import Engine
    from kvob_workflow.http.settings import Api

PATH = "/.well-known/security.txt"


def security_txt(engine: Engine, api: Api) -> Callable[[Request], Awaitable[Response]]:
    """The handler of the file."""

    async def answer(request: Request) -> Response:
        text = text_of(api, engine.today())
        if text is None:
            return refused(request, ResourceUnknown("GET", PATH), api)
        headers = {"Cache-Control": "public, max-age=86400"}
        return dressed(Response(text, headers=headers, media_type="text/plain; charset=utf-8"))

    return answer


def text_of(api: Api, today: date) -> str | None:
    """The file on a day; None when there is no contact, or its day has passed."""
    expires = api.security_expires
    if not api.security_contact or expires is None or expires <= today:
        return None
    lines = [
        f"Contact: {api.security_contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: nl, en",
    ]
    if api.server:
        lines.append(f"Canonical: {api.server.rstrip('/')}{PATH}")
    return "".join(f"{line}\r\n" for line in lines)
