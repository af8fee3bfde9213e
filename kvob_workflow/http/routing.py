"""Which routes are there? Those that the resources declare, made for one engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Response

from kvob_workflow.http.answering import entrance_of, route_class
from kvob_workflow.http.calling import called
from kvob_workflow.http.resources import ALL_ROUTES
from kvob_workflow.http.settings import PREFIX, Api

if TYPE_CHECKING:
    from kvob_workflow.engine import Engine
    from kvob_workflow.http.declaring import Declared


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
            called(one, waits=not engine.answers_at_once),
            methods=methods,
            response_model=None,  # a handler answers with bytes; the document names the model
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
