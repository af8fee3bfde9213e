"""A site of two pages with a login, and a browser that visits it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response as Answer
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from kvob_domain.errors import KvobError
from kvob_workflow.web.sessions import FormTokens, Login, LoginRoute, Shown

ADDRESS = "https://kvob.example.org"
BASE = "/board"


def site(login: Login, tokens: FormTokens) -> Starlette:
    """The first page tells who is there; to `/do` a form is sent."""

    async def first(request: Request) -> Response:
        visitor = await run_in_threadpool(login.visitor, request)
        if visitor is None:
            way_in = login.way_in(request.url.path)
            return RedirectResponse(f"{BASE}{way_in}", 303)
        actor = visitor.mandate.actor
        told = {
            "person": actor.person,
            "role": actor.role,
            "name": visitor.name,
            "roles": list(visitor.roles),
            "scopes": sorted(visitor.mandate.scopes),
            "ends_at": visitor.ends_at.isoformat() if visitor.ends_at else None,
            "session": visitor.session,
            "form_token": tokens.token(visitor),
        }
        response = JSONResponse(told)
        login.renew(visitor, request, response)
        return response

    async def do(request: Request) -> Response:
        visitor = await run_in_threadpool(login.visitor, request)
        if visitor is None:
            return JSONResponse({"done": False}, 401)
        form = await request.form()
        tokens.check(visitor, str(form["form_token"]), request)
        return JSONResponse({"done": True})

    def answered(one: LoginRoute) -> Any:
        async def answer(request: Request) -> Response:
            found = await one.handler(request, BASE)
            if not isinstance(found, Shown):
                return found
            told = {"template": found.template, **found.context}
            response = JSONResponse(told, found.status)
            found.finish(response)
            return response

        return answer

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, KvobError)
        return JSONResponse({"code": error.code, "told": str(error)}, 403)

    own = [Route(one.path, answered(one), methods=list(one.methods)) for one in login.routes()]
    pages = [Route("/", first), Route("/do", do, methods=["POST"]), *own]
    return Starlette(routes=[Mount(BASE, routes=pages)], exception_handlers={KvobError: refused})


class Browser:
    """A browser at the site: it keeps cookies, and follows nothing by itself."""

    def __init__(self, app: Starlette, address: str = ADDRESS) -> None:
        """Without cookies."""
        self.client = TestClient(app, base_url=address, follow_redirects=False)

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page; a whole address of the site will do."""
        return self.client.get(path, headers=_headers(headers))

    def send(self, path: str, form: Mapping[str, str], **headers: str) -> Answer:
        """Send a form from a page of this site, unless `headers` say otherwise."""
        told = {"sec-fetch-site": "same-origin", **_headers(headers)}
        return self.client.post(path, data=dict(form), headers=told)

    def seen(self) -> dict[str, Any]:
        """What the first page tells."""
        answer = self.get(f"{BASE}/")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def cookie(self, name: str) -> str | None:
        """The cookie with this name."""
        return next((one.value for one in self.client.cookies.jar if one.name == name), None)

    def bring(self, name: str, value: str) -> None:
        """Bring another value for a cookie from now on."""
        (one,) = [one for one in self.client.cookies.jar if one.name == name]
        one.value = value


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): one for name, one in given.items()}
