"""Who gives out keys to machines? Whoever manages keys, and never a right that he has not himself.

Looking up whose a key is comes before any mandate, and stays with the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from kvob_workflow.machine_keys import IssuedKey, KeyRequest
    from kvob_workflow.store.api_keys import ApiKey


class KeyGiving(Under):
    """What somebody does with the keys of machines; without keys:manage `ScopeMissing`."""

    def add_api_key(self, request: KeyRequest) -> IssuedKey:
        """Give out a key; as `Engine.add_api_key`.

        Raises:
            GrantTooWide: it would have a right or reach that the mandate has not.
        """
        from kvob_workflow.machine_keys.granting import check_grant

        with self._under(Scope.KEYS_MANAGE) as engine:
            check_grant(request.granted(), request.reach(), self.mandate)
            return engine.add_api_key(request, actor=self.mandate.actor)

    def rotate_api_key(self, id: str, *, overlap: timedelta | None = None) -> IssuedKey:
        """Give out the next key of the same machine; as `Engine.rotate_api_key`.

        Raises:
            GrantTooWide: it has a right or reach that the mandate has not.
        """
        from kvob_workflow.machine_keys.granting import check_grant

        with self._under(Scope.KEYS_MANAGE) as engine:
            key = engine.show_api_key(id)
            check_grant(key.scopes, key.reach, self.mandate)
            return engine.rotate_api_key(id, overlap=overlap, actor=self.mandate.actor)

    def revoke_api_key(self, id: str) -> ApiKey:
        """End a key at once, however wide it is; as `Engine.revoke_api_key`."""
        with self._under(Scope.KEYS_MANAGE) as engine:
            return engine.revoke_api_key(id, actor=self.mandate.actor)

    def show_api_key(self, id: str) -> ApiKey:
        """One key; as `Engine.show_api_key`."""
        with self._under(Scope.KEYS_MANAGE) as engine:
            return engine.show_api_key(id)

    def api_keys(self) -> Sequence[ApiKey]:
        """Every key; as `Engine.api_keys`."""
        with self._under(Scope.KEYS_MANAGE) as engine:
            return engine.api_keys()
