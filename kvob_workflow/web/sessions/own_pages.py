"""Which pages has somebody who is logged in? One to choose a role, one to log out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from kvob_workflow.http.auth.errors import Unauthenticated
from kvob_workflow.web.sessions.backs import safe_back, with_query
from kvob_workflow.web.sessions.errors import LoginNotProven
from kvob_workflow.web.sessions.form_tokens import FIELD
from kvob_workflow.web.sessions.login_forms import read_form, sent_on
from kvob_workflow.web.sessions.visitors import LoginRoute, Shown

if TYPE_CHECKING:
    from starlette.responses import Response

    from kvob_workflow.web.sessions.form_tokens import FormTokens
    from kvob_workflow.web.sessions.keeping import Sessions
    from kvob_workflow.web.sessions.session import Session

LOGIN: Final = "/login"
CALLBACK: Final = "/login/callback"
ROLE: Final = "/login/role"
LOGOUT: Final = "/logout"
LOGGED_OUT: Final = "/logged-out"
OWN: Final = (LOGIN, LOGOUT, LOGGED_OUT)
"""Nobody is sent on to one of these after a login."""


class OwnPages:
    """The pages. `onward(request, base)` is where the login service logs people out, if it does."""

    def __init__(
        self,
        sessions: Sessions,
        tokens: FormTokens,
        onward: Callable[[Request, str], str | None],
        chosen: Callable[[Session], None],
    ) -> None:
        """`chosen` is told of a session in which a role was chosen."""
        self._sessions, self._tokens = sessions, tokens
        self._onward, self._on_choice = onward, chosen

    def routes(self) -> Sequence[LoginRoute]:
        """They."""
        return (
            LoginRoute(ROLE, ("GET",), self._show_roles),
            LoginRoute(ROLE, ("POST",), self._choose_role),
            LoginRoute(LOGOUT, ("GET",), self._show_logout),
            LoginRoute(LOGOUT, ("POST",), self._log_out),
            LoginRoute(LOGGED_OUT, ("GET",), self._show_logged_out),
        )

    async def _show_roles(self, request: Request, base: str) -> Response | Shown:
        session = self._sessions.live(request)
        back = safe_back(request.query_params.get("back", ""), base, OWN)
        if session is None:
            return sent_on(with_query(f"{base}{LOGIN}", back=back))
        context: dict[str, object] = {
            "name": session.name,
            "roles": self._sessions.roles(session),
            "chosen": self._sessions.role(session),
            "back": back,
            "form_token": self._token(session),
        }
        return Shown("choose_role.html", context)

    async def _choose_role(self, request: Request, base: str) -> Response:
        form = await read_form(request)
        session = self._sessions.live(request)
        back = safe_back(form.get("back", ""), base, OWN)
        if session is None:  # own pages alone: a form may not lead to another site
            return sent_on(f"{base}{LOGGED_OUT}")
        self._check(session, form, request)
        session = self._sessions.in_role(session, form.get("role", ""))
        try:
            self._on_choice(session)
        except Unauthenticated as error:  # whoever is of that family is sent to the login again
            raise LoginNotProven(error.code) from None
        response = sent_on(back)
        self._sessions.keep(response, request, session)
        return response

    async def _show_logout(self, request: Request, base: str) -> Response | Shown:
        session = self._sessions.live(request)
        if session is None:
            return sent_on(f"{base}{LOGGED_OUT}")
        context: dict[str, object] = {"name": session.name, "form_token": self._token(session)}
        return Shown("logout.html", context)

    async def _log_out(self, request: Request, base: str) -> Response:
        form = await read_form(request)
        session = self._sessions.live(request)
        if session is not None:
            self._check(session, form, request)
            self._sessions.end(session)
        response = sent_on(f"{base}{LOGGED_OUT}")
        self._sessions.forget(response, request)
        return response

    async def _show_logged_out(self, request: Request, base: str) -> Response | Shown:
        if self._sessions.live(request) is not None:
            return sent_on(f"{base}{LOGOUT}")
        onward = await run_in_threadpool(self._onward, request, base)
        return Shown("logged_out.html", {"way_in": f"{base}{LOGIN}", "onward": onward})

    def _token(self, session: Session) -> str:
        role = self._sessions.role(session)
        return self._tokens.token_of(session.browser, self._sessions.person(session), role or "")

    def _check(self, session: Session, form: dict[str, str], request: Request) -> None:
        role, person = self._sessions.role(session), self._sessions.person(session)
        self._tokens.check_of(session.browser, person, role or "", form.get(FIELD, ""), request)
