"""What does a host decide about its pages? One frozen object; the environment is not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from starlette.routing import Route

from kvob_workflow.http import Api
from kvob_workflow.http.answering import Entrance, entrance_of
from kvob_workflow.web.answering import (
    feed_answered,
    login_answered,
    screen_answered,
)
from kvob_workflow.web.assets import Assets
from kvob_workflow.web.elsewhere import asset_answered, told_unknown
from kvob_workflow.web.screens import ALL_SCREENS
from kvob_workflow.web.sessions import FormTokens

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path
    from typing import Any

    from starlette.routing import BaseRoute

    from kvob_domain.words import Language
    from kvob_workflow.engine import Engine
    from kvob_workflow.web.routing import Screen
    from kvob_workflow.web.sessions import Login, SessionKeys

_STATIC: Final = "/static/{digest}/{name:path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How the engine is shown to people. Sizes in bytes.

    `login` says who looks. `keys` are those of the sessions; they protect the forms as well.
    `language` is that of a page whose address names none. `title` stands at the top of each page,
    `theme` is a file of CSS with the house style of the municipality (variables of NL Design
    System). `upload_bytes` bounds a file that is brought in on a page.
    """

    login: Login
    keys: SessionKeys
    language: Language = "nl"
    title: str = "KVO-B"
    theme: Path | None = None
    upload_bytes: int = 2_000_000
    assets: Assets = field(init=False, repr=False, compare=False)
    form_tokens: FormTokens = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the files that the pages load, and derive the keys of the forms."""
        object.__setattr__(self, "form_tokens", FormTokens(self.keys))
        object.__setattr__(self, "assets", Assets(self.theme))

    def routes(self, engine: Engine, api: Api | None = None) -> Sequence[BaseRoute]:
        """The routes of all pages, to put into an ASGI application."""
        entrance = entrance_of(engine, api or Api())
        routes: list[BaseRoute] = [_route(self, entrance, one) for one in ALL_SCREENS]
        for own in self.login.routes():
            answered = login_answered(self, entrance, own)
            routes.append(Route(own.path, answered, methods=list(own.methods)))
        fed = feed_answered(self, entrance)
        routes.append(Route("/calendar/{token}.ics", fed, methods=["GET", "HEAD"]))
        loaded = asset_answered(self, entrance, _STATIC)
        routes.append(Route(_STATIC, loaded, methods=["GET"]))
        return routes

    def router(self, engine: Engine, api: Api | None = None) -> APIRouter:
        """The same, to include in a FastAPI application, under a prefix of its own."""
        router = APIRouter(include_in_schema=False)
        router.routes.extend(self.routes(engine, api))
        return router

    def unknown(self, engine: Engine, api: Api, request: Request) -> Response:
        """The answer where there is no page."""
        return told_unknown(self, entrance_of(engine, api), request)


def _route(pages: Pages, entrance: Entrance, one: Screen) -> Route:
    endpoint: Callable[[Request], Coroutine[Any, Any, Response]] = screen_answered(
        pages, entrance, one
    )
    methods = [one.method, "HEAD"] if one.method == "GET" else [one.method]
    return Route(one.path, endpoint, methods=methods, name=one.name)
