"""Does it live, and is it ready? For whoever watches over the process; outside the version.

    /_healthz/livez    the process answers: start it anew when it does not
    /_healthz/readyz   store and alarm work: 503 when they do not, so that no requests are sent here

What is wrong is told to who has the scope `operation:read`; everybody else hears how it is.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import orjson
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from kvob_domain.errors import KvobError
from kvob_domain.mandates import Scope
from kvob_workflow.engine.health import Health
from kvob_workflow.http.headers import dressed
from kvob_workflow.http.settings import Api
from kvob_workflow.jsonable import jsonable

if TYPE_CHECKING:
    from kvob_workflow.engine import Engine
    from kvob_workflow.engine.health import HealthReport

_LOG: Final = logging.getLogger("kvob_workflow.http")
_FRESH_SECONDS: Final = 1.0
"""A look that was had so short ago is told again: nobody can wear the store out by asking."""


def health_router(engine: Engine, api: Api | None = None) -> APIRouter:
    """The two questions, to include in a FastAPI application; `asgi_app` has them already."""
    chosen = api or Api()
    routes = APIRouter(prefix="/_healthz", include_in_schema=False)
    looking = _Looking(engine, chosen)

    async def livez() -> Response:
        return _told({"health": Health.OK.value})

    async def readyz(request: Request) -> Response:
        return await run_in_threadpool(looking.answered, request)

    for path, called in (("/livez", livez), ("/readyz", readyz)):
        routes.add_api_route(path, called, methods=["GET", "HEAD"], response_class=Response)
    return routes


class _Looking:
    """Looks at an engine, once a second at most."""

    def __init__(self, engine: Engine, api: Api) -> None:
        self._engine, self._api = engine, api
        self._last: tuple[float, HealthReport] | None = None
        self._was = Health.OK

    def answered(self, request: Request) -> Response:
        """How it is, for who asks."""
        report = self._looked()
        document: dict[str, object] = {"health": report.health.value}
        if self._may_see(request):
            document["reasons"] = jsonable(report.reasons, "en")
        return _told(document, 503 if report.health is Health.FAILING else 200)

    def _looked(self) -> HealthReport:
        now, last = self._api.monotonic(), self._last
        if last is not None and now - last[0] < _FRESH_SECONDS:
            return last[1]
        report = self._engine.health()
        self._last = (self._api.monotonic(), report)
        if report.health is not self._was:
            codes = ", ".join(reason.code for reason in report.reasons)
            _LOG.warning("Health was %s and is %s (%s)", self._was, report.health, codes)
            self._was = report.health
        return report

    def _may_see(self, request: Request) -> bool:
        authenticator = self._api.authenticator
        if authenticator is None:
            return False
        try:
            mandate = authenticator.at_hand(request.headers)
            mandate = mandate or authenticator.mandate(request.headers)
        except KvobError:
            return False  # a probe without a token, or with a wrong one, still hears how it is
        return Scope.OPERATION_READ in mandate.scopes


def _told(document: dict[str, object], status: int = 200) -> Response:
    return dressed(Response(orjson.dumps(document), status, media_type="application/json"))
