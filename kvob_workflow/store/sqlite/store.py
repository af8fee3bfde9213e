"""How does SQLite keep what the port promises? One class for a file and for memory.

Read next: `library` and `writing` (the transaction of an append), `rows` (views),
`connections` (who may touch the file).
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, cast

from kvob_domain.ids import CommandId, EstateId
from kvob_workflow import telemetry
from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.mapper import RecordedMapper
from kvob_workflow.store.port import Behind, CommandRecord, NameClaim, Receipt, any_written
from kvob_workflow.store.sqlite import doctor, viewtables
from kvob_workflow.store.sqlite.api_keys import ApiKeys
from kvob_workflow.store.sqlite.connections import MemoryConnections
from kvob_workflow.store.sqlite.deliveries import Deliveries
from kvob_workflow.store.sqlite.library import Datastore, LibraryApplication, Recorder
from kvob_workflow.store.sqlite.log import ProofTables
from kvob_workflow.store.sqlite.periods import Periods
from kvob_workflow.store.sqlite.persons import Persons
from kvob_workflow.store.sqlite.rebuilding import Rebuilding
from kvob_workflow.store.sqlite.rows import RowWriter, mark_behind
from kvob_workflow.store.sqlite.schema import (
    MARK,
    STORE_SCHEMA,
    check_schema,
    create_tables,
    meta,
    rows_remade,
    set_meta,
    upgrade_tables,
)
from kvob_workflow.store.sqlite.webhooks import Webhooks
from kvob_workflow.store.sqlite.writing import InlineWork, check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import Value, View
    from kvob_workflow.store.codec import Codec
    from kvob_workflow.store.port import Append, Diagnosis, RowChange
    from kvob_workflow.store.sqlite.connections import Connections

_ESTATES_AT_ONCE = 1000
_LOOK_EVERY = 0.1

_STREAM = (
    "SELECT originator_version, topic, state FROM stored_events"
    " WHERE originator_id = ? ORDER BY originator_version"
)
_STREAMS = (
    "SELECT originator_id, originator_version, topic, state FROM stored_events"
    " WHERE originator_id IN (SELECT value FROM json_each(?))"
    " ORDER BY originator_id, originator_version"
)
_ESTATES = (
    "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id > ?"
    " ORDER BY originator_id LIMIT ?"
)
_PAGE = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
_COMMAND = "SELECT id, body_hash, result FROM kvob_command WHERE id = ?"
_CLAIMED = (
    "SELECT estate FROM estate_name WHERE municipality = ? AND name = ? AND until_position IS NULL"
)
# From here on a batch is better served by a longer log; see `connections`.
_LARGE_BATCH = 1_000
_BEARERS = (
    "SELECT municipality, estate FROM estate_name WHERE name = ? AND until_position IS NULL"
    " ORDER BY municipality"
)
# CROSS JOIN fixes the order: one index search for each pair that is asked for.
_CLAIMED_MANY = (
    "SELECT estate_name.municipality, estate_name.name, estate_name.estate"
    " FROM json_each(?) AS asked CROSS JOIN estate_name"
    " ON estate_name.municipality = json_extract(asked.value, '$[0]')"
    " AND estate_name.name = json_extract(asked.value, '$[1]')"
    " AND estate_name.until_position IS NULL"
)
# Marks of tables beside the live ones are the business of their rebuild.
_BEHIND = (
    "SELECT view, estate, error, at_version FROM behind"
    " WHERE substr(view, -5) NOT IN ('__new', '__old')"
    " ORDER BY view, estate"
)


class SQLiteStore(Deliveries, ProofTables, Persons, Periods, Rebuilding, Webhooks, ApiKeys):
    """An `EventStore` over SQLite; `deliveries` has the part about notices on their way out."""

    takes_turns: bool = True

    def __init__(self, connections: Connections, codec: Codec, *, prepare: bool = True) -> None:
        """Creates the tables when they are missing; without `prepare` they stay as they are.

        Raises:
            StoreUnavailable: one of its causes; the connections are closed again.
        """
        self._connections = connections
        self._codec = codec
        self._mapper = RecordedMapper(codec)
        self._datastore = Datastore(connections)
        self._recorder = Recorder(self._datastore)
        self._rows = RowWriter()
        self._turn_in_memory = threading.Lock()
        try:
            self._prepare_tables(change=prepare)
        except BaseException:
            connections.close()
            raise

    def append(self, batch: Append) -> Receipt:
        """See the port."""
        stored = [self._mapper.stored(recorded) for recorded in batch.events]
        inline = InlineWork(batch, self._rows)
        self._connections.is_large_batch = len(stored) >= _LARGE_BATCH
        positions = self._recorder.insert_events(stored, inline=inline)
        telemetry.appended(len(stored))
        return Receipt(tuple(positions or ()), inline.behind)

    def stream(self, estate: EstateId) -> list[Recorded]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_STREAM, (estate,)).fetchall()
        decode = self._codec.decode
        return [decode(estate, version, topic, state) for version, topic, state in found]

    def streams(self, estates: Sequence[EstateId]) -> dict[EstateId, list[Recorded]]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_STREAMS, (json.dumps(estates),)).fetchall()
        decode = self._codec.decode
        streams: dict[EstateId, list[Recorded]] = {}
        for estate, version, topic, state in found:
            streams.setdefault(estate, []).append(decode(estate, version, topic, state))
        return streams

    def estates(self) -> Iterator[EstateId]:
        """See the port."""
        after = ""
        while True:
            with self._connections.read() as reader:
                found = reader.execute(_ESTATES, (after, _ESTATES_AT_ONCE)).fetchall()
            for (estate,) in found:
                yield EstateId(estate)
            if len(found) < _ESTATES_AT_ONCE:
                return
            after = found[-1][0]

    def page(self, after: int, limit: int) -> list[tuple[int, Recorded]]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_PAGE, (after, limit)).fetchall()
        decode = self._codec.decode
        return [
            (position, decode(estate, version, topic, state))
            for position, estate, version, topic, state in found
        ]

    def last_position(self) -> int:
        """See the port."""
        with self._connections.read() as reader:
            newest = reader.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
        return newest or 0

    def wait_for_events(self, after: int, timeout: float) -> bool:
        """See the port; a file tells nobody that it changed, so it is looked at."""
        ends = time.monotonic() + timeout
        while self.last_position() <= after:
            left = ends - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, _LOOK_EVERY))
        return True

    def command(self, id: CommandId) -> CommandRecord | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_COMMAND, (id,)).fetchone()
        return None if found is None else CommandRecord(CommandId(found[0]), found[1], found[2])

    def claimed(self, municipality: str, name: str) -> EstateId | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_CLAIMED, (municipality, name)).fetchone()
        return None if found is None else EstateId(found[0])

    def bearers(self, name: str) -> list[NameClaim]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_BEARERS, (name,)).fetchall()
        return [NameClaim(municipality, name, EstateId(estate)) for municipality, estate in found]

    def claimed_many(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], EstateId]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_CLAIMED_MANY, (json.dumps(pairs),)).fetchall()
        return {(municipality, name): EstateId(estate) for municipality, name, estate in found}

    def read(self, sql: str, parameters: Mapping[str, Value]) -> list[sqlite3.Row]:
        """See the port."""
        with self._connections.read(callers_sql=True) as reader:
            cursor = reader.cursor()
            cursor.row_factory = sqlite3.Row
            return cast("list[sqlite3.Row]", cursor.execute(sql, parameters).fetchall())

    def query(self, sql: str, parameters: Mapping[str, Value], most: int) -> list[sqlite3.Row]:
        """See the port."""
        return self.read(f"SELECT * FROM ({sql}\n) AS asked LIMIT {most:d}", parameters)

    def behind(self) -> list[Behind]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_BEHIND).fetchall()
        return [Behind(view, EstateId(estate), error, at) for view, estate, error, at in found]

    def fall_behind(self, marks: Sequence[Behind]) -> None:
        """See the port."""
        with self._connections.write() as writer:
            mark_behind(writer, marks)

    def repair(self, *rows: RowChange) -> tuple[Behind, ...]:
        """See the port."""
        with self._connections.write() as writer:
            check_rows(writer.cursor(), rows)
            refused = self._rows.write(writer.cursor(), rows, {})
            if any_written(rows, refused):
                rows_remade(writer)
            return refused

    def prepare_views(self, views: Sequence[View]) -> None:
        """See the port."""
        store = self._connections.store
        with self._connections.read() as reader:
            if viewtables.is_prepared(reader, views, store):
                viewtables.check_columns(reader, views)
                return
        with self._connections.write() as writer:
            viewtables.prepare(writer, views, store)

    def unfilled(self) -> tuple[str, ...]:
        """See the port."""
        with self._connections.read() as reader:
            return viewtables.unfilled(reader)

    def mark(self, name: str) -> int | None:
        """See the port."""
        with self._connections.read() as reader:
            return meta(reader, MARK + name)

    def set_mark(self, name: str, number: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            set_meta(writer, MARK + name, number)

    def doctor(self) -> list[Diagnosis]:
        """See the port."""
        found = [doctor.sqlite_version()]
        in_memory = isinstance(self._connections, MemoryConnections)
        try:
            with self._connections.write() as writer:
                found += doctor.durability(writer, in_memory=in_memory)
            with self._connections.read() as reader:
                found += doctor.contents(reader)
        except StoreDamaged as damage:
            found.append(doctor.unreadable(damage.reason))
        return found

    def close(self) -> None:
        """See the port."""
        self._connections.close()

    def library_application(self) -> LibraryApplication:
        """An application of the eventsourcing library over this store; close the store, not it."""
        return LibraryApplication(self._datastore, self._mapper)

    def _prepare_tables(self, *, change: bool) -> None:
        store = self._connections.store
        with self._connections.read() as reader:
            if check_schema(reader, store) == STORE_SCHEMA or not change:
                return
        with self._connections.write() as writer:
            number = check_schema(writer, store)  # another process may have been faster
            if number == 0:
                create_tables(writer, self._recorder.create_table_statements)
            elif number < STORE_SCHEMA:
                upgrade_tables(writer, number)
