"""Who has a session in this browser, and what may he? `Sessions`: out of its cookie and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kvob_domain.actor import Role
from kvob_domain.errors import Invalid
from kvob_workflow.http.auth.claims import at, mandate_of, person_of, words_at
from kvob_workflow.http.auth.errors import RoleMissing
from kvob_workflow.http.auth.stepping_up import stepped
from kvob_workflow.web.sessions.cookies import (
    SESSION,
    browser_of,
    cookie_of,
    demand_safe,
    end_cookie,
    keep_browser,
    new_browser,
    set_cookie,
)
from kvob_workflow.web.sessions.ended import Ended
from kvob_workflow.web.sessions.errors import RoleNotOffered
from kvob_workflow.web.sessions.session import (
    Bounds,
    SealedSessions,
    claims_kept,
    new_session,
    seen_again,
)
from kvob_workflow.web.sessions.visitors import Visitor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from kvob_workflow.clock import Clock
    from kvob_workflow.http.auth.access import Access, LoginTable
    from kvob_workflow.web.sessions.sealing import SessionKeys
    from kvob_workflow.web.sessions.session import Session


class Sessions:
    """The sessions of one access file. Thread-safe."""

    def __init__(self, access: Access, table: LoginTable, keys: SessionKeys, clock: Clock) -> None:
        """Know of no session that was ended."""
        self._access, self._table, self._clock = access, table, clock
        self._sealed = SealedSessions(keys)
        self._bounds = Bounds(
            timedelta(minutes=table.session_minutes), timedelta(hours=table.session_hours)
        )
        self._ended = Ended(clock)

    def live(self, request: Request) -> Session | None:
        """The session of this browser; None where it has none, or it is over."""
        session = self.before(request)
        if session is None or self._clock.now() >= self._bounds.ends_at(session):
            return None
        return session

    def before(self, request: Request) -> Session | None:
        """As `live`, and one that is over by itself: who was it, and in which role?"""
        try:
            demand_safe(request)
        except Invalid:  # there no session was given, so that this one comes from elsewhere
            return None
        session = self._sealed.opened(cookie_of(request, SESSION))
        return None if session is None or session.id in self._ended else session

    def begun(self, request: Request, claims: Mapping[str, object]) -> Session:
        """A new session, in the role of the one before it where the same person had that.

        Raises:
            RoleMissing: he has no role here.
            ClaimsUnusable: something else is missing.
        """
        session = new_session(
            claims_kept(claims, self._access),
            at(claims, self._table.name),
            browser_of(request) or new_browser(),
            self._clock.now(),
        )
        held = self.roles(session)
        if not held:
            raise RoleMissing
        before = self.before(request)
        if before is None or self.person(session) != self.person(before):
            return session
        role = self.role(before)
        return session if role is None or role not in held else replace(session, role=role.value)

    def visitor(self, session: Session) -> Visitor | None:
        """Who it is; None while he has not chosen one of his roles.

        Raises:
            RoleMissing: he has no role here any more.
            ClaimsUnusable: something else is missing.
        """
        held = self.roles(session)
        if len(held) > 1 and self.role(session) is None:
            return None
        now = self._clock.now()
        mandate, _ = stepped(
            mandate_of(session.claims, self._access, self.role(session)),
            session.claims,
            self._access.step_up,
            now,
        )
        ends_at = self._bounds.ends_at(seen_again(session, now))
        roles = held if len(held) > 1 else ()
        return Visitor(mandate, session.browser, session.name, ends_at, roles)

    def roles(self, session: Session) -> tuple[Role, ...]:
        """The roles that he has, in their order."""
        words = words_at(session.claims, self._access.claims.roles)
        held = {self._access.roles[word] for word in words if word in self._access.roles}
        return tuple(role for role in Role if role in held)

    def role(self, session: Session) -> Role | None:
        """The role that he acts in: the only one, or the one that he chose."""
        held = self.roles(session)
        if len(held) == 1:
            return held[0]
        return next((role for role in held if role.value == session.role), None)

    def person(self, session: Session) -> str:
        """Who he is in the record."""
        return person_of(session.claims, self._access.claims.person)

    def in_role(self, session: Session, role: str) -> Session:
        """The session after he chose a role.

        Raises:
            RoleNotOffered: he does not have it.
        """
        if role not in {one.value for one in self.roles(session)}:
            raise RoleNotOffered
        return replace(session, role=role)

    def keep(self, response: Response, request: Request, session: Session) -> None:
        """Have the browser bring it from now on.

        Raises:
            SessionTooLarge: it does not fit into a cookie.
        """
        set_cookie(response, request, SESSION, self._sealed.sealed(session))
        keep_browser(response, request, session.browser)

    def renew(self, response: Response, request: Request, session: Session) -> None:
        """Note that he came back: written into the cookie once in a minute."""
        now = seen_again(session, self._clock.now())
        if now is not session:
            self.keep(response, request, now)
        else:
            keep_browser(response, request, session.browser)

    def end(self, session: Session) -> None:
        """End it, also for who has a copy of the cookie; the others of this person go on."""
        self._ended.add(session.id, self._bounds.last(session))

    def forget(self, response: Response, request: Request) -> None:
        """Have the browser forget it."""
        end_cookie(response, request, SESSION)
