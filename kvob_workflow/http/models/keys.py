"""What is told of the keys of machines? What they may do; the key itself once, when it is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, ConfigDict, Field

from kvob_domain.actor import Role
from kvob_domain.ids import EstateIdField
from kvob_domain.mandates import Scope
from kvob_workflow.http.answers import Model
from kvob_workflow.machine_keys import KeyRequest

if TYPE_CHECKING:
    from kvob_workflow.machine_keys import IssuedKey
    from kvob_workflow.store.api_keys import ApiKey

_Name = Annotated[str, Field(min_length=1, max_length=200)]
_DAYS = 365


class NewKey(Model):
    """What a key should be. `label` is what people call the machine, never a person's name.

    Without `scopes` it gets those of the role that a machine can have; which estates it reaches
    follows from the role, as for people.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=1, max_length=100)]
    role: Role
    organisation: _Name | None = None
    municipalities: Annotated[tuple[_Name, ...], Field(max_length=500)] = ()
    estates: Annotated[tuple[EstateIdField, ...], Field(max_length=500)] = ()
    everywhere: bool = False
    scopes: Annotated[tuple[Scope, ...], Field(max_length=50)] | None = None
    days: Annotated[int, Field(ge=1, le=730)] = _DAYS

    def request(self) -> KeyRequest:
        """What the engine is asked for."""
        return KeyRequest(
            self.label,
            self.role,
            self.organisation,
            self.municipalities,
            self.estates,
            self.everywhere,
            None if self.scopes is None else tuple(one.value for one in self.scopes),
            timedelta(days=self.days),
        )


class Rotation(Model):
    """For how many days the old key goes on beside its successor; 0 ends it at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    overlap_days: Annotated[int, Field(ge=0, le=730)] = 7


class KeyLine(Model):
    """A key of a machine, without what opens the door.

    `machine` is the id of the first key of the same machine. `bonds` are what ties it to estates.
    """

    id: str
    machine: str
    label: str
    role: Role
    organisation: str | None
    scopes: tuple[Scope, ...]
    everywhere: bool
    bonds: tuple[str, ...]
    estates: tuple[str, ...]
    created_at: AwareDatetime
    created_by: str
    expires_at: AwareDatetime
    revoked_at: AwareDatetime | None
    revoked_by: str | None
    last_used_on: date | None


class IssuedKeyModel(Model):
    """A new key. `text` is what the machine sends; it is nowhere else, and never shown again."""

    key: KeyLine
    text: str


def key_line(key: ApiKey) -> KeyLine:
    """A key as an answer."""
    return KeyLine(
        id=key.id,
        machine=key.machine,
        label=key.label,
        role=key.role,
        organisation=key.organisation,
        scopes=tuple(sorted(key.scopes)),
        everywhere=key.reach.everywhere,
        bonds=tuple(sorted(bond.text for bond in key.reach.bonds)),
        estates=tuple(sorted(key.reach.estates)),
        created_at=key.created_at,
        created_by=key.created_by,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        revoked_by=key.revoked_by,
        last_used_on=key.last_used_on,
    )


def issued_key(issued: IssuedKey) -> IssuedKeyModel:
    """A new key as an answer."""
    return IssuedKeyModel(key=key_line(issued.key), text=issued.text)
