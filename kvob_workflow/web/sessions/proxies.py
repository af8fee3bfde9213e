"""How do people come in behind a proxy that logs them in? `ProxyLogin`: the token that it brings.

The proxy sends `Authorization: Bearer ...` with each request, and `Kvob-Role` for who has several
roles. It must remove both from what browsers send. Who can reach this service past the proxy comes
in by a token of his own, as at the API, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from kvob_workflow.http.auth.errors import CredentialsMissing
from kvob_workflow.web.sessions.cookies import browser_of, keep_browser, new_browser
from kvob_workflow.web.sessions.visitors import LoginRoute, Visitor

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kvob_workflow.http.auth import Authenticator
    from kvob_workflow.http.auth.errors import StepUpNeeded


class ProxyLogin:
    """The authenticator of the API, asked about the headers that a proxy brings.

    In `login_url` and `logout_url`, which are pages of the proxy, `{back}` becomes the path that
    somebody wanted.
    """

    def __init__(
        self,
        authenticator: Authenticator,
        *,
        login_url: str | None = None,
        logout_url: str | None = None,
    ) -> None:
        """Ask it nothing yet."""
        self._authenticator = authenticator
        self._login_url, self._logout_url = login_url, logout_url

    def visitor(self, request: Request) -> Visitor | None:
        """Whose token the proxy brings; None: it brings none.

        Raises:
            Unauthenticated: the token is not taken.
            Forbidden: who it is of has no role here, or several and the proxy names none.
        """
        try:
            mandate = self._authenticator.mandate(request.headers)
        except CredentialsMissing:
            return None
        return Visitor(mandate, browser_of(request) or new_browser())

    def way_in(self, back: str) -> str | None:
        """The login page of the proxy."""
        return None if self._login_url is None else _filled(self._login_url, back)

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """As `way_in`: a stronger login is the proxy's to ask for."""
        del needed
        return self.way_in(back)

    def way_to_roles(self, back: str) -> str | None:
        """None: the token says in which role he is."""
        del back
        return None

    def way_out(self) -> str | None:
        """The page of the proxy to log out."""
        return None if self._logout_url is None else _filled(self._logout_url, "/")

    def routes(self) -> Sequence[LoginRoute]:
        """None: the proxy has them."""
        return ()

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Have the browser keep what its form tokens are bound to."""
        if visitor is not None:
            keep_browser(response, request, visitor.session)


def _filled(address: str, back: str) -> str:
    return address.replace("{back}", quote(back, safe=""))


__all__ = ["ProxyLogin"]
