"""How does SQLite keep the person directory? Two tables, deleted from with secure_delete."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId, PersonId
from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.persons import Erasure, ErasureStatus, PersonRow, Scrubbed
from kvob_workflow.store.sqlite.schema import MARK, set_meta

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.sqlite.connections import Connections

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_AT_ONCE: Final = 2000
_PUT: Final = (
    "INSERT INTO person (id, fields, email_index) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
    " SET fields = excluded.fields, email_index = excluded.email_index"
)
_ROW: Final = "SELECT id, fields, email_index FROM person"
_ERASURE: Final = (
    "id, person, basis, proposer, proposed_at, status, decided_by, decided_at, exception"
)
_PUT_ERASURE: Final = f"INSERT OR REPLACE INTO erasure ({_ERASURE}) VALUES (?,?,?,?,?,?,?,?,?)"
_SETTLE: Final = (
    "UPDATE erasure SET status = ?, decided_by = ?, decided_at = ?, exception = ?"
    " WHERE id = ? AND status = 'waiting'"
)
_EVENTS: Final = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
# An id that stands in an event stands there as a whole JSON text.
_TEXTS: Final = re.compile(rb'"([a-z0-9][a-z0-9._:-]{0,63})"')
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
        return None if found is None else _person(found)

    def person_rows(self, after: str = "", limit: int = 1000) -> list[PersonRow]:
        """See the port."""
        with self._connections.read() as reader:
            query = f"{_ROW} WHERE id > ? ORDER BY id LIMIT ?"
            return [_person(one) for one in reader.execute(query, (after, limit)).fetchall()]

    def persons_by_email(self, index: str) -> list[PersonRow]:
        """See the port."""
        with self._connections.read() as reader:
            query = f"{_ROW} WHERE email_index = ? ORDER BY id"
            return [_person(one) for one in reader.execute(query, (index,)).fetchall()]

    def forget_persons(self, persons: Sequence[PersonId], mark: str, number: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute("PRAGMA secure_delete=ON")
            writer.executemany("DELETE FROM person WHERE id = ?", [(one,) for one in persons])
            set_meta(writer, MARK + mark, number)

    def put_erasures(self, erasures: Sequence[Erasure]) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.executemany(_PUT_ERASURE, [_columns(one) for one in erasures])

    def settle_erasures(self, erasures: Sequence[Erasure]) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            waiting = sum(_is_waiting(writer, one.id) for one in erasures)
            if waiting == len(erasures):
                writer.executemany(_SETTLE, [_decision(one) for one in erasures])
        return waiting == len(erasures)

    def erasures(self, ids: Sequence[str] = ()) -> list[Erasure]:
        """See the port."""
        chosen = " WHERE id IN (SELECT value FROM json_each(?))" if ids else ""
        query = f"SELECT {_ERASURE} FROM erasure{chosen} ORDER BY proposed_at, id"
        with self._connections.read() as reader:
            found = reader.execute(query, (json.dumps(ids),) if ids else ()).fetchall()
        return [_erasure(*one) for one in found]

    def mentioning(self, persons: Sequence[PersonId]) -> Iterator[Recorded]:
        """See the port."""
        wanted = {one.encode() for one in persons}
        after = 0
        while True:
            with self._connections.read() as reader:
                found = reader.execute(_EVENTS, (after, _AT_ONCE)).fetchall()
            for _, estate, version, topic, state in found:
                if not wanted.isdisjoint(_TEXTS.findall(state)):
                    yield self._codec.decode(EstateId(estate), version, topic, state)
            if len(found) < _AT_ONCE:
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


def _person(row: tuple[str, str, str | None]) -> PersonRow:
    return PersonRow(PersonId(row[0]), row[1], row[2])


def _is_waiting(writer: sqlite3.Connection, erasure: str) -> bool:
    query = "SELECT 1 FROM erasure WHERE id = ? AND status = 'waiting'"
    return writer.execute(query, (erasure,)).fetchone() is not None


def _columns(one: Erasure) -> tuple[str | int | None, ...]:
    start = (one.id, one.person, one.basis, one.proposer, _micros(one.proposed_at))
    return (*start, one.status.value, one.decided_by, _micros(one.decided_at), one.exception)


def _decision(one: Erasure) -> tuple[str | int | None, ...]:
    return (one.status.value, one.decided_by, _micros(one.decided_at), one.exception, one.id)


def _erasure(
    id: str,
    person: str,
    basis: str,
    proposer: str,
    proposed_at: int,
    status: str,
    decided_by: str | None,
    decided_at: int | None,
    exception: str | None,
) -> Erasure:
    return Erasure(
        id,
        PersonId(person),
        basis,
        PersonId(proposer),
        _EPOCH + proposed_at * _MICROSECOND,
        ErasureStatus(status),
        None if decided_by is None else PersonId(decided_by),
        None if decided_at is None else _EPOCH + decided_at * _MICROSECOND,
        exception,
    )


def _micros(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICROSECOND
