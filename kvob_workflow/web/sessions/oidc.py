"""How do people log in at the login service of the access file? `OidcLogin`: code flow with PKCE.

    login = oidc_login(read_access_file("access.toml"))
    pages = Pages(login=login, keys=login.keys)

The session lies sealed in the browser (`session`, `keeping`), a login that has begun too
(`pending`); what the login service is asked is in `code_flow`. Who has several roles chooses one
before he sees a page (`own_pages`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool

from kvob_domain.errors import KvobError
from kvob_workflow.clock import SystemClock
from kvob_workflow.http.auth.errors import Unauthenticated
from kvob_workflow.http.auth.fetching import fetcher
from kvob_workflow.http.auth.security_log import SecurityLog
from kvob_workflow.http.auth.stepping_up import HeldBack
from kvob_workflow.http.auth.token_errors import OidcNotInstalled
from kvob_workflow.web.sessions.backs import safe_back, with_query
from kvob_workflow.web.sessions.cookies import (
    PENDING,
    cookie_of,
    demand_safe,
    end_cookie,
    set_cookie,
)
from kvob_workflow.web.sessions.ended import Ended
from kvob_workflow.web.sessions.endpoints import EndpointSource
from kvob_workflow.web.sessions.errors import (
    LoginNotBegunHere,
    LoginNotConfigured,
    LoginNotEnough,
    LoginNotProven,
    LoginRefused,
    LoginServiceAway,
)
from kvob_workflow.web.sessions.form_tokens import FormTokens
from kvob_workflow.web.sessions.keeping import Sessions
from kvob_workflow.web.sessions.login_forms import sent_on
from kvob_workflow.web.sessions.own_pages import (
    CALLBACK,
    LOGGED_OUT,
    LOGIN,
    LOGOUT,
    OWN,
    ROLE,
    OwnPages,
)
from kvob_workflow.web.sessions.pending import LASTS_SECONDS, PendingLogins, begun_login
from kvob_workflow.web.sessions.sealing import SessionKeys
from kvob_workflow.web.sessions.visitors import LoginRoute, Visitor

try:
    from kvob_workflow.http.auth.key_source import KeySource
    from kvob_workflow.web.sessions.code_flow import CodeFlow
except ModuleNotFoundError as error:  # of joserfc
    raise OidcNotInstalled from error

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kvob_workflow.clock import Clock
    from kvob_workflow.http.auth.access import Access
    from kvob_workflow.http.auth.errors import StepUpNeeded
    from kvob_workflow.web.sessions.pending import Pending
    from kvob_workflow.web.sessions.session import Session

_LONGEST_CODE = 2_000
_STRONGER = "decide"


class OidcLogin:
    """A client of the issuer of an access file. Thread-safe.

    `keys` are to be used for the forms of all pages: the pages to choose a role and to log out take
    their tokens too.
    """

    def __init__(self, access: Access, keys: SessionKeys, *, clock: Clock | None = None) -> None:
        """Ask the issuer nothing yet.

        Raises:
            LoginNotConfigured: the access file names no issuer, or has no table [login].
            SecretFileUnusable: the secret of the client cannot be read.
        """
        if access.issuer is None or access.login is None:
            raise LoginNotConfigured
        self._access, self._issuer, self._table = access, access.issuer, access.login
        self._clock = clock or SystemClock()
        self._endpoints = EndpointSource(access.issuer)
        source = KeySource(access.issuer, fetcher(access.issuer))
        self._flow = CodeFlow(access.issuer, access.login, source, self._clock)
        self._sessions = Sessions(access, access.login, keys, self._clock)
        self._pending = PendingLogins(keys)
        self._used = Ended(self._clock)
        self._log = SecurityLog()
        self.keys = keys
        self._own = OwnPages(self._sessions, FormTokens(keys), self._onward, self._let_in)

    def visitor(self, request: Request) -> Visitor | None:
        """Who is logged in; None too while he has not chosen one of his roles.

        Raises:
            RoleMissing: he has no role here.
            ClaimsUnusable: the login service does not tell what is needed of him.
        """
        session = self._sessions.live(request)
        return None if session is None else self._sessions.visitor(session)

    def way_in(self, back: str) -> str | None:
        """The page that leads to the login service."""
        return with_query(LOGIN, back=back)

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """The same, for a login that is as strong and fresh as the access file demands."""
        del needed
        return with_query(LOGIN, back=back, to=_STRONGER)

    def way_to_roles(self, back: str) -> str | None:
        """The page on which he chooses one of his roles."""
        return with_query(ROLE, back=back)

    def way_out(self) -> str | None:
        """The page to log out."""
        return LOGOUT

    def routes(self) -> Sequence[LoginRoute]:
        """To log in, to choose a role, to log out."""
        return (
            LoginRoute(LOGIN, ("GET",), self._begin),
            LoginRoute(CALLBACK, ("GET",), self._come_back),
            *self._own.routes(),
        )

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Note that he came back. Not to be called for what a page asks by itself."""
        session = None if visitor is None else self._sessions.live(request)
        if session is not None:
            self._sessions.renew(response, request, session)

    async def _begin(self, request: Request, base: str) -> Response:
        demand_safe(request)
        is_stronger = request.query_params.get("to") == _STRONGER
        back = safe_back(request.query_params.get("back", ""), base, OWN)
        session = self._sessions.live(request)
        if session is not None and not is_stronger and self._has_to_choose(session):
            return sent_on(with_query(f"{base}{ROLE}", back=back))
        endpoints = await run_in_threadpool(self._endpoints.now)
        now = int(self._clock.now().timestamp())
        to = f"{self._address(request, base)}{CALLBACK}"
        pending = begun_login(back, to, now, is_stronger=is_stronger)
        demands = self._access.step_up if is_stronger else None
        response = sent_on(
            self._flow.address(
                endpoints,
                pending,
                acr=() if demands is None else demands.acr,
                max_age=None if demands is None else demands.max_age,
            )
        )
        others = self._pending.opened(cookie_of(request, PENDING), now)
        sealed = self._pending.sealed([*others, pending])
        set_cookie(response, request, PENDING, sealed, seconds=LASTS_SECONDS)
        return response

    async def _come_back(self, request: Request, base: str) -> Response:
        try:
            return await self._came_back(request, base)
        except Unauthenticated as error:  # whoever is of that family is sent to the login again
            self._log.refused(error)
            raise LoginNotProven(error.code) from None
        except KvobError as error:
            self._log.refused(error)
            raise

    async def _came_back(self, request: Request, base: str) -> Response:
        demand_safe(request)
        now = self._clock.now()
        all_begun = self._pending.opened(cookie_of(request, PENDING), int(now.timestamp()))
        state = _only(request, "state")
        pending = next((one for one in all_begun if one.state == state), None)
        if pending is None and self._sessions.live(request) is not None:
            return sent_on(f"{base}/")  # back in his history, past a login that has succeeded
        lasts = timedelta(seconds=2 * LASTS_SECONDS)
        if pending is None or not self._used.add(pending.state, now + lasts):
            raise LoginNotBegunHere
        claims = await run_in_threadpool(self._claims, request, pending)
        session = self._sessions.begun(request, claims)
        has_to_choose = self._has_to_choose(session)
        if not has_to_choose:
            self._let_in(session, is_stronger=pending.is_stronger)
        back = safe_back(pending.back, base, OWN)
        response = sent_on(with_query(f"{base}{ROLE}", back=back) if has_to_choose else back)
        self._sessions.keep(response, request, session)
        before = self._sessions.before(request)
        if before is not None:
            self._sessions.end(before)
        rest = [one for one in all_begun if one is not pending]
        if rest:
            sealed = self._pending.sealed(rest)
            set_cookie(response, request, PENDING, sealed, seconds=LASTS_SECONDS)
        else:
            end_cookie(response, request, PENDING)
        return response

    def _claims(self, request: Request, pending: Pending) -> dict[str, object]:
        """What the login service says of who comes back from it; waits for it."""
        endpoints = self._endpoints.now()
        by = _only(request, "iss")
        if by != self._issuer.address and (by or endpoints.names_itself):
            raise LoginNotProven("iss")
        refusal = request.query_params.get("error")
        if refusal is not None:
            raise LoginRefused("".join(one for one in refusal if one.isalnum() or one == "_")[:50])
        code = _only(request, "code")
        if not 0 < len(code) <= _LONGEST_CODE:
            raise LoginNotProven("code")
        return self._flow.claims(endpoints, pending, code)

    def _let_in(self, session: Session, *, is_stronger: bool = False) -> None:
        """Tell the log; what is missing of him is told before he has a session."""
        visitor = self._sessions.visitor(session)
        if visitor is not None:
            if is_stronger and isinstance(visitor.mandate, HeldBack):
                raise LoginNotEnough
            self._log.accepted(visitor.mandate)

    def _has_to_choose(self, session: Session) -> bool:
        return len(self._sessions.roles(session)) > 1 and self._sessions.role(session) is None

    def _onward(self, request: Request, base: str) -> str | None:
        """Where the login service logs people out, and sends them back from."""
        try:
            place = self._endpoints.now().end_session
        except LoginServiceAway:
            return None
        if place is None:
            return None
        query = {
            "client_id": self._table.client_id,
            "post_logout_redirect_uri": f"{self._address(request, base)}{LOGGED_OUT}",
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"

    def _address(self, request: Request, base: str) -> str:
        """The address of the pages as the login service knows it."""
        if self._table.address is not None:
            return self._table.address.rstrip("/")
        return f"{request.url.scheme}://{request.url.netloc}{base}"


def oidc_login(
    access: Access, keys: SessionKeys | None = None, *, clock: Clock | None = None
) -> OidcLogin:
    """The login of an access file, with the keys that it names where none are given.

    Raises:
        LoginNotConfigured: it does not say how people log in.
        SessionKeyUnusable, SecretFileUnusable: a file that it names cannot be used.
    """
    if access.login is None:
        raise LoginNotConfigured
    return OidcLogin(access, keys or SessionKeys.read(access.login.session_keys), clock=clock)


def _only(request: Request, name: str) -> str:
    """What stands in the query under this name; nothing where it stands twice."""
    found = request.query_params.getlist(name)
    return found[0] if len(found) == 1 else ""


__all__ = ["OidcLogin", "oidc_login"]
