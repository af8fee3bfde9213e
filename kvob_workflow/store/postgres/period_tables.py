"""Which tables keep what was known when? Statements for an empty store.

How far the follower is, and what it could not read, as in a file. The rectangles themselves come
with the first question about the past, or with the SQL of a keeper who lets nobody else make
tables: `rectangle_statements`.
"""

import zlib
from typing import Final

from kvob_projections import PERIOD_VIEWS
from kvob_projections.boxes import dropped_ddl, period_ddl
from kvob_projections.periods import table_of

PERIOD_TABLES: Final[tuple[str, ...]] = (
    # One row at most. `cursor` is the last estate of a build that goes on; NULL when it is done.
    "CREATE TABLE period_state (one bigint PRIMARY KEY CHECK (one = 1),"
    ' fingerprint bigint NOT NULL, position bigint NOT NULL, cursor text COLLATE "C")',
    'CREATE TABLE period_parked (estate text COLLATE "C" PRIMARY KEY,'
    ' error text COLLATE "C" NOT NULL)',
)
FIRST_TABLE: Final = table_of(PERIOD_VIEWS[0])
"""The table of rectangles whose comment names the layout of all."""
_COLUMNS: Final = [f"{view.name} {view.schema} {view.columns}" for view in PERIOD_VIEWS]
LAYOUT: Final = f"{zlib.crc32(' '.join((*period_ddl(), *_COLUMNS)).encode()):08x}"
"""Changes with any table or index of the rectangles."""


def rectangle_statements() -> list[str]:
    """The statements that make the tables of rectangles anew, empty, beside those of the views."""
    comment = f"COMMENT ON TABLE {FIRST_TABLE} IS '{LAYOUT}'"
    return [*dropped_ddl(), *period_ddl(), comment]
