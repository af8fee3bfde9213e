"""How does SQLite keep the proof log? Blobs of 256 hashes, and one row that says how far it is.

Whoever moves the log on must name the state that it read: the comparison and the write are one
transaction, so two sequencers never both extend the same log.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from kvob_workflow.store.faults import StoreDamaged
from kvob_workflow.store.log import (
    KEPT_CHECKPOINTS,
    KeptCheckpoint,
    LogRun,
    LogState,
    RawEvent,
    TileKey,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from kvob_workflow.store.sqlite.connections import Connections

_COLUMNS: Final = "rowid, originator_id, originator_version, topic, state"
_PAGE: Final = f"SELECT {_COLUMNS} FROM stored_events WHERE rowid > ? ORDER BY rowid LIMIT ?"
_STREAM: Final = (
    f"SELECT {_COLUMNS} FROM stored_events WHERE originator_id = ? ORDER BY originator_version"
)
# Through the index of the primary key: it must know as many events as the table.
_COUNT: Final = "SELECT count(*) FROM stored_events"
_STATE: Final = "SELECT generation, size, position FROM log_state"
_MOVE: Final = (
    "UPDATE log_state SET generation = ?, size = ?, position = ?"
    " WHERE generation = ? AND size = ? AND position = ?"
)
_OPENING: Final = "SELECT entry FROM log_opening WHERE generation = ?"
_OPEN: Final = "INSERT OR REPLACE INTO log_opening (generation, entry) VALUES (?, ?)"
_TILES: Final = (
    "SELECT log_tile.level, log_tile.number, log_tile.hashes"
    " FROM json_each(?) AS asked CROSS JOIN log_tile"
    " ON log_tile.level = json_extract(asked.value, '$[0]')"
    " AND log_tile.number = json_extract(asked.value, '$[1]')"
)
_PUT_TILE: Final = "INSERT OR REPLACE INTO log_tile (level, number, hashes) VALUES (?, ?, ?)"
_RUNS: Final = "SELECT first_leaf, first_position, number FROM log_run"
_RUN_OF_LEAF: Final = f"{_RUNS} WHERE first_leaf <= ? ORDER BY first_leaf DESC LIMIT 1"
_RUN_OF_POSITION: Final = f"{_RUNS} WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1"
_PUT_RUN: Final = (
    "INSERT OR REPLACE INTO log_run (first_leaf, first_position, number) VALUES (?, ?, ?)"
)
_CHECKPOINTS: Final = "SELECT size, note, cosigned FROM log_checkpoint ORDER BY size DESC LIMIT ?"
_PUT_CHECKPOINT: Final = (
    "INSERT INTO log_checkpoint (size, note, cosigned) VALUES (?, ?, ?)"
    " ON CONFLICT (size) DO UPDATE SET note = excluded.note, cosigned = excluded.cosigned"
)
_DROP_OLD: Final = (
    "DELETE FROM log_checkpoint WHERE NOT cosigned AND size NOT IN"
    " (SELECT size FROM log_checkpoint WHERE NOT cosigned ORDER BY size DESC LIMIT ?)"
)
_EMPTIED: Final = ("log_tile", "log_run", "log_checkpoint")


class ProofTables:
    """The part of the store that keeps the proof log."""

    _connections: Connections

    def log_turn(self) -> AbstractContextManager[bool]:
        """See the port."""
        return nullcontext(True)

    def raw_page(self, after: int, limit: int) -> list[RawEvent]:
        """See the port."""
        with self._connections.read() as reader:
            return reader.execute(_PAGE, (after, limit)).fetchall()

    def raw_stream(self, estate: str) -> list[RawEvent]:
        """See the port."""
        with self._connections.read() as reader:
            return reader.execute(_STREAM, (estate,)).fetchall()

    def number_of_events(self) -> int:
        """See the port."""
        with self._connections.read() as reader:
            return int(reader.execute(_COUNT).fetchone()[0])

    def log_state(self) -> LogState:
        """See the port."""
        with self._connections.read() as reader:
            return _state(reader, self._connections.store)

    def log_opening(self, generation: int) -> bytes | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_OPENING, (generation,)).fetchone()
        if found is None:
            return None
        if not isinstance(found[0], bytes):
            raise StoreDamaged(self._connections.store, "the opening of the proof log")
        return found[0]

    def log_tiles(self, keys: Sequence[TileKey]) -> dict[TileKey, bytes]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_TILES, (json.dumps(keys),)).fetchall()
        return {
            TileKey(level, number): hashes
            for level, number, hashes in found
            if isinstance(hashes, bytes)
        }

    def log_run(self, *, leaf: int | None = None, position: int | None = None) -> LogRun | None:
        """See the port."""
        statement, sought = (
            (_RUN_OF_LEAF, leaf) if position is None else (_RUN_OF_POSITION, position)
        )
        with self._connections.read() as reader:
            found = reader.execute(statement, (sought,)).fetchone()
        return None if found is None else LogRun(*_numbers(found, self._connections.store))

    def log_runs(self) -> list[LogRun]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(f"{_RUNS} ORDER BY first_leaf").fetchall()
        return [LogRun(*_numbers(run, self._connections.store)) for run in found]

    def extend_log(
        self,
        expected: LogState,
        state: LogState,
        tiles: Mapping[TileKey, bytes],
        runs: Sequence[LogRun],
    ) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if not _moved(writer, expected, state):
                return False
            writer.executemany(_PUT_TILE, [(*key, hashes) for key, hashes in tiles.items()])
            writer.executemany(_PUT_RUN, runs)
            return True

    def restart_log(self, expected: LogState, generation: int, opening: bytes) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if not _moved(writer, expected, LogState(generation, 0, 0)):
                return False
            for table in _EMPTIED:
                writer.execute(f"DELETE FROM {table}")
            writer.execute(_OPEN, (generation, opening))
            return True

    def checkpoints(self, limit: int = KEPT_CHECKPOINTS) -> list[KeptCheckpoint]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_CHECKPOINTS, (limit,)).fetchall()
        return [KeptCheckpoint(size, str(note), bool(cosigned)) for size, note, cosigned in found]

    def keep_checkpoint(self, generation: int, checkpoint: KeptCheckpoint) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            state = _state(writer, self._connections.store)
            if state.generation != generation or state.size < checkpoint.size:
                return False
            row = (checkpoint.size, checkpoint.note, checkpoint.cosigned)
            writer.execute(_PUT_CHECKPOINT, row)
            writer.execute(_DROP_OLD, (KEPT_CHECKPOINTS,))
            return True


def _state(connection: sqlite3.Connection, store: str) -> LogState:
    found = connection.execute(_STATE).fetchone()
    if found is None:
        raise StoreDamaged(store, "the state of the proof log is gone")
    return LogState(*_numbers(found, store))


def _numbers(row: tuple[object, ...], store: str) -> tuple[int, int, int]:
    """Three numbers; SQLite lets any hand put texts in their place."""
    first, second, third = row
    if isinstance(first, int) and isinstance(second, int) and isinstance(third, int):
        return first, second, third
    raise StoreDamaged(store, "a number of the proof log is no number")


def _moved(writer: sqlite3.Connection, expected: LogState, state: LogState) -> bool:
    return writer.execute(_MOVE, (*state, *expected)).rowcount == 1
