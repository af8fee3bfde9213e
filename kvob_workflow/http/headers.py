"""Which headers has every answer? Security, version, and who may read it in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import Response

from kvob_workflow.http.settings import API_VERSION

if TYPE_CHECKING:
    from fastapi import Request

    from kvob_workflow.http.settings import Api

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
_RAW_NAMES: Final = frozenset(name for name, _ in _RAW_HEADERS)
_SHOWN: Final = "API-Version, ETag, Link, Location, Retry-After, traceparent"
_TAKEN: Final = (
    "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    "Kvob-Role, Last-Event-ID, traceparent"
)


def dressed(response: Response) -> Response:
    """The answer with the headers that every answer has."""
    raw = response.raw_headers
    own = _RAW_NAMES.intersection([name for name, _ in raw])
    raw += [pair for pair in _RAW_HEADERS if pair[0] not in own] if own else _RAW_HEADERS
    return response


def crossing(response: Response, request: Request, api: Api, *, is_open: bool) -> Response:
    """Let a browser show it to the page of another origin: what is open to all, the rest to few."""
    if is_open:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _SHOWN
    elif api.origins:
        response.headers.add_vary_header("Origin")
        origin = request.headers.get("origin")
        if origin in api.origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = _SHOWN
    return response


def preflight(
    request: Request, api: Api, allowed: tuple[str, ...], *, is_open: bool
) -> Response | None:
    """The answer to OPTIONS: which methods there are, and to a browser what a page may send."""
    if request.method != "OPTIONS":
        return None
    response = Response(status_code=204, headers={"Allow": ", ".join(allowed)})
    crossing(response, request, api, is_open=is_open)
    if "access-control-allow-origin" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = ", ".join(allowed)
        response.headers["Access-Control-Allow-Headers"] = _TAKEN
        response.headers["Access-Control-Max-Age"] = "600"
    return dressed(response)
