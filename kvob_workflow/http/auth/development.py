"""How does a developer try out roles without a login service? `DevelopmentMode`: anybody is let in.

It is refused unless somebody asks for it in so many words, and unless the server can be reached
from this machine alone. Who acts is said by headers: `Kvob-Role` (guide), `Kvob-Person`
(developer), `Kvob-Organisation`, `Kvob-Municipalities` (with commas). Without organisation and
municipalities every estate is within reach. So who says nothing sees what there is, and can
begin. Requests of other web pages are refused: a page in the developer's browser can reach this
machine too.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, scopes_of
from kvob_domain.mandates.reach_by_role import ReachUnclear, reach_of
from kvob_workflow.http.auth.access_errors import DevelopmentRefused
from kvob_workflow.http.auth.errors import DevelopmentHeader
from kvob_workflow.http.auth.security_log import LOG

if TYPE_CHECKING:
    from collections.abc import Mapping

RESPONSE_HEADERS: Final = {"Kvob-Development-Mode": "on; anybody is let in, as anybody"}
"""What every answer has, so that nobody takes this for a real installation."""

_PERSON: Final = re.compile(r"[a-z0-9][a-z0-9._:-]{0,63}")
_USUAL: Final = Role.GUIDE
_SAME_PAGE: Final = frozenset({"none", "same-origin"})
# Whoever passes a request on says so in one of these; then it can be of anybody.
_OF_PROXIES: Final = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class DevelopmentMode:
    """An authenticator that believes everybody."""

    response_headers: Final = RESPONSE_HEADERS

    def __init__(self, *, asked: bool, host: str) -> None:
        """Warn, once, in the log. `host` is the address that the server listens on.

        Raises:
            DevelopmentRefused: nobody asked for it, or others could reach the server.
        """
        if not asked or not _is_loopback(host):
            raise DevelopmentRefused(host)
        LOG.warning(
            "DEVELOPMENT MODE: anybody who reaches %s is let in, as anybody. Never use it with "
            "real data.",
            host,
        )

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """As `mandate`, for nothing has to be waited for; None where that refuses."""
        try:
            return self.mandate(headers)
        except DevelopmentHeader:
            return None

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """The mandate that the headers ask for.

        Raises:
            DevelopmentHeader: one of them cannot be, or the request is another page's.
        """
        check_page(headers)
        return mandate_as(headers)


def mandate_as(headers: Mapping[str, str]) -> Mandate:
    """The mandate that these headers ask for, wherever they come from.

    Raises:
        DevelopmentHeader: one of them cannot be.
    """
    role = _role(headers.get("kvob-role", _USUAL.value).strip())
    person = headers.get("kvob-person", "developer").strip().lower()
    if not _PERSON.fullmatch(person):
        raise DevelopmentHeader("Kvob-Person")
    organisation = _text(headers, "kvob-organisation", "Kvob-Organisation")
    places = _text(headers, "kvob-municipalities", "Kvob-Municipalities") or ""
    listed = tuple(one.strip() for one in places.split(",") if one.strip())
    reach = EVERYWHERE
    if organisation or listed:
        try:
            reach = reach_of(role, organisation, listed)
        except ReachUnclear as error:
            raise DevelopmentHeader(f"Kvob-{error.missing.en.capitalize()}") from None
    return Mandate(Actor(PersonId(person), organisation, role, "http"), scopes_of(role), reach)


def _role(text: str) -> Role:
    try:
        role = Role(text)
    except ValueError:
        raise DevelopmentHeader("Kvob-Role") from None
    if role is Role.ALARM:
        raise DevelopmentHeader("Kvob-Role")
    return role


def _text(headers: Mapping[str, str], name: str, title: str) -> str | None:
    """A header's text; percent-encoded where it is not ASCII (RFC 3986)."""
    given = headers.get(name)
    if given is None:
        return None
    text = unquote(given).strip()
    if not text or len(text) > 2_000 or not text.isprintable():
        raise DevelopmentHeader(title)
    return text


def check_page(headers: Mapping[str, str], *, follows_link: bool = False) -> None:
    """Nobody else may act here: a page of another site, a name that leads here, or a proxy.

    With `follows_link` somebody may come by a link of another site: he then sees a page, and that
    site does not.

    Raises:
        DevelopmentHeader: somebody else may.
    """
    host = headers.get("host", "127.0.0.1")
    if not _is_loopback(host.rsplit(":", 1)[0] if not host.endswith("]") else host):
        raise DevelopmentHeader("Host")
    if not follows_link and headers.get("sec-fetch-site", "none") not in _SAME_PAGE:
        raise DevelopmentHeader("Sec-Fetch-Site")
    if headers.get("origin", f"http://{host}").partition("://")[2] != host:
        raise DevelopmentHeader("Origin")  # of a browser that tells no more
    for one in _OF_PROXIES:
        if one.lower() in headers:
            raise DevelopmentHeader(one)


def _is_loopback(host: str) -> bool:
    name = host.strip().strip("[]")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.casefold() == "localhost"
