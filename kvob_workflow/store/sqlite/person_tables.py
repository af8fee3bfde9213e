"""Which tables has the person directory? Statements for an empty store."""

from typing import Final

PERSON_TABLES: Final[tuple[str, ...]] = (
    # Every value is sealed under the person's key; the index is a keyed hash of the e-mail.
    "CREATE TABLE person (id TEXT PRIMARY KEY, fields TEXT NOT NULL, email_index TEXT)"
    " WITHOUT ROWID",
    "CREATE INDEX person_by_email ON person (email_index) WHERE email_index IS NOT NULL",
    # Requests to erase: ids and codes. Instants are whole microseconds since 1970, UTC.
    "CREATE TABLE erasure (id TEXT PRIMARY KEY, person TEXT NOT NULL, basis TEXT NOT NULL,"
    " proposer TEXT NOT NULL, proposed_at INTEGER NOT NULL,"
    " status TEXT NOT NULL CHECK (status IN ('waiting', 'erased', 'declined')),"
    " decided_by TEXT, decided_at INTEGER, exception TEXT) WITHOUT ROWID",
    "CREATE INDEX erasure_by_person ON erasure (person)",
)
