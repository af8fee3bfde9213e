"""How is a request answered? Who asks, the handler, its refusals and the headers, in one place.

It is a route class, not a middleware, so that it holds in a host's application too, which has
error handlers of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from kvob_domain.errors import KvobError
from kvob_workflow.http.entrance import Asked, enter
from kvob_workflow.http.errors import BodyTooLarge, BodyTooSlow, RequestMalformed, ResourceUnknown
from kvob_workflow.http.problems import problem_of, unexpected
from kvob_workflow.http.settings import API_VERSION, PREFIX
from kvob_workflow.http.straight import going_straight
from kvob_workflow.malformed import problems_of

if TYPE_CHECKING:
    from kvob_domain.words import Language
    from kvob_workflow.engine import Engine
    from kvob_workflow.http.settings import Api

_LOG: Final = logging.getLogger("kvob_workflow.http")
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})

# NLGov API Design Rules: /core/transport/security-headers, /core/version-header.
HEADERS: Final = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# As they go over the wire: to set them one by one takes five times as long.
_RAW_HEADERS: Final = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
Handle = Callable[[Request], Coroutine[Any, Any, Response]]


def route_class(engine: Engine, api: Api, *, is_open: bool) -> type[APIRoute]:
    """The routes of this engine; an open one asks nobody who is there."""

    class EntranceRoute(APIRoute):
        def get_route_handler(self) -> Handle:
            handle = going_straight(self.endpoint, super().get_route_handler())

            async def handled(request: Request) -> Response:
                asked = Asked(engine, api, language_of(request))
                return await _answered(asked, request, handle, is_open=is_open)

            return handled

    return EntranceRoute


def language_of(request: Request) -> Language:
    """English when the request prefers it to Dutch (RFC 9110, Accept-Language), else Dutch."""
    weights = {"nl": 0.0, "en": 0.0}
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.lower().partition("-")[0]
        if language in weights:
            try:
                weights[language] = max(weights[language], float(quality or 1))
            except ValueError:
                continue
    return "en" if weights["en"] > weights["nl"] else "nl"


def types_of(request: Request) -> str:
    """The address of the problem types, below the place where these routes are."""
    path: str = request.scope.get("root_path", "")
    at = request.url.path.find(f"{PREFIX}/", len(path))
    return f"{request.url.path[:at] if at >= 0 else path}{PREFIX}/problems"


def dressed(response: Response) -> Response:
    """The answer with the headers that every answer has."""
    raw = response.raw_headers
    own = {name for name, _ in raw}
    raw += [pair for pair in _RAW_HEADERS if pair[0] not in own]
    return response


async def _answered(asked: Asked, request: Request, handle: Handle, *, is_open: bool) -> Response:
    enter(request, asked)
    try:
        if not is_open:
            await _ask_who(asked, request)
        if request.method in _WITH_BODY:
            await _read_body(asked.api, request)
        response = await handle(request)
    except KvobError as error:
        response = problem_of(error, asked.language, types_of(request))
    except RequestValidationError as error:
        found = problems_of(error.errors(), lambda path: path)
        response = problem_of(RequestMalformed(found), asked.language, types_of(request))
    except HTTPException:
        refusal = ResourceUnknown(request.method, request.url.path)
        response = problem_of(refusal, asked.language, types_of(request))
    except Exception:
        _LOG.exception("%s %s failed", request.method, request.url.path)
        response = unexpected(asked.language, types_of(request))
    return dressed(response)


async def _ask_who(asked: Asked, request: Request) -> None:
    authenticator = asked.api.authenticator
    if authenticator is None:
        raise ResourceUnknown(request.method, request.url.path)  # replaced by Unauthenticated
    headers = request.headers
    mandate = authenticator.at_hand(headers)
    if mandate is None:
        mandate = await run_in_threadpool(authenticator.mandate, headers)
    asked.desk = asked.engine.under(mandate)


async def _read_body(api: Api, request: Request) -> None:
    """Read the body, so much and so long as is allowed; the handler finds it read."""
    chunks: list[bytes] = []
    length = 0
    try:
        async with asyncio.timeout(api.body_seconds):
            async for chunk in request.stream():
                length += len(chunk)
                if length > api.body_bytes:
                    raise BodyTooLarge(api.body_bytes)
                chunks.append(chunk)
    except TimeoutError:
        raise BodyTooSlow(api.body_seconds) from None
    request._body = b"".join(chunks)  # pyright: ignore[reportPrivateUsage]  # as Request.body does
