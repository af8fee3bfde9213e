"""How is a handler called? In a thread or in the event loop, and a quick one by the short way.

FastAPI reads a handler's parameters for every request. A desk that comes as a dependency costs it
45 µs, and to find that none of three parameters was given 100 µs, twice what the store takes for
a row (measured). So the desk is put in here, and a quick question about one estate that is asked
without a query goes straight to its handler. Everything else, and whatever is wrong with the id,
goes the long way: there is one place where parameters are read and refused.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request

from kvob_workflow.http.entrance import Desk, desk_of
from kvob_workflow.http.parameters import ESTATE_ID, EstatePath

if TYPE_CHECKING:
    from fastapi import Response
    from starlette.types import Scope

    from kvob_workflow.http.declaring import Declared

Handler = Callable[..., "Response"]
Handle = Callable[[Request], Coroutine[Any, Any, "Response"]]

_STRAIGHT: Final = "kvob_straight"
_REQUEST: Final = "request_of_desk"
IN_PATH: Final = "estateId"
_WELL_FORMED: Final = re.compile(ESTATE_ID)


def called(one: Declared, *, waits: bool) -> Callable[..., Any]:
    """The handler of an operation as an endpoint; `waits`: the store waits for a network."""
    ask = _with_desk(one.handler)
    if waits or not one.quick:
        return ask

    @functools.wraps(ask)
    async def at_once(**named: Any) -> Response:
        return ask(**named)

    straight = _straight(one.handler)
    if straight is not None:
        setattr(at_once, _STRAIGHT, straight)
    return at_once


def short_way(endpoint: Callable[..., Any]) -> Handle | None:
    """The short way to an endpoint; None where there is none."""
    answer = getattr(endpoint, _STRAIGHT, None)
    if answer is None:
        return None

    async def handle(request: Request) -> Response:
        response: Response = answer(request, request.scope["path_params"][IN_PATH])
        return response

    return handle


def is_short(scope: Scope) -> bool:
    """Whether a request can go the short way: there is no query and nothing else to refuse."""
    return (
        scope["method"] == "GET"
        and not scope["query_string"]
        and _WELL_FORMED.fullmatch(scope["path_params"][IN_PATH]) is not None
    )


def _with_desk(handler: Handler) -> Handler:
    """The handler as FastAPI calls it: with the request, from which its desk is taken."""
    parameters = dict(inspect.signature(handler).parameters)
    desk = next((name for name, one in parameters.items() if one.annotation == Desk), None)
    if desk is None:
        return handler
    own = next((name for name, one in parameters.items() if one.annotation is Request), None)
    request = own or _REQUEST
    taken = parameters.pop(desk).replace(name=request, annotation=Request)
    if own is None:
        parameters = {request: taken, **parameters}

    @functools.wraps(handler)
    def ask(**named: Any) -> Response:
        given = named[request] if own else named.pop(request)
        return handler(**named, **{desk: desk_of(given)})

    ask.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]
    return ask


def _straight(handler: Handler) -> Callable[[Request, str], Response] | None:
    """The short way to a handler: where all it needs is a desk, an estate, and the request."""
    given = inspect.signature(handler).parameters.values()
    needed = {one.annotation: one.name for one in given if one.default is inspect.Parameter.empty}
    request = needed.pop(Request, None)
    if needed.keys() != {Desk, EstatePath}:
        return None
    desk, estate = needed[Desk], needed[EstatePath]

    def answer(asked: Request, estate_id: str) -> Response:
        named: dict[str, Any] = {desk: desk_of(asked), estate: estate_id}
        if request is not None:
            named[request] = asked
        return handler(**named)

    return answer
