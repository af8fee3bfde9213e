"""What does a session hold, and until when? The claims that give a mandate, and two bounds.

Nothing of it is stored here: it lies sealed in the browser. It holds no token of the login service.
The mandate is made of the claims anew with each request, so that a change of the access file holds
from the next start for those who are logged in too.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.http.auth.claims import at
from kvob_workflow.web.sessions.errors import SessionTooLarge
from kvob_workflow.web.sessions.sealing import LARGEST, Seal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_workflow.http.auth.access import Access
    from kvob_workflow.web.sessions.sealing import SessionKeys

_ALWAYS: Final = ("iss", "sub", "acr", "auth_time")
_SEEN_AGAIN: Final = timedelta(minutes=1)
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who logged in. `role` is what he chose, where he has several; instants in UTC."""

    id: str = field(repr=False)
    browser: str = field(repr=False)
    claims: Mapping[str, object] = field(repr=False)
    name: str = field(repr=False)
    role: str | None
    begun: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a session lasts: `idle` without a request, `whole` whatever happens."""

    idle: timedelta
    whole: timedelta

    def ends_at(self, session: Session) -> datetime:
        """The first instant at which it is over, if he does not come back."""
        return min(session.seen + self.idle, self.last(session))

    def last(self, session: Session) -> datetime:
        """The first instant at which it is over, whatever he does."""
        return session.begun + self.whole


class SealedSessions:
    """Sessions as texts for a cookie."""

    def __init__(self, keys: SessionKeys) -> None:
        """Derive its keys."""
        self._seal = Seal(keys, "session v1")

    def sealed(self, session: Session) -> str:
        """The text.

        Raises:
            SessionTooLarge: it does not fit into a cookie.
        """
        text = self._seal.seal(
            {
                "id": session.id,
                "browser": session.browser,
                "claims": session.claims,
                "name": session.name,
                "role": session.role,
                "begun": int(session.begun.timestamp()),
                "seen": int(session.seen.timestamp()),
            }
        )
        if len(text) > LARGEST:
            raise SessionTooLarge(len(text), LARGEST)
        return text

    def opened(self, text: str | None) -> Session | None:
        """The session, over or not; None where the text is not ours."""
        found = self._seal.open(text) if text else None
        if found is None:
            return None
        told = cast("dict[str, str]", found)
        begun, seen = (
            datetime.fromtimestamp(cast("int", found[name]), UTC) for name in ("begun", "seen")
        )
        claims = cast("dict[str, object]", found["claims"])
        return Session(told["id"], told["browser"], claims, told["name"], told["role"], begun, seen)


def new_session(claims: Mapping[str, object], name: object, browser: str, now: datetime) -> Session:
    """A session that begins, with an id of its own."""
    shown = name.strip()[:_LONGEST_NAME] if isinstance(name, str) and name.isprintable() else ""
    return Session(secrets.token_urlsafe(16), browser, claims, shown, None, now, now)


def seen_again(session: Session, now: datetime) -> Session:
    """The session at a later request; the same one within a minute."""
    return session if now - session.seen < _SEEN_AGAIN else replace(session, seen=now)


def claims_kept(claims: Mapping[str, object], access: Access) -> dict[str, object]:
    """Those claims that a mandate is made of, and no others; of the words of roles, known ones."""
    named = access.claims
    kept: dict[str, object] = {}
    for path in (named.organisation, named.municipalities, named.estates, named.person):
        if path is not None:
            _keep(kept, path, at(claims, path))
    roles = at(claims, named.roles)
    words = roles.split() if isinstance(roles, str) else roles
    if isinstance(words, list):
        words = [one for one in cast("list[object]", words) if one in access.roles]
    _keep(kept, named.roles, words)
    if access.narrow_by_scope:
        _keep(kept, named.scopes, at(claims, named.scopes))
    for name in _ALWAYS:
        _keep(kept, [name], claims.get(name))
    return kept


def _keep(kept: dict[str, object], path: str | Sequence[str], found: object) -> None:
    if found is None:
        return
    *steps, last = path.split(".") if isinstance(path, str) else path
    for step in steps:
        kept = cast("dict[str, object]", kept.setdefault(step, {}))
    kept[last] = found
