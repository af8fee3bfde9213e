"""What does a screen know of the request? Who looks, at which moment, in which language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.datastructures import FormData

from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.web.errors import PageUnknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from fastapi import Request

    from kvob_domain.mandates import Scope
    from kvob_domain.words import Language
    from kvob_workflow.engine import Engine
    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.http import Api
    from kvob_workflow.web.links import Links
    from kvob_workflow.web.pages import Pages
    from kvob_workflow.web.sessions import Visitor

_HEX: Final = frozenset("0123456789abcdef")


@dataclass(slots=True, kw_only=True)
class Frame:
    """What every page shows around its contents, also one for somebody who is not let in.

    `form_token` goes into every form, as the field `form_token`. `position` is that of the newest
    event when the page was made, where it is to hear of news.
    """

    request: Request
    pages: Pages
    language: Language
    links: Links
    today: date
    trace: str
    visitor: Visitor | None = None
    form_token: str = ""
    position: int | None = None
    on: date | None = None
    known_at: datetime | None = None

    @property
    def day(self) -> date:
        """The day that the page is about: the day asked, else today."""
        return self.on or self.today

    @property
    def is_now(self) -> bool:
        """Whether the page shows today as it is known now; only then can something be done."""
        return self.on is None and self.known_at is None

    @property
    def query(self) -> Mapping[str, str]:
        """What stands in the address."""
        return self.request.query_params

    def below(self, place: str) -> str:
        """The address of a page of the login: below the base where it is its own, else as it is."""
        path = place.partition("?")[0]
        is_own = any(path == one.path for one in self.pages.login.routes())
        return f"{self.links.base}{place}" if is_own else place

    def t(self, nl: str, en: str) -> str:
        """The text in the language of the page."""
        return Text(nl, en).of(self.language)

    def may(self, scope: Scope) -> bool:
        """Whether who looks has this right."""
        return self.visitor is not None and scope in self.visitor.mandate.scopes


@dataclass(slots=True, kw_only=True)
class Ask(Frame):
    """One request of somebody who is let in.

    `on` is the civil day asked about (None: today), `known_at` the instant (aware) at which it was
    known so (None: now). `form` is what was filled in, empty for a page that is looked at. The
    engine is asked through `desk`, under the mandate of who looks.
    """

    engine: Engine
    api: Api
    desk: Mandated
    # An Ask is of somebody; nothing takes him away from it again.
    visitor: Visitor  # pyright: ignore[reportGeneralTypeIssues, reportIncompatibleVariableOverride]
    form: FormData = field(default_factory=FormData)

    @property
    def estate(self) -> EstateId:
        """The estate in the path.

        Raises:
            PageUnknown: it is no id.
        """
        given = self.path("estate")
        if len(given) != 32 or not _HEX.issuperset(given):
            raise PageUnknown(self.request.url.path)
        return EstateId(given)

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])
