"""Are the documents on record still there, and the same? Every one is read again.

A document is looked for in the folder under its hash; one that is not kept there, at its address
where that is a full path on this machine. What lies on the network is not fetched: it is reported
as not checked. Documents whose registration was withdrawn are left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from kvob_domain.errors import KvobError
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.documents import DocumentRegistered
from kvob_domain.words import Text
from kvob_workflow.documents.errors import DocumentEmpty
from kvob_workflow.documents.reading import measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_workflow.documents.folder import DocumentFolder
    from kvob_workflow.store import EventStore

_ESTATES_AT_ONCE: Final = 500
_NOTHING: Final = hashlib.sha256().hexdigest()


class Outcome(StrEnum):
    """What became of a document."""

    SAME = "same"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    NOT_CHECKED = "not_checked"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return OUTCOME_WORDS[self]


OUTCOME_WORDS: Final[dict[Outcome, Text]] = {
    Outcome.SAME: Text("onveranderd", "the same"),
    Outcome.MISSING: Text("ontbreekt", "missing"),
    Outcome.CHANGED: Text("veranderd", "changed"),
    Outcome.UNREADABLE: Text("onleesbaar", "unreadable"),
    Outcome.NOT_CHECKED: Text("niet nagekeken", "not checked"),
}
_FAULTS: Final = frozenset({Outcome.MISSING, Outcome.CHANGED, Outcome.UNREADABLE})


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """One registration and what was found; `found_sha256` where other bytes were there."""

    estate: EstateId
    version: int
    title: str
    sha256: str
    outcome: Outcome
    place: str
    found_sha256: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The whole check: how many of each outcome, and every finding that is not "same"."""

    counts: dict[str, int]
    findings: tuple[DocumentFinding, ...]

    @property
    def faults(self) -> int:
        """How many are missing, changed or unreadable."""
        return sum(one.outcome in _FAULTS for one in self.findings)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing, changed or unreadable; some may be not checked."""
        return self.faults == 0


def check(
    store: EventStore, folder: DocumentFolder | None, estate: EstateId | None = None
) -> DocumentReport:
    """Read every document on record again, of one estate or of all of them.

    Without a folder only full paths on this machine are looked at. Findings are gone through one
    by one; only those that are not "same" are kept in memory.
    """
    counts: Counter[str] = Counter({outcome.value: 0 for outcome in Outcome})
    odd: list[DocumentFinding] = []
    for finding in findings(store, folder, estate):
        counts[finding.outcome.value] += 1
        if finding.outcome is not Outcome.SAME:
            odd.append(finding)
    return DocumentReport(dict(counts), tuple(odd))


def findings(
    store: EventStore, folder: DocumentFolder | None, estate: EstateId | None = None
) -> Iterator[DocumentFinding]:
    """The same, one registration after another."""
    for history in _histories(store, estate):
        for recorded in effective(history):
            if isinstance(recorded.event, DocumentRegistered):
                yield _finding(recorded, recorded.event, folder)


def _histories(store: EventStore, estate: EstateId | None) -> Iterator[Sequence[Recorded]]:
    if estate is not None:
        yield store.stream(estate)
        return
    every = store.estates()
    while some := tuple(islice(every, _ESTATES_AT_ONCE)):
        yield from store.streams(some).values()


def _finding(
    recorded: Recorded, event: DocumentRegistered, folder: DocumentFolder | None
) -> DocumentFinding:
    place, outcome, found, reason = _looked_at(event, folder)
    return DocumentFinding(
        estate=recorded.estate,
        version=recorded.version,
        title=event.title,
        sha256=event.sha256,
        outcome=outcome,
        place=place,
        found_sha256=found,
        reason=reason,
    )


def _looked_at(
    event: DocumentRegistered, folder: DocumentFolder | None
) -> tuple[str, Outcome, str | None, str | None]:
    kept = None if folder is None else folder.path_of(event.sha256)
    if kept is not None and (kept.is_symlink() or kept.exists()):
        return str(kept), *_compared(kept, event.sha256)
    if event.address is None:
        return ("" if kept is None else str(kept)), Outcome.MISSING, None, None
    path = local_path(event.address)
    if path is None or not path.is_file():
        return event.address, Outcome.NOT_CHECKED, None, None
    return event.address, *_compared(path, event.sha256)


def _compared(path: Path, sha256: str) -> tuple[Outcome, str | None, str | None]:
    try:
        found = measured(path).sha256
    except DocumentEmpty:
        found = _NOTHING
    except KvobError as error:
        return Outcome.UNREADABLE, None, error.message()
    return (Outcome.SAME, None, None) if found == sha256 else (Outcome.CHANGED, found, None)


def local_path(address: str) -> Path | None:
    """The full path on this machine that an address names; None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return Path(unquote(parts.path))
    return Path(address) if address.startswith("/") else None
