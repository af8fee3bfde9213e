"""How is a page answered? Who looks, the screen, its refusals and the headers, in one place.

A refusal is a page too: it says what is wrong and what to do next. Whoever is not logged in any
more and sends a form gets it back, filled in, to send again after logging in.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from kvob_domain.actor import Role
from kvob_domain.errors import KvobError
from kvob_domain.mandates import Scope
from kvob_workflow import telemetry
from kvob_workflow.engine.mandated import Mandated
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.http.auth.security_log import COMES_FROM
from kvob_workflow.http.negotiating import check_size
from kvob_workflow.http.problems import Challenging
from kvob_workflow.http.tracing import trace_of, traceparent
from kvob_workflow.web.asking import Ask, Frame
from kvob_workflow.web.filled_in import in_text, read_form
from kvob_workflow.web.forms.labels import label_of_input
from kvob_workflow.web.framing import frame_of, moment_in
from kvob_workflow.web.headers import page_headers
from kvob_workflow.web.refusing import failed_page, refused_page
from kvob_workflow.web.rendering import page
from kvob_workflow.web.subscriptions import opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

    from starlette.datastructures import FormData

    from kvob_workflow.engine import Engine
    from kvob_workflow.http import Api
    from kvob_workflow.http.answering import Entrance
    from kvob_workflow.web.pages import Pages
    from kvob_workflow.web.routing import Screen
    from kvob_workflow.web.sessions import LoginRoute, Visitor

    Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]

_LOG: Final = logging.getLogger("kvob_workflow.web")
TOKEN: Final = "form_token"
"""The field of a form that holds its token."""
ORIGIN: Final = "web"
"""The entrance that an act from a page is recorded with."""


def screen_answered(pages: Pages, entrance: Entrance, one: Screen) -> Endpoint:
    """The endpoint of a screen."""

    async def endpoint(request: Request) -> Response:
        frame = frame_of(request, one.path, pages, entrance)
        response = await _told(request, one.path, frame, _screen(frame, entrance, one))
        if not one.waits:  # who only waits for news is idle
            pages.login.renew(frame.visitor, request, response)
        return response

    return endpoint


def login_answered(pages: Pages, entrance: Entrance, one: LoginRoute) -> Endpoint:
    """The endpoint of a page of the login: nobody has to be logged in for it."""

    async def endpoint(request: Request) -> Response:
        frame = frame_of(request, one.path, pages, entrance)

        async def answer() -> Response:
            check_size(request, entrance.api)
            entrance.addresses.take(_address(request))
            COMES_FROM.set(_address(request))
            async with asyncio.timeout(entrance.api.body_seconds):
                told = await one.handler(request, frame.links.base)
            if isinstance(told, Response):
                return told
            response = page(frame, told.template, status=told.status, **told.context)
            told.finish(response)
            return response

        return await _told(request, one.path, frame, answer())

    return endpoint


def feed_answered(pages: Pages, entrance: Entrance) -> Endpoint:
    """The endpoint of a calendar that a diary follows: its address says who may see what."""
    path = "/calendar/{token}.ics"

    async def endpoint(request: Request) -> Response:
        frame = frame_of(request, path, pages, entrance)

        async def answer() -> Response:
            check_size(request, entrance.api)
            entrance.addresses.take(_address(request))
            COMES_FROM.set(_address(request))
            with entrance.at_once:
                return await run_in_threadpool(_calendar, frame, entrance.engine)

        return await _told(request, path, frame, answer())

    return endpoint


def _calendar(frame: Frame, engine: Engine) -> Response:
    found = opened(frame.pages.keys, frame.request.path_params["token"], frame.today)
    feed = Mandated(engine, found.mandate).calendar(found.query)
    return Response(feed, media_type="text/calendar; charset=utf-8")


async def _told(request: Request, path: str, frame: Frame, answer: Awaitable[Response]) -> Response:
    """The answer, whatever happens, with everything that every page has."""
    began = time.perf_counter()
    given = request.headers.get("traceparent")
    with telemetry.request(request.method, path, given) as told:
        response = await _tried(request, frame, answer)
        told("http.response.status_code", response.status_code)
    response.headers["traceparent"] = traceparent(frame.trace, trace_of(given)[1])
    milliseconds, status = (time.perf_counter() - began) * 1000, response.status_code
    _LOG.info(
        "%s %s %d %.1f ms (trace %s)", request.method, path, status, milliseconds, frame.trace
    )
    return page_headers(response)


async def _tried(request: Request, frame: Frame, answer: Awaitable[Response]) -> Response:
    try:
        return await answer
    except KvobError as error:
        if isinstance(error, StepUpNeeded) and request.method == "GET":
            way_up = frame.pages.login.way_up(error, _back(frame))
            if way_up is not None:
                return RedirectResponse(frame.below(way_up), 303)
        return refused_page(frame, error)
    except Exception:
        _LOG.exception("%s %s failed (trace %s)", request.method, request.url.path, frame.trace)
        return failed_page(frame)


async def _screen(frame: Frame, entrance: Entrance, one: Screen) -> Response:
    request, api = frame.request, entrance.api
    check_size(request, api)
    COMES_FROM.set(_address(request))
    form = await _form(frame, one, api) if one.method == "POST" else None
    try:
        return await _answered(frame, entrance, one, form)
    except StepUpNeeded as error:
        if form is None:
            raise
        way_up = frame.pages.login.way_up(error, _back(frame))
        told = None if way_up is None else frame.below(way_up)
        return await run_in_threadpool(_kept, frame, form, told, error.message(frame.language))
    finally:
        if form is not None:
            await form.close()  # its files


async def _answered(
    frame: Frame, entrance: Entrance, one: Screen, form: FormData | None
) -> Response:
    request, api = frame.request, entrance.api
    visitor = await _visitor(frame, entrance)
    if visitor is None:
        entrance.addresses.take(_address(request))
        return await run_in_threadpool(_stranger, frame, form)
    _count(entrance, visitor, request)
    if one.scope is not None:
        visitor.mandate.demand(one.scope)
    ask = await run_in_threadpool(_asked, frame, visitor, entrance.engine, api, form)
    with entrance.at_once:
        return await run_in_threadpool(one.handler, ask)


async def _form(frame: Frame, one: Screen, api: Api) -> FormData:
    """What was filled in; a file may come as it is, or in the hidden field of a second form.

    Raises:
        As `read_form`.
    """
    if not one.takes_upload:
        return await read_form(frame.request, api, one.takes_bytes)
    upload = frame.pages.upload_bytes
    return await read_form(frame.request, api, one.takes_bytes + in_text(upload), told=upload)


async def _visitor(frame: Frame, entrance: Entrance) -> Visitor | None:
    try:
        frame.visitor = await run_in_threadpool(frame.pages.login.visitor, frame.request)
    except KvobError as error:
        if isinstance(error, Challenging):
            entrance.addresses.take(_address(frame.request))  # who guesses is slowed down
        raise
    return frame.visitor


def _count(entrance: Entrance, visitor: Visitor, request: Request) -> None:
    actor = visitor.mandate.actor
    if actor.role is Role.PUBLIC:  # all of them are one person
        entrance.addresses.take(_address(request))
    else:
        entrance.persons.take(str(actor.person))


def _asked(frame: Frame, visitor: Visitor, engine: Engine, api: Api, form: FormData | None) -> Ask:
    """What the screen is given; the form is one of ours.

    Raises:
        FormNotOurs: it is not.
        DayUnreadable, InstantUnreadable, KnownInFuture: the moment in the address is none.
    """
    request, tokens = frame.request, frame.pages.form_tokens
    mandate = visitor.mandate
    actor = replace(mandate.actor, origin=ORIGIN)  # what is recorded says that it was a page
    desk = Mandated(engine, replace(mandate, actor=actor))
    frame.form_token = tokens.token(visitor)
    given: dict[str, FormData] = {}
    if form is not None:
        tokens.check(visitor, str(form.get(TOKEN, "")), request)
        given = {"form": form}
    frame.on, frame.known_at = moment_in(request, desk)
    hears = frame.is_now and request.method == "GET" and frame.may(Scope.HISTORY_READ)
    frame.position = desk.last_position() if hears else None
    return Ask(
        request=request,
        pages=frame.pages,
        language=frame.language,
        links=frame.links,
        today=frame.today,
        trace=frame.trace,
        visitor=visitor,
        form_token=frame.form_token,
        position=frame.position,
        on=frame.on,
        known_at=frame.known_at,
        engine=engine,
        api=api,
        desk=desk,
        **given,
    )


def _stranger(frame: Frame, form: FormData | None) -> Response:
    """To log in first; what was filled in is kept."""
    way_in = _way_in(frame)
    if form is not None:
        return _kept(frame, form, way_in, "")
    if way_in is None:
        return page(frame, "nobody.html", status=401)
    return RedirectResponse(way_in, 303)


def _kept(frame: Frame, form: FormData, way_in: str | None, why: str) -> Response:
    """A form that comes back with everything in it, to send again after logging in; and why."""
    kept = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    lost = [name for name, value in form.multi_items() if not isinstance(value, str)]
    told = [(label_of_input(name), value) for name, value in kept]
    found = {"kept": kept, "lost": lost, "told": told, "way_in": way_in, "why": why}
    return page(frame, "session_over.html", status=401, **found)


def _way_in(frame: Frame) -> str | None:
    """The address of the login page, which leads back here."""
    way_in = frame.pages.login.way_in(_back(frame))
    return None if way_in is None else frame.below(way_in)


def _back(frame: Frame) -> str:
    """Where to go on after a login: this page, or what its form was on."""
    query: bytes = frame.request.scope["query_string"]
    return f"{frame.links.place}?{query.decode('latin-1')}" if query else frame.links.place


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
