"""Which cookies do the pages set? Sealed or random ones, for this site alone, hidden from scripts.

`kvob-session` says who is logged in, until the browser closes or the session ends. `kvob-login`
holds logins that have begun, for ten minutes. `kvob-browser` is a random text that form tokens are
bound to. Over https each name begins with `__Host-`: no other site of the domain can set it. They
are `SameSite=Lax`: with `Strict` a browser that comes back from the login service, or follows a
link in a message, would bring none of them. Source: RFC 6265bis, sections 4.1.3 and 5.6.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from typing import TYPE_CHECKING, Final

from kvob_workflow.web.sessions.errors import LoginNotSafe

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SESSION: Final = "kvob-session"
PENDING: Final = "kvob-login"
BROWSER: Final = "kvob-browser"
ACTOR: Final = "kvob-actor"
BROWSER_SECONDS: Final = 34_560_000  # 400 days; browsers keep none for longer

_HOST: Final = "__Host-"
_BROWSER_FORM: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_of(request: Request, name: str) -> str | None:
    """What the browser brought under this name."""
    return request.cookies.get(_named(name, request))


def set_cookie(
    response: Response, request: Request, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Set a cookie; without `seconds` until the browser closes."""
    response.set_cookie(
        _named(name, request),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def end_cookie(response: Response, request: Request, name: str) -> None:
    """Have the browser forget a cookie."""
    set_cookie(response, request, name, "", seconds=0)


def browser_of(request: Request) -> str | None:
    """The random text of this browser, where it has one."""
    found = cookie_of(request, BROWSER)
    return found if found is not None and _BROWSER_FORM.fullmatch(found) else None


def new_browser() -> str:
    """A random text (256 bits) for a browser that has none."""
    return secrets.token_urlsafe(32)


def keep_browser(response: Response, request: Request, session: str) -> None:
    """Have the browser bring this text from now on; nothing where it does already."""
    if browser_of(request) != session:
        set_cookie(response, request, BROWSER, session, seconds=BROWSER_SECONDS)


def demand_safe(request: Request) -> None:
    """Let through where nobody can read along: https, or this machine alone.

    Raises:
        LoginNotSafe: others can.
    """
    if not _is_secure(request) and not is_loopback(request.url.hostname or ""):
        raise LoginNotSafe


def is_loopback(host: str) -> bool:
    """Whether a name or address is of this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _named(name: str, request: Request) -> str:
    return f"{_HOST}{name}" if _is_secure(request) else name


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
