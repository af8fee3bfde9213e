"""What should the keeper of a store know? Facts about SQLite, the file and its durability."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kvob_workflow.store.port import Fact
from kvob_workflow.store.sqlite.schema import meta
from kvob_workflow.store.sqlite.viewtables import unfilled

if TYPE_CHECKING:
    from collections.abc import Iterator

Version = tuple[int, int, int]

# Source: https://www.sqlite.org/wal.html, the WAL-reset defect; fixed in 3.51.3 (2026-03-13).
_DEFECT_SINCE: Version = (3, 7, 0)
_DEFECT_FIXED: Version = (3, 51, 3)
_SYNCHRONOUS = ("off", "normal", "full", "extra")
_FULL = 2


def has_wal_reset_defect(version: Version) -> bool:
    """Whether this version of SQLite can corrupt a file that two connections write."""
    return _DEFECT_SINCE <= version < _DEFECT_FIXED


def version_fact() -> Fact:
    """The version of SQLite in use, and whether it has the WAL-reset defect."""
    version = sqlite3.sqlite_version_info
    if not has_wal_reset_defect(version[:3]):
        return Fact("sqlite", sqlite3.sqlite_version, "ok")
    return Fact(
        "sqlite",
        f"{sqlite3.sqlite_version}, WAL-reset",
        "warning",
        "Deze SQLite kan een bestand beschadigen waarin twee verbindingen tegelijk schrijven. "
        "kvob laat dat niet toe. Schrijf niet met andere programma's, of neem 3.51.3 of nieuwer.",
        "This SQLite can damage a file that two connections write at once. kvob never lets that "
        "happen. Write with no other programs, or take 3.51.3 or newer.",
    )


def writer_facts(writer: sqlite3.Connection, *, in_memory: bool) -> Iterator[Fact]:
    """How the writing connection keeps what was written."""
    mode = str(writer.execute("PRAGMA journal_mode").fetchone()[0])
    good = "memory" if in_memory else "wal"
    yield Fact(
        "journal",
        mode,
        "ok" if mode == good else "warning",
        "" if mode == good else "Verwacht wal: lezers en schrijver wachten nu op elkaar.",
        "" if mode == good else "Expected wal: readers and the writer now wait for each other.",
    )
    level = int(writer.execute("PRAGMA synchronous").fetchone()[0])
    durable = level >= _FULL or in_memory
    yield Fact(
        "synchronous",
        _SYNCHRONOUS[level],
        "ok" if durable else "warning",
        "" if durable else "Bij stroomuitval kunnen de laatste opdrachten verloren gaan.",
        "" if durable else "A power cut may lose the last commands.",
    )


def content_facts(reader: sqlite3.Connection) -> Iterator[Fact]:
    """What is in the store, and whether it agrees with itself."""
    yield _integrity(reader)
    yield Fact("store-schema", str(meta(reader, "store")), "ok")
    newest = reader.execute("SELECT max(rowid) FROM stored_events").fetchone()[0] or 0
    yield Fact("newest-position", str(newest), "ok")
    marks = reader.execute("SELECT count(*) FROM behind").fetchone()[0]
    empty = unfilled(reader)
    yield Fact(
        "behind",
        str(marks) if not empty else f"{marks}; {', '.join(empty)}",
        "warning" if marks or empty else "ok",
        "Sommige schermen tonen niet de laatste stand; herstel ze." if marks or empty else "",
        "Some views do not show the latest state; repair them." if marks or empty else "",
    )


def _integrity(reader: sqlite3.Connection) -> Fact:
    found = [str(row[0]) for row in reader.execute("PRAGMA quick_check(3)")]
    if found == ["ok"]:
        return Fact("integrity", "ok", "ok")
    return Fact(
        "integrity",
        "; ".join(found),
        "fault",
        "Het bestand is beschadigd. Schrijf er niet meer in en zet een reservekopie terug.",
        "The file is damaged. Write to it no more and restore a backup.",
    )
