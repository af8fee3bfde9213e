"""How does SQLite keep the keys of machines? One table; read by its key for each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store import api_key_rows as rows
from kvob_workflow.store.api_key_rows import kept_of, row_of
from kvob_workflow.store.delivery_rows import number_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from kvob_domain.ids import PersonId
    from kvob_workflow.store.api_keys import ApiKey, KeptKey
    from kvob_workflow.store.sqlite.connections import Connections


class ApiKeys:
    """The part of the store that keeps keys of machines."""

    _connections: Connections

    def add_api_key(self, kept: KeptKey, *, ending: ApiKey | None = None) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if ending is not None:
                ended = writer.execute(rows.END, (number_of(ending.expires_at), ending.id))
                if ended.rowcount == 0:
                    return False
            writer.execute(rows.ADD, row_of(kept))
        return True

    def api_key(self, id: str) -> KeptKey | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(rows.ONE, (id,)).fetchone()
        return None if found is None else kept_of(found)

    def api_keys(self) -> list[ApiKey]:
        """See the port."""
        with self._connections.read() as reader:
            return [kept_of(one).key for one in reader.execute(rows.ALL).fetchall()]

    def revoke_api_key(self, id: str, at: datetime, by: PersonId) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            return writer.execute(rows.REVOKE, (number_of(at), by, id)).rowcount == 1

    def use_api_key(self, id: str, day: date) -> None:
        """See the port."""
        used = day.isoformat()
        with self._connections.write() as writer:
            writer.execute(rows.USE, (used, id, used))
