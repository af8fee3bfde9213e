"""Who is at the page, and what does a login offer to the pages?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from kvob_domain.actor import Role
from kvob_domain.mandates import Mandate
from kvob_workflow.http.auth.errors import StepUpNeeded


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a page.

    `session` is what form tokens are bound to: it is of the browser, and outlives a login. `name`
    is what the page calls him, nowhere stored. At `ends_at` (aware) he must have come back, or log
    in anew; None: nobody here knows. `roles` are those that he may switch to, empty when there is
    no choice.
    """

    mandate: Mandate
    session: str = field(repr=False)
    name: str = field(default="", repr=False)
    ends_at: datetime | None = None
    roles: tuple[Role, ...] = ()


def _nothing(response: Response) -> None:
    del response


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a login, for whoever makes pages: `finish` sets its cookies on the response."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])
    status: int = 200
    finish: Callable[[Response], None] = _nothing


Handler = Callable[[Request, str], Awaitable[Response | Shown]]


@dataclass(frozen=True, slots=True)
class LoginRoute:
    """A page of a login. `handler(request, base)` is awaited; it waits for others in a thread.

    `path` begins with a slash, below the base of the pages. It checks its own form tokens, and
    raises KvobError.
    """

    path: str
    methods: tuple[str, ...]
    handler: Handler


class Login(Protocol):
    """How people come in. Thread-safe."""

    def visitor(self, request: Request) -> Visitor | None:
        """Who is at the page; None: nobody is logged in. May wait, so it is called in a thread.

        Raises:
            KvobError: somebody is there who is refused.
        """
        ...

    def way_in(self, back: str) -> str | None:
        """Its login page; None: it has none.

        A path of `routes` is below the base of the pages; any other address is taken as it is.
        `back` is the path, with its query, as the browser has it.
        """
        ...

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """As `way_in`, to a login that is enough for what was refused."""
        ...

    def way_to_roles(self, back: str) -> str | None:
        """Its page to choose another role, as `way_in`."""
        ...

    def way_out(self) -> str | None:
        """Its page to log out, as `way_in`."""
        ...

    def routes(self) -> Sequence[LoginRoute]:
        """Its own pages."""
        ...

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Set what keeps him logged in on the answer to a request."""
        ...
