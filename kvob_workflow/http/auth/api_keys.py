"""Which machine does a key say is there? `ApiKeys`: keys given out by the engine itself.

A key comes as a token does: `Authorization: Bearer kvob_...` (RFC 6750), so that proxies and
libraries that hide that header hide keys too. The store is asked for every request: a revocation
holds at once on every node.
"""

from __future__ import annotations

import logging
from datetime import UTC
from typing import TYPE_CHECKING

from kvob_domain.actor import Actor
from kvob_domain.mandates import Mandate
from kvob_workflow.clock import SystemClock
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.http.auth.claims import ORIGIN
from kvob_workflow.http.auth.credentials import ROLE_HEADER, credential_of
from kvob_workflow.http.auth.errors import (
    CredentialsMalformed,
    CredentialsMissing,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    RoleNotHeld,
    Unauthenticated,
)
from kvob_workflow.http.auth.security_log import SecurityLog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_workflow.clock import Clock
    from kvob_workflow.engine import Engine
    from kvob_workflow.store.api_keys import ApiKey

_LOG = logging.getLogger("kvob_workflow.security")


class ApiKeys:
    """An authenticator for the keys of an engine. Thread-safe."""

    def __init__(
        self, engine: Engine, *, clock: Clock | None = None, log: SecurityLog | None = None
    ) -> None:
        """Ask this engine's store; `clock` says when a key has expired."""
        self._engine = engine
        self._clock = clock or SystemClock()
        self._log = log or SecurityLog()

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """The mandate, where looking the key up is one read of a file or memory; None elsewhere.

        None too for who is to be refused, and for the first use of a day, which is written.
        """
        if not self._engine.answers_at_once:
            return None
        try:
            text = credential_of(headers)
        except CredentialsMalformed:
            return None
        key = None if text is None else self._engine.key_of_text(text)
        if key is None or self._refusal(key, headers) is not None:
            return None
        today = self._clock.now().astimezone(UTC).date()
        return _mandate_of(key) if key.last_used_on == today else None

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """The mandate of the key.

        Raises:
            Unauthenticated: one of its causes.
            RoleNotHeld: another role was asked for than the key's own.
        """
        text = credential_of(headers)
        if text is None:
            raise CredentialsMissing
        key = self._engine.key_of_text(text)
        refusal = KeyUnknown() if key is None else self._refusal(key, headers)
        if key is None or refusal is not None:
            error = refusal or KeyUnknown()
            self._log.refused(error, who=None if key is None else key.person)
            raise error
        self._note_used(key)
        return _mandate_of(key)

    def _refusal(
        self, key: ApiKey, headers: Mapping[str, str]
    ) -> Unauthenticated | RoleNotHeld | None:
        if key.revoked_at is not None:
            return KeyRevoked()
        if not key.is_live(self._clock.now()):
            return KeyExpired()
        if headers.get(ROLE_HEADER, key.role.value).strip() != key.role.value:
            return RoleNotHeld()
        return None

    def _note_used(self, key: ApiKey) -> None:
        """A store that cannot be written now can still be read."""
        try:
            self._engine.note_key_used(key)
        except StoreUnavailable as error:
            _LOG.warning("the use of key %s could not be noted: %s", key.id, error.code)


def _mandate_of(key: ApiKey) -> Mandate:
    actor = Actor(key.person, key.organisation, key.role, ORIGIN)
    return Mandate(actor, key.scopes, key.reach)


__all__ = ["ApiKeys"]
