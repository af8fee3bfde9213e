"""What is the floor? The same bytes inserted by sqlite3 itself, one transaction a command."""

import sqlite3
from pathlib import Path


def open_floor(path: Path) -> sqlite3.Connection:
    """A new file with the events table, WAL and FULL as the engine has them."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE stored_events (originator_id TEXT, originator_version INTEGER,"
        " topic TEXT, state BLOB, PRIMARY KEY (originator_id, originator_version))"
    )
    return connection


def command(
    connection: sqlite3.Connection, estate: str, version: int, topic: str, state: bytes
) -> None:
    """Insert one event durably."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO stored_events VALUES (?, ?, ?, ?)", (estate, version, topic, state)
    )
    connection.execute("COMMIT")
