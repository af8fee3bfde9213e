"""How do adapters without a store of their own keep SQLite as durable as everybody else's?"""

from __future__ import annotations

import sqlite3
from pathlib import Path


def durable_file(path: Path) -> None:
    """Make the file with a write-ahead log; the mode stays with the file for whoever opens it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def told(cursor: sqlite3.Cursor | sqlite3.Connection) -> str:
    """The durability of this very connection, as SQLite tells it."""
    (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
    names = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
    return f"journal_mode={mode}, synchronous={names[int(synchronous)]}"
