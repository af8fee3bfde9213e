"""Which requests need no looking for their route? The quick questions about one estate.

FastAPI looks through all routes, and wraps each request three times before it is ours: 15 % of a
status read. `ShortWay` stands before that, inside of every middleware of a host, and hands over
to the same route: who asks, bounds, headers and refusals are those of `answering`, for there is
one place where a request is answered. What it does not know by its form goes on to FastAPI.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.datastructures import Headers

from kvob_workflow.http.calling import IN_PATH, short_way
from kvob_workflow.http.parameters import ESTATE_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

_FORM: Final = re.compile(f"(/[^%]*/)({ESTATE_ID.strip('^$')})(/[a-z-]+)?")
_PLACE: Final = f"{{{IN_PATH}}}"


class ShortWay:
    """Before FastAPI's routes: GET without a query, of a path with the id of an estate."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        """Go the short way to those of the routes that have one."""
        self._app = app
        self._routes = {
            route.path: route
            for route in routes
            if isinstance(route, APIRoute) and short_way(route.endpoint) is not None
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let FastAPI."""
        route = self._found(scope)
        await (self._app if route is None else route.handle)(scope, receive, send)

    def _found(self, scope: Scope) -> APIRoute | None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            return None
        path, root = scope["path"], scope.get("root_path", "")
        found = _FORM.fullmatch(path, len(root)) if path.startswith(root) else None
        route = self._routes.get(f"{found[1]}{_PLACE}{found[3] or ''}") if found else None
        if found and route:
            named = {**scope.get("path_params", {}), IN_PATH: found[2]}
            scope.update(endpoint=route.endpoint, route=route, path_params=named)
        return route


class Given(Request):
    """A request whose headers are looked through once, not at every question."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        """As any request."""
        super().__init__(scope, receive)
        self._once = _Once(scope=scope)

    @property
    def headers(self) -> Headers:
        """The headers; of a name that was given twice, the first."""
        return self._once


class _Once(Headers):
    """Headers by name; iterated they still tell that a name was given twice."""

    def __init__(self, *, scope: Scope) -> None:
        super().__init__(scope=scope)
        self._first = dict(reversed(self.raw))

    def __getitem__(self, key: str) -> str:
        return self._first[key.lower().encode("latin-1")].decode("latin-1")

    def get(self, key: str, default: Any = None) -> Any:
        found = self._first.get(key.lower().encode("latin-1"))
        return default if found is None else found.decode("latin-1")
