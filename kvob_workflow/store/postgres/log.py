"""How does PostgreSQL keep the proof log? As a file does; the row of its state is the lock.

Whoever moves the log on names the state that it read, and the row's comparison and the tiles are
one transaction: of two sequencers on two nodes one is told that it was slower. A turn is a lock
of one connection, on which everything in the turn is written: when it breaks, so does the turn.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.log import (
    KEPT_CHECKPOINTS,
    KeptCheckpoint,
    LogRun,
    LogState,
    RawEvent,
    TileKey,
)
from kvob_workflow.store.postgres.failures import store_failures
from kvob_workflow.store.postgres.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from kvob_workflow.store.postgres.connections import Connection, Connections

_COLUMNS: Final = "notification_id, originator_id, originator_version, topic, state"
_PAGE: Final = (
    f"SELECT {_COLUMNS} FROM stored_events WHERE notification_id > %s"
    " ORDER BY notification_id LIMIT %s"
)
_STREAM: Final = (
    f"SELECT {_COLUMNS} FROM stored_events WHERE originator_id = %s ORDER BY originator_version"
)
# No index holds xmin: the rows themselves are counted, also those that an index lost or that have
# no position, which no page would show.
_COUNT: Final = "SELECT count(xmin) FROM stored_events"
_STATE: Final = "SELECT generation, size, position FROM log_state"
_MOVE: Final = (
    "UPDATE log_state SET generation = %s, size = %s, position = %s"
    " WHERE generation = %s AND size = %s AND position = %s"
)
_OPENING: Final = "SELECT entry FROM log_opening WHERE generation = %s"
_OPEN: Final = (
    "INSERT INTO log_opening (generation, entry) VALUES (%s, %s)"
    " ON CONFLICT (generation) DO UPDATE SET entry = excluded.entry"
)
_TILES: Final = (
    "SELECT level, number, hashes FROM log_tile"
    " JOIN unnest(%s::bigint[], %s::bigint[]) AS asked (level, number) USING (level, number)"
)
_PUT_TILES: Final = (
    "INSERT INTO log_tile (level, number, hashes)"
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
    " ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes"
)
_RUNS: Final = "SELECT first_leaf, first_position, number FROM log_run"
_RUN_OF_LEAF: Final = f"{_RUNS} WHERE first_leaf <= %s ORDER BY first_leaf DESC LIMIT 1"
_RUN_OF_POSITION: Final = f"{_RUNS} WHERE first_position <= %s ORDER BY first_position DESC LIMIT 1"
_PUT_RUNS: Final = (
    "INSERT INTO log_run (first_leaf, first_position, number)"
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) ON CONFLICT (first_leaf)"
    " DO UPDATE SET first_position = excluded.first_position, number = excluded.number"
)
_CHECKPOINTS: Final = "SELECT size, note, cosigned FROM log_checkpoint ORDER BY size DESC LIMIT %s"
_PUT_CHECKPOINT: Final = (
    "INSERT INTO log_checkpoint (size, note, cosigned) VALUES (%s, %s, %s)"
    " ON CONFLICT (size) DO UPDATE SET note = excluded.note, cosigned = excluded.cosigned"
)
_DROP_OLD: Final = (
    "DELETE FROM log_checkpoint WHERE cosigned = 0 AND size NOT IN"
    " (SELECT size FROM log_checkpoint WHERE cosigned = 0 ORDER BY size DESC LIMIT %s)"
)
_TURN: Final = "SELECT pg_try_advisory_lock(hashtextextended('kvob log ' || current_schema(), 0))"
_EMPTY: Final = "DELETE FROM log_tile; DELETE FROM log_run; DELETE FROM log_checkpoint"


class _Turn(threading.local):
    """The connection that holds the turn of a thread."""

    connection: Connection | None = None


class ProofTables:
    """The part of the store that keeps the proof log."""

    _connections: Connections

    @contextmanager
    def log_turn(self) -> Generator[bool]:
        """See the port; the turn ends with its connection."""
        with self._connections.alone() as own:
            with store_failures(self._connections.store, own_query=True):
                mine = own.execute(_TURN).fetchone() == (True,)
            self._turn.connection = own if mine else None
            try:
                yield mine
            finally:
                self._turn.connection = None

    def raw_page(self, after: int, limit: int) -> list[RawEvent]:
        """See the port."""
        return [_event(row) for row in self._all(_PAGE, after, limit)]

    def raw_stream(self, estate: str) -> list[RawEvent]:
        """See the port."""
        return [_event(row) for row in self._all(_STREAM, sendable(estate))]

    def number_of_events(self) -> int:
        """See the port."""
        return int(self._all(_COUNT)[0][0])

    def log_state(self) -> LogState:
        """See the port."""
        return self._connections.reading(lambda reader: _state(reader, self._connections.store))

    def log_opening(self, generation: int) -> bytes | None:
        """See the port."""
        found = self._all(_OPENING, generation)
        if not found:
            return None
        if not isinstance(found[0][0], bytes):
            raise StoreDamaged(self._connections.store, "the opening of the proof log")
        return found[0][0]

    def log_tiles(self, keys: Sequence[TileKey]) -> dict[TileKey, bytes]:
        """See the port."""
        if not keys:
            return {}
        levels, numbers = ([*column] for column in zip(*keys, strict=True))
        found = self._all(_TILES, levels, numbers)
        return {
            TileKey(level, number): hashes
            for level, number, hashes in found
            if isinstance(hashes, bytes)
        }

    def log_run(self, *, leaf: int | None = None, position: int | None = None) -> LogRun | None:
        """See the port."""
        query, sought = (_RUN_OF_LEAF, leaf) if position is None else (_RUN_OF_POSITION, position)
        found = self._all(query, sought)
        return LogRun(*_numbers(found[0], self._connections.store)) if found else None

    def log_runs(self) -> list[LogRun]:
        """See the port."""
        found = self._all(f"{_RUNS} ORDER BY first_leaf")
        return [LogRun(*_numbers(run, self._connections.store)) for run in found]

    def extend_log(
        self,
        expected: LogState,
        state: LogState,
        tiles: Mapping[TileKey, bytes],
        runs: Sequence[LogRun],
    ) -> bool:
        """See the port."""
        with self._writing() as writer:
            if not _moved(writer, expected, state):
                return False
            if tiles:
                rows = [(*key, hashes) for key, hashes in tiles.items()]
                writer.execute(_PUT_TILES, [list(column) for column in zip(*rows, strict=True)])
            if runs:
                writer.execute(_PUT_RUNS, [list(column) for column in zip(*runs, strict=True)])
            return True

    def restart_log(self, expected: LogState, generation: int, opening: bytes) -> bool:
        """See the port."""
        with self._writing() as writer:
            if not _moved(writer, expected, LogState(generation, 0, 0)):
                return False
            writer.execute(_EMPTY)
            writer.execute(_OPEN, (generation, opening))
            return True

    def checkpoints(self, limit: int = KEPT_CHECKPOINTS) -> list[KeptCheckpoint]:
        """See the port."""
        found = self._all(_CHECKPOINTS, limit)
        return [KeptCheckpoint(size, str(note), bool(cosigned)) for size, note, cosigned in found]

    def keep_checkpoint(self, generation: int, checkpoint: KeptCheckpoint) -> bool:
        """See the port."""
        with self._writing() as writer:
            # Held until the commit: nobody begins the log anew between the look and the write.
            state = _state(writer, self._connections.store, held=True)
            if state.generation != generation or state.size < checkpoint.size:
                return False
            row = (checkpoint.size, checkpoint.note, int(checkpoint.cosigned))
            writer.execute(_PUT_CHECKPOINT, row)
            writer.execute(_DROP_OLD, (KEPT_CHECKPOINTS,))
            return True

    @cached_property
    def _turn(self) -> _Turn:
        return _Turn()

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        """A transaction, on the connection that holds the turn where this thread has one."""
        held = self._turn.connection
        if held is None:
            with self._connections.write() as writer:
                yield writer
            return
        self._connections.check_usable()
        with store_failures(self._connections.store, own_query=True), held.transaction():
            yield held

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        asked = query.encode()
        return self._connections.reading(lambda one: one.execute(asked, values).fetchall())


def _event(row: tuple[Any, ...]) -> RawEvent:
    position, estate, version, topic, state = row
    return position, estate, version, topic, state


def _state(connection: Connection, store: str, *, held: bool = False) -> LogState:
    found = connection.execute(f"{_STATE} FOR UPDATE" if held else _STATE).fetchone()
    if found is None:
        raise StoreDamaged(store, "the state of the proof log is gone")
    return LogState(*_numbers(found, store))


def _numbers(row: tuple[object, ...], store: str) -> tuple[int, int, int]:
    """Three numbers; an owner may have given a column another type."""
    first, second, third = row
    if isinstance(first, int) and isinstance(second, int) and isinstance(third, int):
        return first, second, third
    raise StoreDamaged(store, "a number of the proof log is no number")


def _moved(writer: Connection, expected: LogState, state: LogState) -> bool:
    return writer.execute(_MOVE, (*state, *expected)).rowcount == 1


__all__ = ["ProofTables"]
