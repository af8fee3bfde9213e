"""How does a developer look at the pages in any role? `DevelopmentLogin`: he chooses on a page.

The conditions are those of the API's development mode: somebody asked for it in so many words,
the server listens on this machine alone, no proxy stands in front, no other site sends anything.
Without a choice he is a guide who reaches every estate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kvob_domain.actor import Role
from kvob_domain.ids import PersonId
from kvob_domain.words import Text
from kvob_workflow.http.auth.development import (
    RESPONSE_HEADERS,
    DevelopmentMode,
    check_page,
    mandate_as,
)
from kvob_workflow.http.auth.errors import DevelopmentHeader
from kvob_workflow.web.sessions.backs import safe_back, with_query
from kvob_workflow.web.sessions.cookies import (
    ACTOR,
    browser_of,
    cookie_of,
    keep_browser,
    new_browser,
    set_cookie,
)
from kvob_workflow.web.sessions.errors import ActorNotPossible, SessionTooLarge
from kvob_workflow.web.sessions.form_tokens import FIELD, FormTokens
from kvob_workflow.web.sessions.login_forms import read_form, sent_on
from kvob_workflow.web.sessions.sealing import LARGEST, Seal, SessionKeys
from kvob_workflow.web.sessions.visitors import LoginRoute, Shown, Visitor

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kvob_domain.mandates import Mandate
    from kvob_workflow.http.auth.errors import StepUpNeeded

PATH: Final = "/login"
ROLES: Final = tuple(role for role in Role if role is not Role.ALARM)
_FIELDS: Final = {
    "role": Text("rol", "role"),
    "person": Text("persoon", "person"),
    "organisation": Text("organisatie", "organisation"),
    "municipalities": Text("gemeenten", "municipalities"),
}
_LONGEST: Final = 1_000
_BREAKS: Final = re.compile(r"\s*[\r\n,]+\s*")


class DevelopmentLogin:
    """Anybody is let in, as anybody. Thread-safe."""

    response_headers: Final = RESPONSE_HEADERS

    def __init__(self, keys: SessionKeys, *, asked: bool, host: str) -> None:
        """Warn, once, in the log. `host` is the address that the server listens on.

        Raises:
            DevelopmentRefused: nobody asked for it, or others could reach the server.
        """
        DevelopmentMode(asked=asked, host=host)
        self._seal = Seal(keys, "development actor v1")
        self._tokens = FormTokens(keys)

    def visitor(self, request: Request) -> Visitor | None:
        """Who was chosen; a guide who reaches every estate where nobody was.

        Raises:
            DevelopmentHeader: the request is another site's, or came through a proxy.
        """
        _check_page(request)
        mandate = self._mandate(self._chosen(request))
        session = browser_of(request) or new_browser()
        return Visitor(mandate, session, mandate.actor.person, roles=ROLES)

    def way_in(self, back: str) -> str | None:
        """The page on which he chooses."""
        return with_query(PATH, back=back)

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """None: nothing is ever held back from him."""
        del needed, back
        return None

    def way_to_roles(self, back: str) -> str | None:
        """The same page."""
        return self.way_in(back)

    def way_out(self) -> str | None:
        """None: nobody is logged in."""
        return None

    def routes(self) -> Sequence[LoginRoute]:
        """The page on which he chooses."""
        return (LoginRoute(PATH, ("GET",), self._show), LoginRoute(PATH, ("POST",), self._choose))

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Say loudly what this is, and keep what form tokens are bound to."""
        response.headers.update(RESPONSE_HEADERS)
        if visitor is not None:
            keep_browser(response, request, visitor.session)

    async def _show(self, request: Request, base: str) -> Shown:
        visitor = self.visitor(request)
        back = safe_back(request.query_params.get("back", ""), base, (PATH,))
        return self._shown(request, visitor, self._chosen(request), back)

    async def _choose(self, request: Request, base: str) -> Response:
        visitor = self.visitor(request)
        form = await read_form(request)
        if visitor is not None:
            self._tokens.check(visitor, form.get(FIELD, ""), request)
        chosen = _filled_in(form)
        try:
            self._mandate(chosen)
        except DevelopmentHeader as error:
            name = error.header.removeprefix("Kvob-").lower()
            raise ActorNotPossible(_FIELDS.get(name, Text(name, name))) from None
        sealed = self._seal.seal(dict(chosen))
        if len(sealed) > LARGEST:
            raise SessionTooLarge(len(sealed), LARGEST)
        response = sent_on(safe_back(form.get("back", ""), base, (PATH,)))
        set_cookie(response, request, ACTOR, sealed)
        self.renew(visitor, request, response)
        return response

    def _shown(
        self, request: Request, visitor: Visitor | None, chosen: Mapping[str, str], back: str
    ) -> Shown:
        context: dict[str, object] = {
            "roles": ROLES,
            "chosen": {name: chosen.get(name, "") for name in _FIELDS},
            "back": back,
            "form_token": "" if visitor is None else self._tokens.token(visitor),
        }
        return Shown(
            "login_development.html",
            context,
            finish=lambda response: self.renew(visitor, request, response),
        )

    def _chosen(self, request: Request) -> dict[str, str]:
        """What he chose before; the usual where the cookie is not ours or was made elsewhere."""
        found = self._seal.open(cookie_of(request, ACTOR) or "") or {}
        usual = {"role": Role.GUIDE.value, "person": PersonId("developer")}
        return usual | {name: str(one) for name, one in found.items() if name in _FIELDS}

    def _mandate(self, chosen: Mapping[str, str]) -> Mandate:
        return mandate_as(
            {f"kvob-{name}": quote(one) for name, one in chosen.items() if one}
            | {f"kvob-{name}": chosen[name] for name in ("role", "person") if chosen.get(name)}
        )


def _check_page(request: Request) -> None:
    follows_link = (
        request.method in ("GET", "HEAD")
        and request.headers.get("sec-fetch-mode") == "navigate"
        and request.headers.get("sec-fetch-dest") == "document"
    )
    check_page(request.headers, follows_link=follows_link)


def _filled_in(form: Mapping[str, str]) -> dict[str, str]:
    """The fields; municipalities may stand on lines of their own."""
    given = {name: form.get(name, "").strip() for name in _FIELDS}
    for name, text in given.items():
        if len(text) > _LONGEST:
            raise ActorNotPossible(_FIELDS[name])
    given["municipalities"] = _BREAKS.sub(", ", given["municipalities"]).strip(", ")
    return given


__all__ = ["DevelopmentLogin"]
