"""What is the floor? The same bytes inserted by sqlite3 itself, one transaction a step."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter_ns

from benchmarks.peers.durable_file import durable_file, told
from benchmarks.peers.job import ENTERED, STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve

_INSERT = "INSERT INTO event VALUES (?, ?, ?, ?)"
_EVENTS = "SELECT step, text FROM event WHERE estate = ? AND version > 0 ORDER BY version"


class RawSqlite:
    """One table; nothing is read, checked or refused."""

    def open(self, place: Place) -> None:
        """The table, when it is missing."""
        self._texts = place.texts
        path = Path(place.folder) / "raw.db"
        durable_file(path)
        self._rows = sqlite3.connect(path, isolation_level=None)
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS event (estate TEXT, version INTEGER, step TEXT,"
            " text TEXT, PRIMARY KEY (estate, version))"
        )

    def facts(self) -> dict[str, str]:
        """Version and durability."""
        return {"SQLite": sqlite3.sqlite_version, "connection": told(self._rows)}

    def refuse(self, estate: str) -> str:
        """It has no such notion."""
        del estate
        return ""

    def walk(self, estate: str) -> Timing:
        """Eight insertions."""
        timing = Timing()
        began = perf_counter_ns()
        self._insert(estate, 0, ENTERED, "")
        last = perf_counter_ns()
        for version, (step, text) in enumerate(zip(STEPS, self._texts, strict=True), start=1):
            self._insert(estate, version, step, text)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """The rows in order."""
        rows = self._rows.execute(_EVENTS, (estate,)).fetchall()
        return Found(rows[-1][0] if rows else "", tuple(text for _, text in rows))

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def _insert(self, estate: str, version: int, step: str, text: str) -> None:
        self._rows.execute("BEGIN IMMEDIATE")
        self._rows.execute(_INSERT, (estate, version, step, text))
        self._rows.execute("COMMIT")


if __name__ == "__main__":
    serve(RawSqlite())
