"""What is kept of the keys of machines? What they may do, and a hash; never the key itself.

A part of the port, see `kvob_workflow.store.port`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from kvob_domain.actor import Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import Reach, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

OF_MACHINES: Final = "key:"
"""What the ids begin with under which machines act."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of a machine. Instants are aware, in UTC; it is valid before `expires_at`.

    `machine` is the id of the first key of the same machine: a key that replaces another acts as
    the same one. `last_used_on` is a day in UTC and no more: it is written once a day.
    """

    id: str
    machine: str
    label: str
    role: Role
    organisation: str | None
    scopes: frozenset[Scope]
    reach: Reach
    created_at: datetime
    created_by: PersonId
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_by: PersonId | None = None
    last_used_on: date | None = None

    @property
    def person(self) -> PersonId:
        """As whom it acts; no login service can give out such an id."""
        return PersonId(f"{OF_MACHINES}{self.machine}")

    def is_live(self, now: datetime) -> bool:
        """Whether it may be used."""
        return self.revoked_at is None and now < self.expires_at


class KeptKey(NamedTuple):
    """A key, and the SHA-256 of its secret."""

    key: ApiKey
    digest: bytes


class ApiKeyKeeping(Protocol):
    """Keeps the keys of machines."""

    def add_api_key(self, kept: KeptKey, *, ending: ApiKey | None = None) -> bool:
        """Writes a new key; and with it the new end of the one that it replaces.

        False, and nothing written, when that one was revoked meanwhile.
        """
        ...

    def api_key(self, id: str) -> KeptKey | None:
        """The key with this id; None when there is none."""
        ...

    def api_keys(self) -> Sequence[ApiKey]:
        """Every key, the oldest first."""
        ...

    def revoke_api_key(self, id: str, at: datetime, by: PersonId) -> bool:
        """Ends a key; False when it is not there, or was revoked before."""
        ...

    def use_api_key(self, id: str, day: date) -> None:
        """Notes that a key was used on a day; never puts the day back."""
        ...
