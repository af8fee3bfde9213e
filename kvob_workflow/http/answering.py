"""How is a request answered? Who asks, the handler, its refusals and the headers, in one place.

It is a route class, not a middleware, so that it holds in a host's application too, which has
error handlers of its own. Read next: `negotiating`, `bodies`, `bounds`, `problems`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from fastapi import Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from kvob_domain.actor import Role
from kvob_domain.errors import KvobError
from kvob_workflow import telemetry
from kvob_workflow.engine.mandated import Mandated
from kvob_workflow.http.auth.security_log import COMES_FROM
from kvob_workflow.http.bodies import check_empty, read_body
from kvob_workflow.http.bounds import AtOnce, Rate
from kvob_workflow.http.calling import is_short, short_way
from kvob_workflow.http.entrance import Asked, enter
from kvob_workflow.http.errors import (
    MethodUnknown,
    NobodyLetIn,
    RequestMalformed,
    ResourceUnknown,
)
from kvob_workflow.http.headers import crossing, dressed, preflight
from kvob_workflow.http.negotiating import (
    check_query,
    check_size,
    form_of,
    language_of,
    types_of,
)
from kvob_workflow.http.problems import Challenging, is_of_inside, problem_of, unexpected
from kvob_workflow.http.short_way import Given
from kvob_workflow.http.tracing import trace_of, traceparent, urn_of
from kvob_workflow.malformed import problems_of

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from kvob_workflow.engine import Engine
    from kvob_workflow.http.declaring import Declared
    from kvob_workflow.http.settings import Api

_LOG: Final = logging.getLogger("kvob_workflow.http")
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})

Handle = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the routes of one router share: the engine, the settings, and the bounds."""

    engine: Engine
    api: Api
    persons: Rate
    addresses: Rate
    at_once: AtOnce


def entrance_of(engine: Engine, api: Api) -> Entrance:
    """The entrance to an engine."""
    return Entrance(
        engine,
        api,
        Rate(api.a_minute, api.monotonic),
        Rate(api.open_a_minute, api.monotonic),
        AtOnce(api.at_once),
    )


def route_class(entrance: Entrance, one: Declared, allowed: tuple[str, ...]) -> type[APIRoute]:
    """The route of one operation; `allowed` are all methods of its path."""

    class EntranceRoute(APIRoute):
        straight: Handle | None = None  # set while the route is made

        def get_route_handler(self) -> Handle:
            handle = super().get_route_handler()
            self.straight = short_way(self.endpoint)
            parameters = get_flat_params(self.dependant)
            known = {one.alias for one in parameters}
            lists = {one.alias for one in parameters if _is_list(one.field_info.annotation)}

            async def handled(request: Request) -> Response:
                answering = _Answering(entrance, one, request)
                if request.scope["query_string"]:
                    answering.known, answering.lists = known, lists
                return await answering.answered(handle)

            return handled

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            if self.straight is not None and is_short(scope):
                answering = _Answering(entrance, one, Given(scope, receive))
                response = await answering.answered(self.straight)
                await response(scope, receive, send)
                return
            if scope["method"] in (self.methods or ()):
                await super().handle(scope, receive, send)
                return
            request = Request(scope, receive)
            told = preflight(request, entrance.api, allowed, is_open=one.scope is None)
            if told is None:
                error = MethodUnknown(scope["method"], allowed)
                told = refused(request, error, entrance.api, is_open=one.scope is None)
            await told(scope, receive, send)

    return EntranceRoute


def refused(request: Request, error: KvobError, api: Api, *, is_open: bool = False) -> Response:
    """The answer to a request that reaches no operation."""
    trace, flags = trace_of(request.headers.get("traceparent"))
    response = problem_of(error, language_of(request), types_of(request), urn_of(trace))
    response.headers["traceparent"] = traceparent(trace, flags)
    return dressed(crossing(response, request, api, is_open=is_open))


