"""How does PostgreSQL keep the person directory? Two tables, whose old rows stay for a while.

A deleted row stays in its page until VACUUM, in the write-ahead log until that is recycled, and in
every archive of it. All of it is sealed: erasing is destroying the key, which is kept elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from psycopg import sql

from kvob_domain.ids import EstateId
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
from kvob_workflow.store.postgres.schema import MARK, set_meta
from kvob_workflow.store.postgres.texts import findable, sendable
from kvob_workflow.store.server_faults import StoreOwnerNeeded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import PersonId
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.persons import Erasure, PersonRow
    from kvob_workflow.store.postgres.connections import Connection, Connections

_PUT: Final = (
    "INSERT INTO person (id, fields, email_index) VALUES (%s, %s, %s) ON CONFLICT (id) DO UPDATE"
    " SET fields = excluded.fields, email_index = excluded.email_index"
)
_ROW: Final = "SELECT id, fields, email_index FROM person WHERE id = %s"
_ROWS: Final = "SELECT id, fields, email_index FROM person WHERE id > %s ORDER BY id LIMIT %s"
_BY_EMAIL: Final = "SELECT id, fields, email_index FROM person WHERE email_index = %s ORDER BY id"
_FORGET: Final = "DELETE FROM person WHERE id = ANY (%s)"
_PUT_ERASURE: Final = (
    f"INSERT INTO erasure ({ERASURE_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (id) DO UPDATE SET person = excluded.person, basis = excluded.basis,"
    " proposer = excluded.proposer, proposed_at = excluded.proposed_at,"
    " status = excluded.status, decided_by = excluded.decided_by,"
    " decided_at = excluded.decided_at, exception = excluded.exception"
)
_HOLD: Final = "SELECT id FROM erasure WHERE id = ANY (%s) AND status = 'waiting' FOR UPDATE"
_SETTLE: Final = (
    "UPDATE erasure SET status = %s, decided_by = %s, decided_at = %s, exception = %s"
    " WHERE id = %s AND status = 'waiting'"
)
_ERASURES: Final = f"SELECT {ERASURE_COLUMNS} FROM erasure ORDER BY proposed_at, id"
_ASKED: Final = (
    f"SELECT {ERASURE_COLUMNS} FROM erasure WHERE id = ANY (%s) ORDER BY proposed_at, id"
)
_EVENTS: Final = (
    "SELECT notification_id, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
_OURS: Final = (
    "SELECT relname, pg_has_role(relowner, 'USAGE') FROM pg_class"
    " WHERE relnamespace = to_regnamespace(quote_ident(%s)) AND relkind = 'r' ORDER BY relname"
)
_SIZE: Final = (
    "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class"
    " WHERE relnamespace = to_regnamespace(quote_ident(%s)) AND relkind = 'r'"
)
# Written anew, so that nothing is left between the rows. The other tables name nobody.
_REWRITTEN: Final = frozenset({"delivery", "erasure", "person"})


class Persons:
    """The part of the store that keeps persons and requests to erase them."""

    _connections: Connections
    _codec: Codec

    def put_persons(self, rows: Sequence[PersonRow]) -> None:
        """See the port."""
        with self._connections.write() as writer, writer.cursor() as cursor:
            # By id, so that two nodes that write the same persons never wait for each other.
            cursor.executemany(_PUT, [sendable(list(row)) for row in sorted(rows)])

    def person_row(self, person: PersonId) -> PersonRow | None:
        """See the port."""
        found = self._every(_ROW, person)
        return person_of(found[0]) if found else None

    def person_rows(self, after: str = "", limit: int = 1000) -> list[PersonRow]:
        """See the port."""
        return [person_of(one) for one in self._every(_ROWS, after, limit)]

    def persons_by_email(self, index: str) -> list[PersonRow]:
        """See the port."""
        return [person_of(one) for one in self._every(_BY_EMAIL, index)]

    def forget_persons(self, persons: Sequence[PersonId], mark: str, number: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute(_FORGET, (sendable(sorted(persons)),))
            set_meta(writer, MARK + mark, number)

    def put_erasures(self, erasures: Sequence[Erasure]) -> None:
        """See the port."""
        rows = sorted((columns_of(one) for one in erasures), key=lambda row: str(row[0]))
        with self._connections.write() as writer, writer.cursor() as cursor:
            cursor.executemany(_PUT_ERASURE, [sendable(list(row)) for row in rows])

    def settle_erasures(self, erasures: Sequence[Erasure]) -> bool:
        """See the port."""
        ids = sorted({one.id for one in erasures})
        with self._connections.write() as writer:
            held = writer.execute(_HOLD, (sendable(ids),)).fetchall()
            if len(held) != len(erasures):
                return False
            for one in erasures:
                writer.execute(_SETTLE, sendable(list(decision_of(one))))
        return True

    def erasures(self, ids: Sequence[str] = ()) -> list[Erasure]:
        """See the port."""
        found = self._every(_ASKED, findable(ids)) if ids else self._every(_ERASURES)
        return [erasure_of(*one) for one in found]

    def mentioning(self, persons: Sequence[PersonId]) -> Iterator[Recorded]:
        """See the port."""
        wanted = {one.encode() for one in persons}
        after = 0
        while True:
            found = self._every(_EVENTS, after, EVENTS_AT_ONCE)
            for _, estate, version, topic, state in found:
                if mentions_one_of(state, wanted):
                    yield self._codec.decode(EstateId(estate), version, topic, state)
            if len(found) < EVENTS_AT_ONCE:
                return
            after = found[-1][0]

    def scrub(self) -> Scrubbed:
        """See the port.

        Tables that may hold something of a person are written anew, the others are rid of old
        rows. The server's log and its archives are out of reach.

        Raises:
            StoreOwnerNeeded: this user does not own every table; nothing was done.
            StoreBusy: somebody else holds one of the tables.
        """
        connections = self._connections
        with connections.maintenance() as keeper:
            tables = keeper.execute(_OURS, (connections.schema,)).fetchall()
            others = [name for name, owned in tables if not owned]
            if others:
                raise StoreOwnerNeeded(connections.store, others[0])
            before = self._size(keeper)
            for name, _ in tables:
                how = sql.SQL("VACUUM (FULL) {}" if name in _REWRITTEN else "VACUUM {}")
                keeper.execute(how.format(sql.Identifier(name)))
            return Scrubbed(before, self._size(keeper), None)

    def _size(self, keeper: Connection) -> int:
        found = keeper.execute(_SIZE, (self._connections.schema,)).fetchone()
        return 0 if found is None else int(found[0])

    def _every(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        asked = query.encode()
        sent = sendable(list(values))
        return self._connections.reading(lambda one: one.execute(asked, sent).fetchall())


__all__ = ["Persons"]
