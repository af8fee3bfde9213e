"""The whole API as one ASGI application: to serve, or to mount beside anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from kvob_workflow.http.answering import refused
from kvob_workflow.http.errors import ResourceUnknown
from kvob_workflow.http.routing import router
from kvob_workflow.http.settings import Api

if TYPE_CHECKING:
    from kvob_workflow.engine import Engine


def asgi_app(engine: Engine, api: Api | None = None) -> FastAPI:
    """An application with every resource under `/v1`.

    It needs no lifespan: a mounted application's is never run by its host. Whoever opened the
    engine starts it (`engine.start()`) and closes it.
    """
    chosen = api or Api()
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(router(engine, chosen))

    async def unknown(request: Request, error: Exception) -> Response:
        del error
        return refused(request, ResourceUnknown(request.method, request.url.path), chosen)

    app.add_exception_handler(HTTPException, unknown)
    return app
