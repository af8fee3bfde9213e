"""How are keys of machines given out, replaced, revoked and checked?"""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final

from kvob_workflow.engine.commanding import Commanding
from kvob_workflow.store.api_keys import ApiKey, KeptKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from kvob_domain.actor import Actor
    from kvob_workflow.machine_keys import IssuedKey, KeyRequest

# Compared with where no key has the id, so that the answer takes as long.
_NOBODYS: Final = bytes(32)


class Keyed(Commanding):
    """The keys of machines of an engine."""

    def add_api_key(self, request: KeyRequest, *, actor: Actor | None = None) -> IssuedKey:
        """Give out a key. Its text is in the answer and nowhere else.

        Raises:
            ApiKeyRequestInvalid, ReachUnclear: a key cannot be like this.
        """
        request.check()
        now, id = self._clock.now(), self._new_id()
        key = ApiKey(
            id=id,
            machine=id,
            label=request.label.strip(),
            role=request.role,
            organisation=request.organisation,
            scopes=request.granted(),
            reach=request.reach(),
            created_at=now,
            created_by=(actor or self._actor).person,
            expires_at=now + request.valid_for,
        )
        return self._issued(key)

    def rotate_api_key(
        self, id: str, *, overlap: timedelta | None = None, actor: Actor | None = None
    ) -> IssuedKey:
        """Give out the next key of the same machine: as wide, as long valid, the same person.

        Both are valid for `overlap` (7 days, not negative), so that the machine never stands
        still.

        Raises:
            ApiKeyNotFound, ApiKeyEnded: there is no live key to replace.
            ApiKeyRequestInvalid: a negative `overlap`.
        """
        from kvob_workflow.machine_keys import ApiKeyEnded
        from kvob_workflow.machine_keys.granting import overlap_of

        now, old = self._clock.now(), self.show_api_key(id)
        if not old.is_live(now):
            raise ApiKeyEnded(id)
        new = replace(
            old,
            id=self._new_id(),
            created_at=now,
            created_by=(actor or self._actor).person,
            expires_at=now + (old.expires_at - old.created_at),
            last_used_on=None,
        )
        ends = min(old.expires_at, now + overlap_of(overlap))
        return self._issued(new, ending=replace(old, expires_at=ends))

    def revoke_api_key(self, id: str, *, actor: Actor | None = None) -> ApiKey:
        """End a key at once, on every node.

        Raises:
            ApiKeyNotFound, ApiKeyEnded: there is none, or it was revoked before.
        """
        from kvob_workflow.machine_keys import ApiKeyEnded

        self.show_api_key(id)
        if not self._store.revoke_api_key(id, self._clock.now(), (actor or self._actor).person):
            raise ApiKeyEnded(id)
        return self.show_api_key(id)

    def show_api_key(self, id: str) -> ApiKey:
        """One key.

        Raises:
            ApiKeyNotFound: there is none.
        """
        from kvob_workflow.machine_keys import ApiKeyNotFound

        kept = self._store.api_key(id)
        if kept is None:
            raise ApiKeyNotFound(id[:37])  # somebody may have sent the key itself
        return kept.key

    def api_keys(self) -> Sequence[ApiKey]:
        """Every key, the oldest first; the ended ones too."""
        return self._store.api_keys()

    def key_of_text(self, text: str) -> ApiKey | None:
        """The key with this text, ended or not; None when nobody was given it."""
        from kvob_workflow.machine_keys import digest_of, parts_of

        parts = parts_of(text)
        if parts is None:
            return None
        kept = self._store.api_key(parts.id)
        digest = _NOBODYS if kept is None else kept.digest
        is_right = hmac.compare_digest(digest, digest_of(parts.secret))
        return kept.key if kept is not None and is_right else None

    def note_key_used(self, key: ApiKey) -> None:
        """Note the day on which a key is used; written once a day."""
        day = self._clock.now().astimezone(UTC).date()
        if key.last_used_on is None or key.last_used_on < day:
            self._store.use_api_key(key.id, day)

    def _issued(self, key: ApiKey, *, ending: ApiKey | None = None) -> IssuedKey:
        from kvob_workflow.machine_keys import ApiKeyEnded, IssuedKey, digest_of, key_text, parts_of

        text = key_text(key.id)
        parts = parts_of(text)
        if parts is None:  # an id of the host's own that is no 32 hexadecimal digits
            raise ValueError("new_id must give 32 hexadecimal digits")
        if not self._store.add_api_key(KeptKey(key, digest_of(parts.secret)), ending=ending):
            raise ApiKeyEnded(key.id if ending is None else ending.id)
        return IssuedKey(key, text)
