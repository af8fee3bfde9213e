"""How do people and machines come in by one door? The shape of the credential says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, scopes_of
from kvob_workflow.http.auth.claims import ORIGIN
from kvob_workflow.http.auth.credentials import credential_of
from kvob_workflow.http.auth.errors import (
    CredentialsMalformed,
    CredentialsMissing,
    KeyUnknown,
)
from kvob_workflow.http.auth.security_log import SecurityLog
from kvob_workflow.http.auth.token_errors import TokenMalformed
from kvob_workflow.machine_keys.texts import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_workflow.http.auth import Authenticator

ANYBODY: Final = Mandate(
    Actor(PersonId("public"), None, Role.PUBLIC, ORIGIN), scopes_of(Role.PUBLIC), EVERYWHERE
)
"""Who comes without credentials where the register is public: he may read that, and no more."""


class Together:
    """An authenticator of several. Thread-safe when they are."""

    def __init__(
        self,
        tokens: Authenticator | None = None,
        keys: Authenticator | None = None,
        *,
        public_register: bool = False,
        log: SecurityLog | None = None,
    ) -> None:
        """Ask `keys` about what looks like a key of a machine, `tokens` about the rest.

        With `public_register` who brings no credentials is let in to the register alone.
        """
        self._tokens = tokens
        self._keys = keys
        self._anybody = ANYBODY if public_register else None
        self._log = log or SecurityLog()

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """What the one whose credential it is has at hand."""
        try:
            credential = credential_of(headers)
        except CredentialsMalformed:
            return None
        if credential is None:
            return self._anybody
        asked = self._keys if credential.startswith(PREFIX) else self._tokens
        return None if asked is None else asked.at_hand(headers)

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """The mandate of whoever it is.

        Raises:
            Unauthenticated: one of its causes.
            Forbidden: who asks is known, and has no role here.
        """
        try:
            credential = credential_of(headers)
        except CredentialsMalformed as error:
            self._log.refused(error)
            raise
        if credential is None:
            if self._anybody is not None:
                return self._anybody
            raise CredentialsMissing
        is_key = credential.startswith(PREFIX)
        asked = self._keys if is_key else self._tokens
        if asked is None:
            raise KeyUnknown if is_key else TokenMalformed
        return asked.mandate(headers)
