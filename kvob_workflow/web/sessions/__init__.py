"""Who is at the page? A login makes a visitor of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from kvob_domain.actor import Role
from kvob_domain.mandates import Mandate

if TYPE_CHECKING:
    from fastapi import Request, Response


@dataclass(frozen=True, slots=True)
class Visitor:
    mandate: Mandate
    session: str
    name: str = ""
    ends_at: datetime | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class LoginRoute:
    path: str
    methods: tuple[str, ...]
    handler: Callable[[Request, str], Response | Shown]


class Login(Protocol):
    def visitor(self, request: Request) -> Visitor | None: ...
    def way_in(self, back: str) -> str | None: ...
    def way_out(self) -> str | None: ...
    def routes(self) -> Sequence[LoginRoute]: ...
    def renew(self, visitor: Visitor, request: Request, response: Response) -> None: ...


class FormTokens:
    def __init__(self, *keys: bytes) -> None:
        self._keys = keys

    def token(self, visitor: Visitor) -> str:
        import hashlib
        import hmac

        text = f"{visitor.session}|{visitor.mandate.actor.person}".encode()
        return hmac.new(self._keys[0], text, hashlib.sha256).hexdigest()

    def check(self, visitor: Visitor, token: str, request: Request) -> None:
        import hmac

        from kvob_workflow.web.errors import FormUnreadable

        if not hmac.compare_digest(token, self.token(visitor)):
            raise FormUnreadable
