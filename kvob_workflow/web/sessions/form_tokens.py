"""Was this form given by us, to him, in this browser? `FormTokens`, and where the request is from.

A token is an HMAC over the browser's random text, the person and his role, so that a form survives
the end of a session: who logs in again in the same browser can still send it. What was filled in
for one role is never done in another, when he switches in another window. It is masked anew each
time it is given, so that nobody finds it by how well pages compress. Browsers also say where a
request comes from (`Sec-Fetch-Site`, else `Origin`); another site is refused whatever its token.
Source: OWASP ASVS 5.0, 3.5.1.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kvob_workflow.web.sessions.errors import FormNotOurs

if TYPE_CHECKING:
    from starlette.requests import Request

    from kvob_workflow.web.sessions.sealing import SessionKeys
    from kvob_workflow.web.sessions.visitors import Visitor

FIELD: Final = "form_token"
"""The name of the field in a form."""

_BYTES: Final = 32
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{86}")
_FROM_HERE: Final = frozenset({"same-origin", "none"})  # none: typed or reloaded by the user


class FormTokens:
    """Gives and checks the tokens of forms. Thread-safe."""

    def __init__(self, keys: SessionKeys) -> None:
        """Derive its keys."""
        self._keys = keys.derived("form tokens")

    def token(self, visitor: Visitor) -> str:
        """A token for one form; another text each time."""
        actor = visitor.mandate.actor
        return self.token_of(visitor.session, actor.person, actor.role)

    def check(self, visitor: Visitor, token: str, request: Request) -> None:
        """Let through a form that was given to this visitor and is sent from here.

        Raises:
            FormNotOurs: it was not, or is not.
        """
        actor = visitor.mandate.actor
        self.check_of(visitor.session, actor.person, actor.role, token, request)

    def token_of(self, session: str, person: str, role: str) -> str:
        """As `token`, for who has no mandate yet; then `role` is empty."""
        mask = secrets.token_bytes(_BYTES)
        told = _mac(self._keys[0], session, person, role)
        return base64.urlsafe_b64encode(mask + _xor(mask, told)).rstrip(b"=").decode()

    def check_of(self, session: str, person: str, role: str, token: str, request: Request) -> None:
        """As `check`, for who has no mandate yet.

        Raises:
            FormNotOurs: the form is not ours, or is sent from elsewhere.
        """
        if not session or not is_from_here(request):
            raise FormNotOurs
        told = _unmasked(token)
        ours = [_mac(key, session, person, role) for key in self._keys]
        if not any([hmac.compare_digest(one, told) for one in ours]):
            raise FormNotOurs


def is_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this site sent it, or does not say.

    Where neither header is there (old browsers, over plain http) the token decides alone.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _FROM_HERE
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _mac(key: bytes, session: str, person: str, role: str) -> bytes:
    return hmac.digest(key, f"{session}\0{person}\0{role}".encode(), hashlib.sha256)


def _unmasked(token: str) -> bytes:
    if not _SHAPE.fullmatch(token):
        return b""
    try:
        raw = base64.urlsafe_b64decode(token + "==")
    except (binascii.Error, ValueError):
        return b""
    return _xor(raw[:_BYTES], raw[_BYTES:])


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
