"""What should the keeper of a store know? Facts about SQLite, the file and its durability."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.store.port import Diagnosis, Verdict
from kvob_workflow.store.rebuild_rows import NEWEST, diagnosis_of, rebuild_of
from kvob_workflow.store.sqlite.deliveries import unsent
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
_NO_WAL = Text(
    "Verwacht wal: lezers en schrijver wachten nu op elkaar. Zet het bestand op een lokale schijf.",
    "Expected wal: readers and the writer now wait for each other. Put the file on a local disk.",
)
_NOT_DURABLE = Text(
    "Bij stroomuitval kunnen de laatste opdrachten verloren gaan.",
    "A power cut may lose the last commands.",
)
_DAMAGED = Text(
    "Het bestand is beschadigd. Schrijf er niet meer in en zet een reservekopie terug.",
    "The file is damaged. Write to it no more and restore a backup.",
)
_BEHIND = Text(
    "Sommige overzichten tonen niet de laatste stand; herstel ze.",
    "Some views do not show the latest state; repair them.",
)

_NOT_SENT = Text(
    "Deze berichten zijn niet aangekomen: 'kvob notices' zegt waarom; verhelp dat en geef "
    "'kvob notices --resend-failed'.",
    "These deliveries did not arrive: 'kvob notices' says why; mend that and give "
    "'kvob notices --resend-failed'.",
)


# Marks of tables beside the live ones are the business of their rebuild.
_MARKS = "SELECT count(*) FROM behind WHERE substr(view, -5) NOT IN ('__new', '__old')"


def has_wal_reset_defect(version: Version) -> bool:
    """Whether this version of SQLite can corrupt a file that two connections write."""
    return _DEFECT_SINCE <= version < _DEFECT_FIXED


def sqlite_version() -> Diagnosis:
    """The version of SQLite in use, and whether it has the WAL-reset defect."""
    if not has_wal_reset_defect(sqlite3.sqlite_version_info[:3]):
        return Diagnosis("sqlite", sqlite3.sqlite_version)
    advice = Text(
        "Deze SQLite kan een bestand beschadigen waarin twee verbindingen tegelijk schrijven. "
        "kvob laat dat niet toe. Schrijf niet met andere programma's, of neem 3.51.3 of nieuwer.",
        "This SQLite can damage a file that two connections write at once. kvob never lets that "
        "happen. Write with no other programs, or take 3.51.3 or newer.",
    )
    return Diagnosis("sqlite", f"{sqlite3.sqlite_version}, WAL-reset", "warning", advice)


def durability(writer: sqlite3.Connection, *, in_memory: bool) -> Iterator[Diagnosis]:
    """How the writing connection keeps what was written."""
    mode = str(writer.execute("PRAGMA journal_mode").fetchone()[0])
    yield _judged("journal", mode, mode == ("memory" if in_memory else "wal"), _NO_WAL)
    level = int(writer.execute("PRAGMA synchronous").fetchone()[0])
    yield _judged("synchronous", _SYNCHRONOUS[level], in_memory or level >= _FULL, _NOT_DURABLE)


def contents(reader: sqlite3.Connection) -> Iterator[Diagnosis]:
    """What is in the store, and whether it agrees with itself."""
    found = "; ".join(str(row[0]) for row in reader.execute("PRAGMA quick_check(3)"))
    yield _judged("integrity", found, found == "ok", _DAMAGED, "fault")
    yield Diagnosis("store-schema", str(meta(reader, "store")))
    newest = reader.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    yield Diagnosis("newest-position", str(newest or 0))
    marks = int(reader.execute(_MARKS).fetchone()[0])
    yield _judged("behind", str(marks), marks == 0, _BEHIND)
    waiting = unsent(reader)
    yield Diagnosis("notices-waiting", str(waiting["waiting"]))
    failed = waiting["failed"]
    yield _judged("notices-failed", str(failed), failed == 0, _NOT_SENT)
    empty = unfilled(reader)
    yield _judged("unfilled", ", ".join(empty) or "none", not empty, _BEHIND)
    newest = reader.execute(NEWEST, (1,)).fetchone()
    yield diagnosis_of(None if newest is None else rebuild_of(newest))


def unreadable(reason: str) -> Diagnosis:
    """What stopped the examination: the rest of the store cannot be read."""
    return Diagnosis("readable", reason, "fault", _DAMAGED)


def _judged(
    name: str, value: str, good: bool, advice: Text, otherwise: Verdict = "warning"
) -> Diagnosis:
    return Diagnosis(name, value) if good else Diagnosis(name, value, otherwise, advice)
