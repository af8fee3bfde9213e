"""Somebody logs in to the site at the login service; what happens then?"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from httpx2 import Response as Answer

from kvob_workflow.http.auth.access import Access
from kvob_workflow.testing import SettableClock
from kvob_workflow.web.sessions import FormTokens, SessionKeys
from kvob_workflow.web.sessions.oidc import OidcLogin
from tests.http.auth.login_service import access
from tests.web.sessions.issuer import CLIENT, Issuer
from tests.web.sessions.site import BASE, Browser, site

KEY = b"k" * 32
SESSION = "__Host-kvob-session"
PENDING = "__Host-kvob-login"
BROWSER = "__Host-kvob-browser"


class World:
    """The login service, the clock, the site and a browser."""

    def __init__(self, issuer: Issuer, clock: SettableClock) -> None:
        """The site is opened with its usual settings when it is first visited."""
        self.issuer, self.clock = issuer, clock
        self.browser = Browser(self.opened())

    def rules(self, **other: Any) -> Access:
        """The access file; `login` adds to its table."""
        table = {"client_id": CLIENT, **other.pop("login", {})}
        return access(issuer={"address": self.issuer.address}, login=table, **other)

    def opened(self, keys: SessionKeys | None = None, **other: Any) -> Any:
        """The site with other settings: another process, which shares nothing but its keys."""
        login = OidcLogin(self.rules(**other), keys or SessionKeys([KEY]), clock=self.clock)
        return site(login, FormTokens(login.keys))

    def with_settings(self, keys: SessionKeys | None = None, **other: Any) -> Browser:
        """From now on the browser visits a site with these; it keeps its cookies."""
        cookies = self.browser.client.cookies
        self.browser = Browser(self.opened(keys, **other))
        self.browser.client.cookies = cookies
        return self.browser

    def begin(self, back: str = f"{BASE}/", **query: str) -> str:
        """Where the browser is sent to log in."""
        told = {"back": back, **query}
        answer = self.browser.client.get(f"{BASE}/login", params=told)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def come_back(self, back: str = f"{BASE}/", **query: str) -> Answer:
        """Log in at the login service and come back from it."""
        return self.browser.get(self.issuer.log_in(self.begin(back, **query)))

    def log_in(self) -> dict[str, Any]:
        """Log in, and tell what the first page tells."""
        answer = self.come_back()
        assert (answer.status_code, answer.headers.get("Location")) == (303, f"{BASE}/")
        return self.browser.seen()

    def refused(self, **query: str) -> str:
        """The code of the refusal after a login, after which nobody is logged in."""
        answer = self.come_back(**query)
        assert answer.status_code == 403, answer.headers
        assert self.browser.get(f"{BASE}/").status_code == 303
        return str(answer.json()["code"])


def query_of(address: str) -> dict[str, str]:
    """What stands in the query of an address."""
    return {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