class _Answering:
    """One request on its way."""

    known: set[str] | None = None
    lists: Collection[str] = ()
    role: str = ""

    def __init__(self, entrance: Entrance, one: Declared, request: Request) -> None:
        """Begin: which language, which trace."""
        self._entrance, self._one, self._request = entrance, one, request
        self._traceparent = request.headers.get("traceparent")
        trace, self._flags = trace_of(self._traceparent)
        self._asked = Asked(entrance.engine, entrance.api, language_of(request), trace)
        enter(request, self._asked)

    async def answered(self, handle: Handle) -> Response:
        """The answer, whatever happens, with everything that every answer has."""
        one, request, asked = self._one, self._request, self._asked
        began = time.perf_counter()
        with telemetry.request(request.method, one.path, self._traceparent) as told:
            response = await self._tried(handle)
            told("http.response.status_code", response.status_code)
        if request.method == "HEAD":
            response = _without_body(response)
        parent = traceparent(asked.trace, self._flags)
        response.raw_headers.append((b"traceparent", parent.encode()))
        if further := getattr(asked.api.authenticator, "response_headers", None):
            response.headers.update(further)
        crossing(response, request, asked.api, is_open=one.scope is None)
        if _LOG.isEnabledFor(logging.INFO):
            self._log(response, time.perf_counter() - began)
        return dressed(response)

    async def _tried(self, handle: Handle) -> Response:
        request, asked = self._request, self._asked
        try:
            return await self._done(handle)
        except KvobError as error:
            if is_of_inside(error):
                _LOG.error("%s [%s] (trace %s)", error.message(), error.code, asked.trace)
            refusal = error
        except RequestValidationError as error:
            refusal = RequestMalformed(problems_of(error.errors(), lambda path: path))
        except HTTPException:
            refusal = ResourceUnknown(request.method, request.url.path)
        except Exception:
            method, path, trace = request.method, self._one.path, asked.trace
            _LOG.exception("%s %s failed (trace %s)", method, path, trace)
            return unexpected(asked.language, types_of(request), urn_of(trace))
        return problem_of(refusal, asked.language, types_of(request), urn_of(asked.trace))

    async def _done(self, handle: Handle) -> Response:
        request, api, one = self._request, self._entrance.api, self._one
        check_size(request, api)
        if one.scope is None:
            self._entrance.addresses.take(self._address())
        else:
            await self._ask_who()
        form_of(request, one.media, *one.also)
        if self.known is not None:
            check_query(request, self.known, self.lists)
        if request.method in _WITH_BODY:
            await read_body(request, api, one.takes_media)
            if one.takes is None:
                check_empty(request)
        with self._entrance.at_once:
            return await handle(request)

    async def _ask_who(self) -> None:
        entrance, headers = self._entrance, self._request.headers
        authenticator = entrance.api.authenticator
        try:
            if authenticator is None:
                raise NobodyLetIn
            COMES_FROM.set(self._address())
            mandate = authenticator.at_hand(headers)
            if mandate is None:
                mandate = await run_in_threadpool(authenticator.mandate, headers)
        except KvobError as error:
            if isinstance(error, Challenging):
                entrance.addresses.take(self._address())  # who guesses is slowed down
            raise
        self.role = mandate.actor.role.value
        if mandate.actor.role is Role.PUBLIC:  # all of them are one person
            entrance.addresses.take(self._address())
        else:
            entrance.persons.take(str(mandate.actor.person))
        self._asked.desk = Mandated(entrance.engine, mandate)

    def _address(self) -> str:
        client = self._request.scope.get("client")
        return client[0] if client is not None else ""

    def _log(self, response: Response, seconds: float) -> None:
        """One line: no query, no id and no person; those are in the access log of the engine."""
        method, path, status = self._request.method, self._one.path, response.status_code
        milliseconds, trace = seconds * 1000, self._asked.trace
        told = {
            "http_method": method,
            "http_route": path,
            "http_status": status,
            "milliseconds": milliseconds,
            "trace": trace,
            "role": self.role,
        }
        line = "%s %s %d %.1f ms (trace %s)"
        _LOG.info(line, method, path, status, milliseconds, trace, extra=told)


def _is_list(annotation: Any) -> bool:
    """Whether a parameter may be given several times: a list, or a list or nothing."""
    return any(get_origin(one) is list for one in (annotation, *get_args(annotation)))


def _without_body(response: Response) -> Response:
    """What GET would answer, its headers alone."""
    bare = Response(status_code=response.status_code)
    bare.raw_headers = response.raw_headers
    return bare
