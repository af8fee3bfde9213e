"""How does SQLite keep the person directory? Two tables, deleted from with secure_delete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.person_rows import (
    ERASURE_COLUMNS,
    EVENTS_AT_ONCE,
    columns_of,
    decision_of,
    erasure_of,
    mentions_one_of,
    person_of,
)
from kvob_workflow.store.persons import Scrubbed
from kvob_workflow.store.sqlite.schema import MARK, set_meta

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import PersonId
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.persons import Erasure, PersonRow
    from kvob_workflow.store.sqlite.connections import Connections

_PUT: Final = (
    "INSERT INTO person (id, fields, email_index) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
    " SET fields = excluded.fields, email_index = excluded.email_index"
)
_ROW: Final = "SELECT id, fields, email_index FROM person"
_PUT_ERASURE: Final = (
    f"INSERT OR REPLACE INTO erasure ({ERASURE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"
)
_SETTLE: Final = (
    "UPDATE erasure SET status = ?, decided_by = ?, decided_at = ?, exception = ?"
    " WHERE id = ? AND status = 'waiting'"
)
_EVENTS: Final = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
_POSITIONS: Final = "SELECT count(*), ifnull(max(rowid), 0) FROM stored_events"
_SIZE: Final = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


class Persons:
    """The part of the store that keeps persons and requests to erase them."""

    _connections: Connections
    _codec: Codec

    def put_persons(self, rows: Sequence[PersonRow]) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute("PRAGMA secure_delete=ON")
            writer.executemany(_PUT, rows)

    def person_row(self, person: PersonId) -> PersonRow | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(f"{_ROW} WHERE id = ?", (person,)).fetchone()
        return None if found is None else person_of(found)

    def person_rows(self, after: str = "", limit: int = 1000) -> list[PersonRow]:
        """See the port."""
        with self._connections.read() as reader:
            query = f"{_ROW} WHERE id > ? ORDER BY id LIMIT ?"
            return [person_of(one) for one in reader.execute(query, (after, limit)).fetchall()]

    def persons_by_email(self, index: str) -> list[PersonRow]:
        """See the port."""
        with self._connections.read() as reader:
            query = f"{_ROW} WHERE email_index = ? ORDER BY id"
            return [person_of(one) for one in reader.execute(query, (index,)).fetchall()]

    def forget_persons(self, persons: Sequence[PersonId], mark: str, number: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute("PRAGMA secure_delete=ON")
            writer.executemany("DELETE FROM person WHERE id = ?", [(one,) for one in persons])
            set_meta(writer, MARK + mark, number)

    def put_erasures(self, erasures: Sequence[Erasure]) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.executemany(_PUT_ERASURE, [columns_of(one) for one in erasures])

    def settle_erasures(self, erasures: Sequence[Erasure]) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            waiting = sum(_is_waiting(writer, one.id) for one in erasures)
            if waiting == len(erasures):
                writer.executemany(_SETTLE, [decision_of(one) for one in erasures])
        return waiting == len(erasures)

    def erasures(self, ids: Sequence[str] = ()) -> list[Erasure]:
        """See the port."""
        chosen = " WHERE id IN (SELECT value FROM json_each(?))" if ids else ""
        query = f"SELECT {ERASURE_COLUMNS} FROM erasure{chosen} ORDER BY proposed_at, id"
        with self._connections.read() as reader:
            found = reader.execute(query, (json.dumps(ids),) if ids else ()).fetchall()
        return [erasure_of(*one) for one in found]

    def mentioning(self, persons: Sequence[PersonId]) -> Iterator[Recorded]:
        """See the port."""
        wanted = {one.encode() for one in persons}
        after = 0
        while True:
            with self._connections.read() as reader:
                found = reader.execute(_EVENTS, (after, EVENTS_AT_ONCE)).fetchall()
            for _, estate, version, topic, state in found:
                if mentions_one_of(state, wanted):
                    yield self._codec.decode(EstateId(estate), version, topic, state)
            if len(found) < EVENTS_AT_ONCE:
                return
            after = found[-1][0]

    def scrub(self) -> Scrubbed:
        """See the port."""
        with self._connections.maintenance() as writer:
            count, last = writer.execute(_POSITIONS).fetchone()
            if count != last:
                # Positions are implicit row numbers; a rewrite may number them anew.
                raise StoreDamaged(self._connections.store, "positions have gaps")
            before = writer.execute(_SIZE).fetchone()[0]
            writer.execute("PRAGMA secure_delete=ON")
            writer.execute("VACUUM")
            busy = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return Scrubbed(before, writer.execute(_SIZE).fetchone()[0], not busy)


def _is_waiting(writer: sqlite3.Connection, erasure: str) -> bool:
    query = "SELECT 1 FROM erasure WHERE id = ? AND status = 'waiting'"
    return writer.execute(query, (erasure,)).fetchone() is not None
