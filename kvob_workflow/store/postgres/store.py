"""How does PostgreSQL keep what the port promises? One class, over two pools of connections.

Read next: `writing` (the transaction of an append), `rows` (views), `locks` (who waits for whom),
`schema` (tables), `connections` (who talks to the server).
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from psycopg.errors import UniqueViolation

from kvob_domain.ids import CommandId, EstateId
from kvob_workflow import telemetry
from kvob_workflow.store.mapper import RecordedMapper
from kvob_workflow.store.port import Behind, CommandRecord, NameClaim, any_written
from kvob_workflow.store.postgres import doctor, reading, viewtables
from kvob_workflow.store.postgres.api_keys import ApiKeys
from kvob_workflow.store.postgres.append_function import append_at_once
from kvob_workflow.store.postgres.deliveries import Deliveries
from kvob_workflow.store.postgres.library import Datastore, LibraryApplication
from kvob_workflow.store.postgres.listening import LOOK_EVERY, Listener
from kvob_workflow.store.postgres.locks import lock_estates, lock_events
from kvob_workflow.store.postgres.log import ProofTables
from kvob_workflow.store.postgres.periods import Periods
from kvob_workflow.store.postgres.persons import Persons
from kvob_workflow.store.postgres.rebuilding import Rebuilding
from kvob_workflow.store.postgres.rows import RowWriter, mark_behind
from kvob_workflow.store.postgres.schema import (
    MARK,
    may_prepare,
    meta,
    prepare_alone,
    prepare_tables,
    rows_remade,
    set_meta,
)
from kvob_workflow.store.postgres.texts import sendable
from kvob_workflow.store.postgres.webhooks import Webhooks
from kvob_workflow.store.postgres.writing import (
    LARGE_BATCH,
    append_plainly,
    check_rows,
    conflict_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import Value, View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.port import Append, Diagnosis, Receipt, RowChange
    from kvob_workflow.store.postgres.connections import Connections
    from kvob_workflow.store.postgres.reading import StoredRow
    from kvob_workflow.store.postgres.writing import Stored

_ESTATES_AT_ONCE = 1000

_STREAM = (
    "SELECT originator_version, topic, state FROM stored_events"
    " WHERE originator_id = %s ORDER BY originator_version"
)
_STREAMS = (
    "SELECT originator_id, originator_version, topic, state FROM stored_events"
    " WHERE originator_id = ANY (%s) ORDER BY originator_id, originator_version"
)
# One step through the index for each estate: DISTINCT would read every event.
_ESTATES = (
    "WITH RECURSIVE found (estate) AS ("
    " (SELECT originator_id FROM stored_events WHERE originator_id > %s"
    " ORDER BY originator_id LIMIT 1) UNION ALL"
    " SELECT (SELECT originator_id FROM stored_events WHERE originator_id > found.estate"
    " ORDER BY originator_id LIMIT 1) FROM found WHERE found.estate IS NOT NULL)"
    " SELECT estate FROM found WHERE estate IS NOT NULL LIMIT %s"
)
_PAGE = (
    "SELECT notification_id, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
_LAST = "SELECT max(notification_id) FROM stored_events"
_COMMAND = "SELECT id, body_hash, result FROM kvob_command WHERE id = %s"
_CLAIMED = (
    "SELECT estate FROM estate_name"
    " WHERE municipality = %s AND name = %s AND until_position IS NULL"
)
_BEARERS = (
    "SELECT municipality, estate FROM estate_name WHERE name = %s AND until_position IS NULL"
    " ORDER BY municipality"
)
_CLAIMED_MANY = (
    "SELECT municipality, name, estate FROM estate_name JOIN unnest(%s::text[], %s::text[])"
    " AS asked (municipality, name) USING (municipality, name) WHERE until_position IS NULL"
)
# Marks of tables beside the live ones are the business of their rebuild.
_BEHIND = (
    "SELECT view, estate, error, at_version FROM behind"
    " WHERE right(view, 5) NOT IN ('__new', '__old')"
    " ORDER BY view, estate"
)


class PostgresStore(Deliveries, ProofTables, Persons, Periods, Rebuilding, Webhooks, ApiKeys):
    """An `EventStore` over PostgreSQL; the seven it inherits keep what is beside the events."""

    takes_turns: bool = False

    def __init__(self, connections: Connections, codec: Codec, *, prepare: bool = True) -> None:
        """Creates the schema and the tables when missing; without `prepare` they stay as they are.

        Raises:
            StoreUnavailable: one of its causes; the connections are closed again.
        """
        self._connections = connections
        self._address = connections.address
        self._codec = codec
        self._mapper = RecordedMapper(codec)
        self._view_rows = RowWriter()
        self.listener = Listener(connections)
        try:
            prepare_tables(connections, change=prepare)
        except BaseException:
            connections.close()
            raise

    def append(self, batch: Append) -> Receipt:
        """See the port."""
        receipt = self._append(batch)
        telemetry.appended(len(batch.events))
        return receipt

    def _append(self, batch: Append) -> Receipt:
        encode = self._codec.encode
        stored: Iterable[Stored] = ((one.estate, one.version, *encode(one)) for one in batch.events)
        if len(batch.events) < LARGE_BATCH:
            stored = list(stored)  # a large one is encoded while the server takes it in
            with self._connections.writer() as writer:
                receipt = append_at_once(writer, batch, stored)
            if receipt is not None:
                return receipt
        try:
            with self._connections.write() as writer:
                return append_plainly(writer, batch, stored, self._view_rows)
        except UniqueViolation:
            conflict = self._connections.reading(partial(conflict_of, events=batch.events))
            if conflict is None:
                raise
            raise conflict from None

    def stream(self, estate: EstateId) -> list[Recorded]:
        """See the port."""
        decode = self._codec.decode
        found = self._asked(_STREAM, estate)
        return [decode(estate, version, topic, state) for version, topic, state in found]

    def streams(self, estates: Sequence[EstateId]) -> dict[EstateId, list[Recorded]]:
        """See the port."""
        decode = self._codec.decode
        streams: dict[EstateId, list[Recorded]] = {}
        for estate, version, topic, state in self._asked(_STREAMS, list(estates)):
            streams.setdefault(estate, []).append(decode(estate, version, topic, state))
        return streams

    def estates(self) -> Iterator[EstateId]:
        """See the port."""
        after = ""
        while True:
            found = self._asked(_ESTATES, after, _ESTATES_AT_ONCE)
            for (estate,) in found:
                yield EstateId(estate)
            if len(found) < _ESTATES_AT_ONCE:
                return
            after = found[-1][0]

    def page(self, after: int, limit: int) -> list[tuple[int, Recorded]]:
        """See the port."""
        decode = self._codec.decode
        return [
            (position, decode(estate, version, topic, state))
            for position, estate, version, topic, state in self._asked(_PAGE, after, limit)
        ]

    def last_position(self) -> int:
        """See the port."""
        return self._asked(_LAST)[0][0] or 0

    def wait_for_events(self, after: int, timeout: float) -> bool:
        """See the port; a message wakes it, and it looks by itself every 2 seconds."""
        ends = time.monotonic() + timeout
        heard = self.listener.heard
        while self.last_position() <= after:
            left = ends - time.monotonic()
            if left <= 0:
                return False
            heard = self.listener.wait(heard, min(left, LOOK_EVERY))
        return True

    def command(self, id: CommandId) -> CommandRecord | None:
        """See the port."""
        for kept, body_hash, result in self._asked(_COMMAND, id):
            return CommandRecord(CommandId(kept), body_hash, result)
        return None

    def claimed(self, municipality: str, name: str) -> EstateId | None:
        """See the port."""
        found = self._asked(_CLAIMED, municipality, name)
        return EstateId(found[0][0]) if found else None

    def bearers(self, name: str) -> list[NameClaim]:
        """See the port."""
        found = self._asked(_BEARERS, name)
        return [NameClaim(municipality, name, EstateId(estate)) for municipality, estate in found]

    def claimed_many(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], EstateId]:
        """See the port."""
        asked = {(sendable(place), sendable(name)): (place, name) for place, name in pairs}
        municipalities, names = [pair[0] for pair in asked], [pair[1] for pair in asked]
        found = self._asked(_CLAIMED_MANY, municipalities, names)
        return {asked[municipality, name]: EstateId(estate) for municipality, name, estate in found}

    def read(self, sql: str, parameters: Mapping[str, Value]) -> list[StoredRow]:
        """See the port."""
        return reading.ask(self._connections, sql, parameters)

    def query(self, sql: str, parameters: Mapping[str, Value], most: int) -> list[StoredRow]:
        """See the port."""
        return reading.ask_for_host(self._connections, sql, parameters, most)

    def behind(self) -> list[Behind]:
        """See the port."""
        found = self._asked(_BEHIND)
        return [Behind(view, EstateId(estate), error, at) for view, estate, error, at in found]

    def fall_behind(self, marks: Sequence[Behind]) -> None:
        """See the port."""
        with self._connections.write() as writer:
            mark_behind(writer, marks)

    def repair(self, *rows: RowChange) -> tuple[Behind, ...]:
        """See the port."""
        with self._connections.write() as writer:
            lock_estates(writer, {change.estate for change in rows})
            check_rows(writer, rows)
            refused = self._view_rows.write(writer, rows, {})
            if any_written(rows, refused):
                rows_remade(writer)  # last, for other repairs wait here
            return refused

    def prepare_views(self, views: Sequence[View]) -> None:
        """See the port."""
        connections = self._connections

        def fits(reader: Any) -> bool:
            found = viewtables.is_prepared(reader, views, connections.store)
            if found:
                viewtables.check_columns(reader, views)
            return found

        if connections.reading(fits):
            return
        with connections.write() as writer, may_prepare(connections.store, anew=False):
            prepare_alone(writer, connections.schema)
            viewtables.prepare(writer, views, connections.store)

    def unfilled(self) -> tuple[str, ...]:
        """See the port."""
        return self._connections.reading(viewtables.unfilled)

    def mark(self, name: str) -> int | None:
        """See the port."""
        return self._connections.reading(lambda reader: meta(reader, MARK + name))

    def set_mark(self, name: str, number: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            lock_events(writer)  # no append is between looking at the mark and its commit
            set_meta(writer, MARK + name, number)

    def doctor(self) -> list[Diagnosis]:
        """See the port."""
        return doctor.diagnosis(self._connections)

    def close(self) -> None:
        """See the port."""
        self._connections.close()
        self.listener.close()

    def library_application(self) -> LibraryApplication:
        """An application of the eventsourcing library over this store; close the store, not it."""
        return LibraryApplication(Datastore(self._connections), self._mapper)

    def _asked(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        asked = query.encode()
        sent = sendable(list(values))
        return self._connections.reading(lambda reader: reader.execute(asked, sent).fetchall())
