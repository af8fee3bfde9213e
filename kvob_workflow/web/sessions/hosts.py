"""How do people come in who are logged in at the host already? `HostLogin` asks the host."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request

from kvob_domain.mandates import Mandate
from kvob_workflow.web.sessions.cookies import browser_of, keep_browser, new_browser
from kvob_workflow.web.sessions.visitors import LoginRoute, Visitor

if TYPE_CHECKING:
    from starlette.responses import Response

    from kvob_workflow.http.auth.errors import StepUpNeeded


class HostLogin:
    """The host's own login.

    `mandate_of(request)` is called in a thread for each request; None: nobody is logged in.
    `name_of(request)` is what the page calls him. In `login_url`, `{back}` becomes the path that he
    wanted; in `step_up_url` too, which is the login that is enough for a decision. The addresses
    are the host's, so that it answers for them.
    """

    def __init__(
        self,
        mandate_of: Callable[[Request], Mandate | None],
        *,
        login_url: str | None = None,
        logout_url: str | None = None,
        step_up_url: str | None = None,
        name_of: Callable[[Request], str] | None = None,
    ) -> None:
        """Ask the host nothing yet."""
        self._mandate_of = mandate_of
        self._name_of = name_of
        self._login_url, self._logout_url = login_url, logout_url
        self._step_up_url = step_up_url or login_url

    def visitor(self, request: Request) -> Visitor | None:
        """Whom the host has logged in; what it raises is passed on."""
        mandate = self._mandate_of(request)
        if mandate is None:
            return None
        name = "" if self._name_of is None else self._name_of(request)
        return Visitor(mandate, browser_of(request) or new_browser(), name)

    def way_in(self, back: str) -> str | None:
        """The host's login page."""
        return _filled(self._login_url, back)

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """The host's login page for decisions, or its only one."""
        del needed
        return _filled(self._step_up_url, back)

    def way_to_roles(self, back: str) -> str | None:
        """None: the host says in which role he is."""
        del back
        return None

    def way_out(self) -> str | None:
        """The host's page to log out."""
        return self._logout_url

    def routes(self) -> Sequence[LoginRoute]:
        """None: the host has them."""
        return ()

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Have the browser keep what its form tokens are bound to."""
        if visitor is not None:
            keep_browser(response, request, visitor.session)


def _filled(address: str | None, back: str) -> str | None:
    return None if address is None else address.replace("{back}", quote(back, safe=""))


__all__ = ["HostLogin"]
