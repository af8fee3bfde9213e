"""Which tables keep what was known when? Statements for an empty store.

How far the follower is, and what it could not read. The rectangles themselves come with the
first question about the past: `kvob_projections.periods.period_ddl`.
"""

from typing import Final

PERIOD_TABLES: Final[tuple[str, ...]] = (
    # One row at most. `cursor` is the last estate of a build that goes on; NULL when it is done.
    "CREATE TABLE period_state (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " fingerprint INTEGER NOT NULL, position INTEGER NOT NULL, cursor TEXT)",
    "CREATE TABLE period_parked (estate TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID",
)
