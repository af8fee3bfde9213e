"""What is answered where no screen is? A file that pages load, or that there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request, Response
from starlette.routing import Match, Route

from kvob_domain.errors import KvobError
from kvob_workflow.http.errors import MethodUnknown
from kvob_workflow.http.negotiating import check_size
from kvob_workflow.web.errors import PageUnknown
from kvob_workflow.web.framing import frame_of
from kvob_workflow.web.headers import asset_headers, page_headers
from kvob_workflow.web.refusing import refused_page

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from kvob_workflow.http.answering import Entrance
    from kvob_workflow.web.pages import Pages

    Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def asset_answered(pages: Pages, entrance: Entrance, path: str) -> Endpoint:
    """The endpoint of the files that pages load."""

    async def endpoint(request: Request) -> Response:
        try:
            return asset_headers(pages.assets.answer(request))
        except PageUnknown as error:
            return page_headers(refused_page(frame_of(request, path, pages, entrance), error))

    return endpoint


def told_unknown(pages: Pages, entrance: Entrance, request: Request) -> Response:
    """The answer where there is no page, or one that something else can be done with."""
    frame = frame_of(request, None, pages, entrance)
    allowed = _methods_at(request)
    refusal = MethodUnknown(request.method, allowed) if allowed else PageUnknown(frame.links.path)
    try:
        check_size(request, entrance.api)
    except KvobError as error:
        return page_headers(refused_page(frame, error))
    return page_headers(refused_page(frame, refusal))


def _methods_at(request: Request) -> tuple[str, ...]:
    """What can be done at this address; empty where there is nothing."""
    found = (one for one in request.app.routes if isinstance(one, Route))
    there = (one.methods or () for one in found if one.matches(request.scope)[0] is not Match.NONE)
    return tuple(sorted({method for methods in there for method in methods}))
