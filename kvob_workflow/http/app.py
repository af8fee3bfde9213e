"""The whole API as one ASGI application: to serve, or to mount beside anything."""

from __future__ import annotations

import logging
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.telemetry import TelemetryConfig
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from kvob_domain.errors import KvobError
from kvob_workflow.http.answering import refused
from kvob_workflow.http.errors import ResourceUnknown
from kvob_workflow.http.health import health_router
from kvob_workflow.http.routing import router
from kvob_workflow.http.security_txt import PATH, security_txt
from kvob_workflow.http.settings import PREFIX, Api
from kvob_workflow.http.short_way import ShortWay

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kvob_workflow.engine import Engine

_LOG: Final = logging.getLogger("kvob_workflow.http")
# FastAPI's own would tell paths and queries, with ids and what was searched for; see `telemetry`.
_NO_TELEMETRY: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}


class PagesOfPeople(Protocol):
    """Pages beside the API; `kvob_workflow.web.Pages` are such."""

    def routes(self, engine: Engine, api: Api) -> Sequence[BaseRoute]:
        """The routes of all of them."""
        ...

    def unknown(self, engine: Engine, api: Api, request: Request) -> Response:
        """The answer where there is no page."""
        ...


def asgi_app(
    engine: Engine,
    api: Api | None = None,
    *,
    pages: PagesOfPeople | None = None,
    run_alarm: bool = False,
) -> FastAPI:
    """An application with every resource under `/v1`, and `/_healthz`; with `pages` those too.

    It needs no lifespan: a mounted application's is never run by its host. With `run_alarm` the
    engine's alarm is started in the lifespan where there is one, and else with the first request;
    never twice. Whoever opened the engine closes it, and with it the alarm.
    """
    chosen = api or Api()
    starting = _Starting(engine) if run_alarm else None
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(starting),
        telemetry=_NO_TELEMETRY,
    )
    # Its routes, not the router: one that is included is looked through twice for each request.
    app.router.routes.extend(router(engine, chosen).routes)
    app.include_router(health_router(engine, chosen))
    # The first one is the innermost: what a host adds to the application stands around it.
    app.add_middleware(ShortWay, routes=app.router.routes)
    if starting is not None:
        app.add_middleware(_WithAlarm, starting=starting)
    app.add_route(PATH, security_txt(engine, chosen), ["GET"])
    if pages is not None:
        app.router.routes.extend(pages.routes(engine, chosen))
    _tell_of_unknown(app, engine, chosen, pages)
    return app


def _lifespan(
    starting: _Starting | None,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        del app
        if starting is not None:
            await run_in_threadpool(starting.start)
        yield

    return lifespan


def _tell_of_unknown(app: FastAPI, engine: Engine, api: Api, pages: PagesOfPeople | None) -> None:
    """Where there is nothing, a program gets a problem document and a person a page."""

    async def unknown(request: Request, error: Exception) -> Response:
        del error
        if pages is not None and _is_of_people(request):
            return pages.unknown(engine, api, request)
        return refused(request, ResourceUnknown(request.method, request.url.path), api)

    app.add_exception_handler(HTTPException, unknown)


def _is_of_people(request: Request) -> bool:
    """Whether a person in a browser asks, and not for a resource of the API."""
    is_of_api = f"{PREFIX}/" in f"{request.url.path}/"
    return not is_of_api and "text/html" in request.headers.get("accept", "")


class _Starting:
    """Starts the alarm of an engine once. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self.is_done = False

    def start(self) -> None:
        """Start it, unless it runs; what fails is logged, and tried with the next request."""
        with self._guard:
            if self.is_done:
                return
            try:
                if not self._engine.alarm_status().running:
                    self._engine.start()
            except KvobError as error:
                _LOG.error("The alarm was not started: %s [%s]", error, error.code)
            else:
                self.is_done = True


class _WithAlarm:
    """Starts the alarm before the first request, where no lifespan has."""

    def __init__(self, app: ASGIApp, starting: _Starting) -> None:
        self._app = app
        self._starting = starting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._starting.is_done:
            await run_in_threadpool(self._starting.start)
        await self._app(scope, receive, send)
