"""Which tables has the proof log? Statements for an empty store.

No table has a row for each event: hashes stand in tiles of 256, positions in runs without a gap.
"""

from typing import Final

LOG_TABLES: Final[tuple[str, ...]] = (
    # One row: which log it is (log-1, log-2 after a restart), its leaves, the last position in it.
    "CREATE TABLE log_state (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL,"
    " size INTEGER NOT NULL, position INTEGER NOT NULL)",
    "INSERT INTO log_state (id, generation, size, position) VALUES (1, 1, 0, 0)",
    # What a log that was begun anew says in its first entry.
    "CREATE TABLE log_opening (generation INTEGER PRIMARY KEY, entry BLOB NOT NULL)",
    # Up to 256 hashes of 32 bytes; a hash of level n stands for 256^n leaves.
    "CREATE TABLE log_tile (level INTEGER NOT NULL, number INTEGER NOT NULL,"
    " hashes BLOB NOT NULL, PRIMARY KEY (level, number))",
    # Leaf `first_leaf` + n is the event at `first_position` + n, for n below `number`.
    "CREATE TABLE log_run (first_leaf INTEGER PRIMARY KEY, first_position INTEGER NOT NULL UNIQUE,"
    " number INTEGER NOT NULL)",
    "CREATE TABLE log_checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL,"
    " cosigned INTEGER NOT NULL)",
)
