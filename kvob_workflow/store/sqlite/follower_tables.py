"""Which tables do followers need? Since schema 4 of the store; the same on a server."""

from typing import Final

FOLLOWER_TABLES: Final = (
    "CREATE TABLE follower (name TEXT PRIMARY KEY, kind TEXT NOT NULL"
    " CHECK (kind IN ('projection', 'effect')), position INTEGER NOT NULL,"
    " moved_at INTEGER NOT NULL, fingerprint INTEGER NOT NULL, cursor TEXT,"
    " revision INTEGER NOT NULL, claimed_until INTEGER, failures INTEGER NOT NULL,"
    " next_at INTEGER, stalled INTEGER NOT NULL, error TEXT, failed_position INTEGER,"
    " failed_estate TEXT, failed_version INTEGER)",
    "CREATE TABLE follower_skip (number INTEGER PRIMARY KEY, follower TEXT NOT NULL,"
    " position INTEGER NOT NULL, estate TEXT NOT NULL, version INTEGER NOT NULL,"
    " error TEXT NOT NULL, reason TEXT NOT NULL, skipped_by TEXT NOT NULL,"
    " skipped_at INTEGER NOT NULL)",
)
