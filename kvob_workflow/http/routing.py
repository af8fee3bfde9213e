"""Which routes are there? Those that the resources declare, made for one engine."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from kvob_workflow.http.answering import entrance_of, route_class
from kvob_workflow.http.entrance import Desk, desk_of
from kvob_workflow.http.resources import ALL_ROUTES
from kvob_workflow.http.settings import PREFIX, Api
from kvob_workflow.http.straight import straight_to

if TYPE_CHECKING:
    from kvob_workflow.engine import Engine
    from kvob_workflow.http.declaring import Declared

_REQUEST = "request_of_desk"


def router(engine: Engine, api: Api | None = None, *, prefix: str = PREFIX) -> APIRouter:
    """The routes of the API, to include in a FastAPI application.

    They bring their own refusals, headers and bounds; the host's error handlers see nothing of
    them. Starting the alarm and closing the engine stay the host's.
    """
    entrance = entrance_of(engine, api or Api())
    routes = APIRouter(prefix=prefix)
    operations = declared()
    for one in operations:
        methods = _methods(one)
        allowed = {
            method for other in operations if other.path == one.path for method in _methods(other)
        }
        routes.add_api_route(
            one.path,
            _called(one, waits=not engine.answers_at_once),
            methods=methods,
            response_model=one.answers,
            status_code=one.status,
            tags=[one.tag],
            operation_id=one.handler.__name__,
            include_in_schema=False,  # `/openapi.json` here says it all, and what is refused
            response_class=Response,
            route_class_override=route_class(entrance, one, (*sorted(allowed), "OPTIONS")),
        )
    return routes


def declared() -> tuple[Declared, ...]:
    """Every operation of the API, in the order of the document."""
    return tuple(one for routes in ALL_ROUTES for one in routes.declared)


def _methods(one: Declared) -> list[str]:
    """The methods that a route answers: who may GET may ask the headers alone."""
    return [one.method, "HEAD"] if one.method == "GET" else [one.method]


def _called(one: Declared, *, waits: bool) -> Callable[..., Any]:
    """The handler; in the event loop where it is quick and the store waits for no network.

    Its desk is taken from the request here: as a dependency it takes FastAPI 45 µs, a seventh of
    a read of one row (measured).
    """
    handler = one.handler
    parameters = dict(inspect.signature(handler).parameters)
    desk = next((name for name, given in parameters.items() if given.annotation == Desk), None)
    request = next(
        (name for name, given in parameters.items() if given.annotation is Request), None
    )
    if desk is not None:
        taken = parameters.pop(desk)
        if request is None:
            parameters = {_REQUEST: taken.replace(name=_REQUEST, annotation=Request), **parameters}

    def ask(named: dict[str, Any]) -> Response:
        if desk is not None:
            named[desk] = desk_of(named.pop(_REQUEST) if request is None else named[request])
        return handler(**named)

    @functools.wraps(handler)
    async def at_once(**named: Any) -> Response:
        return ask(named)

    @functools.wraps(handler)
    def in_a_thread(**named: Any) -> Response:
        return ask(named)

    called = in_a_thread if waits or not one.quick else at_once
    if called is at_once:
        straight_to(called, handler)
    called.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]
    return called
