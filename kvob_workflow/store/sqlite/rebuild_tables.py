"""Which tables does a rebuild need? Since schema 4 of the store; the same on a server."""

from typing import Final

REBUILD_TABLES: Final = (
    "CREATE TABLE rebuild (number INTEGER PRIMARY KEY, status TEXT NOT NULL"
    " CHECK (status IN ('building', 'live', 'rolled-back', 'cancelled')), schemas TEXT NOT NULL,"
    " scheme INTEGER NOT NULL, scheme_before INTEGER, made_by TEXT NOT NULL,"
    " started_at INTEGER NOT NULL, progressed_at INTEGER NOT NULL, ended_at INTEGER,"
    " claim INTEGER NOT NULL, reached TEXT NOT NULL, filled INTEGER NOT NULL,"
    " position INTEGER NOT NULL, events INTEGER NOT NULL, row_count INTEGER NOT NULL,"
    " differences INTEGER NOT NULL, followed TEXT NOT NULL, made_with TEXT NOT NULL)",
    "CREATE UNIQUE INDEX rebuild_one_at_a_time ON rebuild (status) WHERE status = 'building'",
    "CREATE TABLE rebuild_difference (rebuild INTEGER NOT NULL, number INTEGER NOT NULL,"
    " body TEXT NOT NULL, PRIMARY KEY (rebuild, number))",
)
