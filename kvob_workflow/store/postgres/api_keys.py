"""How does PostgreSQL keep the keys of machines? As a file does, in the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.store.api_key_rows import API_KEY_COLUMNS, kept_of, row_of
from kvob_workflow.store.delivery_rows import number_of
from kvob_workflow.store.postgres.texts import sendable

if TYPE_CHECKING:
    from datetime import date, datetime

    from kvob_domain.ids import PersonId
    from kvob_workflow.store.api_keys import ApiKey, KeptKey
    from kvob_workflow.store.postgres.connections import Connections

_ADD: Final = f"INSERT INTO api_key ({API_KEY_COLUMNS}) VALUES ({', '.join(['%s'] * 14)})"
_ONE: Final = f"SELECT {API_KEY_COLUMNS} FROM api_key WHERE id = %s"
_ALL: Final = f"SELECT {API_KEY_COLUMNS} FROM api_key ORDER BY created_at, id"
_END: Final = "UPDATE api_key SET expires_at = %s WHERE id = %s AND revoked_at IS NULL"
_REVOKE: Final = (
    "UPDATE api_key SET revoked_at = %s, revoked_by = %s WHERE id = %s AND revoked_at IS NULL"
)
_USE: Final = (
    "UPDATE api_key SET last_used_on = %s WHERE id = %s"
    " AND (last_used_on IS NULL OR last_used_on < %s)"
)


class ApiKeys:
    """The part of the store that keeps keys of machines."""

    _connections: Connections

    def add_api_key(self, kept: KeptKey, *, ending: ApiKey | None = None) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if ending is not None:
                ended = writer.execute(_END, (number_of(ending.expires_at), ending.id))
                if ended.rowcount == 0:
                    return False
            writer.execute(_ADD.encode(), sendable(row_of(kept)))
        return True

    def api_key(self, id: str) -> KeptKey | None:
        """See the port."""
        asked = sendable(id)
        found = self._connections.reading(
            lambda one: one.execute(_ONE.encode(), (asked,)).fetchone()
        )
        return None if found is None else kept_of(found)

    def api_keys(self) -> list[ApiKey]:
        """See the port."""
        found = self._connections.reading(lambda one: one.execute(_ALL.encode()).fetchall())
        return [kept_of(one).key for one in found]

    def revoke_api_key(self, id: str, at: datetime, by: PersonId) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            return writer.execute(_REVOKE, sendable([number_of(at), by, id])).rowcount == 1

    def use_api_key(self, id: str, day: date) -> None:
        """See the port."""
        used = day.isoformat()
        with self._connections.write() as writer:
            writer.execute(_USE, (used, sendable(id), used))
