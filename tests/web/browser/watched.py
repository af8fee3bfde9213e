"""What goes wrong on a page without anybody seeing it? A page that keeps account of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Error,
        Page,
        Request,
        Response,
    )

Scheme = Literal["light", "dark"]

HERE: Final = "127.0.0.1"
_PATIENCE: Final = 15_000  # milliseconds
_INSIDE: Final = ("data", "blob", "about")
_NOT_FOUND: Final = re.compile(r"Failed to load resource: the server responded with a status of")
_LEFT: Final = "net::ERR_ABORTED"
_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`against the security policy: ${event.violatedDirective}: ${event.blockedURI}`));
"""
_FOREIGN_HINTS: Final = """
() => [...document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch]")]
    .filter((link) => new URL(link.href).host !== location.host)
    .map((link) => link.outerHTML)
"""


class Watched:
    """One page in a context of its own, and what went wrong on it.

    An answer of 400 and more is wrong unless `expect` has named it.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.page: Final[Page] = context.new_page()
        self.wrong: list[str] = []
        self._expected: set[int] = set()
        context.add_init_script(_VIOLATIONS)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._thrown)
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def open(self, url: str) -> Page:
        """Go there, and wait until all is loaded."""
        self.page.goto(url, wait_until="load")
        return self.page

    def expect(self, *statuses: int) -> Watched:
        """From now on, answers with these statuses are as they should be."""
        self._expected.update(statuses)
        return self

    def settled(self) -> None:
        """Assert that nothing went wrong so far: no error, no warning, nothing from elsewhere."""
        hints: list[str] = self.page.evaluate(_FOREIGN_HINTS) if self.page.url else []
        wrong = [*self.wrong, *(f"points to another host: {one}" for one in hints)]
        assert not wrong, told(f"{self.page.url} is not as it should be", wrong)

    def _said(self, message: ConsoleMessage) -> None:
        # The browser repeats a failed answer here; the answer itself is judged below.
        if message.type in ("error", "warning") and not _NOT_FOUND.match(message.text):
            self.wrong.append(f"console {message.type}: {message.text}")

    def _thrown(self, error: Error) -> None:
        self.wrong.append(f"script error: {error.message}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.hostname != HERE and parts.scheme not in _INSIDE:
            self.wrong.append(f"asks another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # What is under way when the page is left, such as a stream of events, is cut off.
        if request.failure != _LEFT:
            self.wrong.append(f"not loaded: {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.wrong.append(f"answered with {response.status}: {response.url}")


def told(head: str, lines: Iterable[str]) -> str:
    """A message of one line for each thing that is wrong."""
    return "\n  ".join([f"{head}:", *lines])


def context_of(
    browser: Browser,
    *,
    cookies: dict[str, str] | None = None,
    scheme: Scheme = "light",
    language: str = "nl",
    javascript: bool = True,
    width: int = 1280,
    height: int = 900,
) -> BrowserContext:
    """A context without memory of any other; motion is reduced, so that nothing is half-way."""
    context = browser.new_context(
        color_scheme=scheme,
        locale={"nl": "nl-NL", "en": "en-GB"}.get(language, language),
        timezone_id="Europe/Amsterdam",
        java_script_enabled=javascript,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(_PATIENCE)
    for name, value in (cookies or {}).items():
        context.add_cookies([{"name": name, "value": value, "url": f"http://{HERE}"}])
    return context
