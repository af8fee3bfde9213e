"""Which table do keys of machines need? Since schema 5 of the store; the same on a server."""

from typing import Final

API_KEY_TABLES: Final[tuple[str, ...]] = (
    # The digest is of 256 random bits; what the key may do is codes and names of organisations.
    "CREATE TABLE api_key (id TEXT PRIMARY KEY, digest BLOB NOT NULL, machine TEXT NOT NULL,"
    " label TEXT NOT NULL, role TEXT NOT NULL, organisation TEXT, scopes TEXT NOT NULL,"
    " reach TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL,"
    " expires_at INTEGER NOT NULL, revoked_at INTEGER, revoked_by TEXT, last_used_on TEXT)"
    " WITHOUT ROWID",
)
