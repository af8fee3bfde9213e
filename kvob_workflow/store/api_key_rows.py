"""What stands in a row of a key of a machine? The same columns and the same SQL everywhere.

Instants are whole microseconds since 1970, UTC; days are ISO texts; scopes and bonds are JSON.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any, Final

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Bond, BondKind, Reach, Scope
from kvob_workflow.store.api_keys import ApiKey, KeptKey
from kvob_workflow.store.delivery_rows import instant_of, number_of

API_KEY_COLUMNS: Final = (
    "id, digest, machine, label, role, organisation, scopes, reach, created_at, created_by,"
    " expires_at, revoked_at, revoked_by, last_used_on"
)
ADD: Final = f"INSERT INTO api_key ({API_KEY_COLUMNS}) VALUES ({', '.join(['?'] * 14)})"
ONE: Final = f"SELECT {API_KEY_COLUMNS} FROM api_key WHERE id = ?"
ALL: Final = f"SELECT {API_KEY_COLUMNS} FROM api_key ORDER BY created_at, id"
END: Final = "UPDATE api_key SET expires_at = ? WHERE id = ? AND revoked_at IS NULL"
REVOKE: Final = (
    "UPDATE api_key SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL"
)
USE: Final = (
    "UPDATE api_key SET last_used_on = ? WHERE id = ?"
    " AND (last_used_on IS NULL OR last_used_on < ?)"
)


def row_of(kept: KeptKey) -> list[Any]:
    """The values, in the order of the columns."""
    key, digest = kept
    reach = {
        "everywhere": key.reach.everywhere,
        "bonds": sorted([bond.kind.value, bond.name] for bond in key.reach.bonds),
        "estates": sorted(key.reach.estates),
    }
    return [
        key.id,
        digest,
        key.machine,
        key.label,
        key.role.value,
        key.organisation,
        json.dumps(sorted(key.scopes)),
        json.dumps(reach),
        number_of(key.created_at),
        key.created_by,
        number_of(key.expires_at),
        None if key.revoked_at is None else number_of(key.revoked_at),
        key.revoked_by,
        None if key.last_used_on is None else key.last_used_on.isoformat(),
    ]


@lru_cache(maxsize=1_000)
def kept_of(row: tuple[Any, ...]) -> KeptKey:
    """The key in a row. A scope that this release does not know gives nothing.

    Rows that are the same are read once: a key is asked for with every request of its machine.
    """
    id, digest, machine, label, role, organisation, scopes, reach = row[:8]
    created_at, created_by, expires_at, revoked_at, revoked_by, used = row[8:]
    key = ApiKey(
        id,
        machine,
        label,
        Role(role),
        organisation,
        frozenset(Scope(one) for one in json.loads(scopes) if one in _KNOWN),
        _reach(reach),
        instant_of(created_at),
        PersonId(created_by),
        instant_of(expires_at),
        None if revoked_at is None else instant_of(revoked_at),
        None if revoked_by is None else PersonId(revoked_by),
        None if used is None else date.fromisoformat(used),
    )
    return KeptKey(key, bytes(digest))


_KNOWN: Final = frozenset(one.value for one in Scope)


def _reach(text: str) -> Reach:
    told = json.loads(text)
    return Reach(
        everywhere=told["everywhere"] is True,
        bonds=frozenset(Bond(BondKind(kind), name) for kind, name in told["bonds"]),
        estates=frozenset(EstateId(one) for one in told["estates"]),
    )
