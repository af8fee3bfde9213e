"""Who does a token say is there? `BearerTokens`: access tokens of one OpenID Connect issuer.

A token that was checked is remembered for a minute at most (`remembered`), never beyond its own
end, under the SHA-256 of its text: a status read then costs no signature. What is revoked at the
issuer is refused when the token ends; a key that the issuer withdraws, when `keys_fresh` and
`remembered` are over. `forget` does it at once.

Read next: `tokens` (what is checked), `key_source` (where keys come from), `claims` (what it
gives).
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Forbidden
from kvob_domain.mandates import Scope
from kvob_workflow.clock import SystemClock
from kvob_workflow.http.auth.claims import mandate_of
from kvob_workflow.http.auth.credentials import ROLE_HEADER, credential_of
from kvob_workflow.http.auth.errors import CredentialsMalformed, CredentialsMissing, Unauthenticated
from kvob_workflow.http.auth.fetching import fetcher
from kvob_workflow.http.auth.security_log import SecurityLog
from kvob_workflow.http.auth.stepping_up import stepped
from kvob_workflow.http.auth.token_errors import OidcNotInstalled

try:
    from kvob_workflow.http.auth.key_source import KeySource
    from kvob_workflow.http.auth.tokens import check_claims, read_header, verified
except ModuleNotFoundError as error:  # of joserfc
    raise OidcNotInstalled from error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from kvob_domain.mandates import Mandate
    from kvob_workflow.clock import Clock
    from kvob_workflow.http.auth.access import Access, Issuer

MOST_REMEMBERED: Final = 10_000
GRAVE: Final = frozenset({Scope.CERTIFICATES_DECIDE, Scope.PERSONS_ERASE, Scope.KEYS_MANAGE})
"""Who is let in with one of these is told to the security log."""

_Known = tuple["Mandate", "datetime"]
_Asked = tuple[bytes, str | None]


class BearerTokens:
    """An authenticator for the tokens of the issuer of an access file. Thread-safe."""

    def __init__(
        self,
        access: Access,
        *,
        clock: Clock | None = None,
        fetch: Callable[[], bytes] | None = None,
        elapsed: Callable[[], float] = time.monotonic,
        log: SecurityLog | None = None,
    ) -> None:
        """Ask the issuer nothing yet. `fetch` replaces how its keys are brought.

        Raises:
            ValueError: the access file names no issuer.
        """
        if access.issuer is None:
            raise ValueError("the access file names no issuer")
        self._access = access
        self._issuer: Issuer = access.issuer
        self._clock = clock or SystemClock()
        self._keys = KeySource(access.issuer, fetch or fetcher(access.issuer), elapsed=elapsed)
        self._log = log or SecurityLog()
        self._lock = threading.Lock()
        self._known: OrderedDict[_Asked, _Known] = OrderedDict()

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """The mandate of a token that was checked a moment ago; None for any other request."""
        try:
            token = credential_of(headers)
        except CredentialsMalformed:
            return None
        return None if token is None else self._remembered(_asked(token, headers))

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """The mandate that the token gives in the role that was asked for.

        Raises:
            Unauthenticated: one of its causes.
            RoleMissing, RoleUnclear, RoleNotHeld: there is not exactly one role to act in.
            IssuerUnreachable: the keys of the issuer cannot be had.
        """
        token = credential_of(headers)
        if token is None:
            raise CredentialsMissing
        asked = _asked(token, headers)
        return self._remembered(asked) or self._checked(token, asked)

    def forget(self) -> None:
        """Check every token anew from now on."""
        with self._lock:
            self._known.clear()

    def _checked(self, token: str, asked: _Asked) -> Mandate:
        now = self._clock.now()
        try:
            claims, ends = self._claims(token, now)
            mandate, enough_until = stepped(
                mandate_of(claims, self._access, asked[1]), claims, self._access.step_up, now
            )
        except (Unauthenticated, Forbidden) as error:
            self._log.refused(error)
            raise
        if not GRAVE.isdisjoint(mandate.scopes):
            self._log.accepted(mandate)
        until = min(ends, now + timedelta(seconds=self._issuer.remembered))
        self._remember(asked, mandate, min(until, enough_until or until))
        return mandate

    def _claims(self, token: str, now: datetime) -> tuple[dict[str, object], datetime]:
        header = read_header(token, self._issuer)
        key = self._keys.key(header.kid, header.family)
        claims = verified(token, header, key)
        return claims, check_claims(claims, self._issuer, now)

    def _remembered(self, asked: _Asked) -> Mandate | None:
        with self._lock:
            found = self._known.get(asked)
            if found is None:
                return None
            if self._clock.now() < found[1]:
                return found[0]
            del self._known[asked]
            return None

    def _remember(self, asked: _Asked, mandate: Mandate, until: datetime) -> None:
        with self._lock:
            self._known[asked] = (mandate, until)
            if len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)


def _asked(token: str, headers: Mapping[str, str]) -> _Asked:
    return hashlib.sha256(token.encode()).digest(), headers.get(ROLE_HEADER)


__all__ = ["GRAVE", "MOST_REMEMBERED", "BearerTokens"]
