"""Is the login strong and fresh enough for a decision? What it is not enough for, is held back.

A mandate with something held back says so when it is asked for that right: who logs in anew gets
it (RFC 9470), unlike who never had it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kvob_domain.mandates import Mandate, Scope
from kvob_workflow.http.auth.errors import StepUpNeeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_workflow.http.auth.access import StepUp


@dataclass(frozen=True, slots=True)
class HeldBack(Mandate):
    """A mandate of which some scopes wait for another login."""

    held_back: frozenset[Scope] = frozenset()
    acr: tuple[str, ...] = ()
    max_age: int | None = None

    def demand(self, scope: Scope) -> None:
        """Let through who has the scope.

        Raises:
            StepUpNeeded: he will have it after another login.
            ScopeMissing: he has not.
        """
        if scope in self.held_back:
            raise StepUpNeeded(scope, self.acr, self.max_age)
        Mandate.demand(self, scope)


def stepped(
    mandate: Mandate, claims: Mapping[str, object], demands: StepUp | None, now: datetime
) -> tuple[Mandate, datetime | None]:
    """The mandate without what this login is not enough for; and until when it is enough."""
    if demands is None:
        return mandate, None
    wanted = mandate.scopes & frozenset(demands.scopes)
    if not wanted:
        return mandate, None
    until = _fresh_until(claims.get("auth_time"), demands.max_age)
    strong = not demands.acr or claims.get("acr") in demands.acr
    if strong and (until is None or now < until):
        return mandate, until
    return (
        HeldBack(
            mandate.actor,
            mandate.scopes - wanted,
            mandate.reach,
            wanted,
            tuple(demands.acr),
            demands.max_age,
        ),
        None,
    )


def _fresh_until(auth_time: object, max_age: int | None) -> datetime | None:
    """When the login is too old; None: never. A login that does not say when it was, is old."""
    if max_age is None:
        return None
    if not isinstance(auth_time, int) or isinstance(auth_time, bool):
        return datetime.min.replace(tzinfo=UTC)
    try:
        return datetime.fromtimestamp(auth_time, UTC) + timedelta(seconds=max_age)
    except (OverflowError, OSError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
