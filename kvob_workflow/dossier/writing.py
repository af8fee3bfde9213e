"""How is a dossier put together? Everything of one estate, in one file, the same bytes each time.

Nothing is asked of a clock: the standing is that of the day of the newest event, or of the day
that is named. Read next: `content` (what it tells), `evidence` (what it proves), `archive`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Protocol

from kvob_domain.estate.as_of import state_at
from kvob_domain.estate.evolve import fold
from kvob_domain.ids import EstateId
from kvob_domain.mandates import OutOfReach
from kvob_workflow.clock import civil_day
from kvob_workflow.documents import PIECE, opened
from kvob_workflow.dossier.archive import Archive
from kvob_workflow.dossier.content import (
    Content,
    Teller,
    certificates_of,
    days_of,
    exhibits_of,
    facts_of,
    irregularities_of,
    standing_of,
)
from kvob_workflow.dossier.errors import DossierTooWide, NothingToTell
from kvob_workflow.dossier.evidence import document_lines, documents_in, evidence_of
from kvob_workflow.dossier.page import page
from kvob_workflow.dossier.pdf import pdf
from kvob_workflow.dossier.proving import proof_of
from kvob_workflow.engine.overview import overview_of
from kvob_workflow.proofs.log import ProofLog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.estate.state import Estate
    from kvob_domain.scheme.book import SchemeBook
    from kvob_domain.words import Language
    from kvob_workflow.documents import DocumentFolder
    from kvob_workflow.dossier.evidence import Document, Evidence, Proofs
    from kvob_workflow.store import EventStore


@dataclass(frozen=True, slots=True)
class DossierQuery:
    """What is asked. `names` gives a person's name by id, None to keep the id."""

    estate: EstateId
    language: Language = "nl"
    day: date | None = None
    as_pdf: bool = False
    documents: DocumentFolder | None = None
    names: Callable[[str], str | None] | None = None


@dataclass(frozen=True, slots=True)
class DossierReport:
    """What was written: events, how many a signed head covers, documents, the manifest's hash."""

    events: int
    covered: int
    documents: int
    enclosed: int
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store knows: the estate's own stream first, then those of its groups."""

    state: Estate
    histories: tuple[Sequence[Recorded], ...]
    documents: tuple[Document, ...]
    evidence: Evidence


class Source(Protocol):
    """Where the events come from: an engine, or one under somebody's mandate."""

    @property
    def book(self) -> SchemeBook:
        """The scheme data."""
        ...

    def histories(self, estate: EstateId) -> Iterator[tuple[EstateId, list[Recorded]]]:
        """The events of one estate."""
        ...

    def proof_log(self) -> Proofs:
        """Their proofs."""
        ...


@dataclass(frozen=True, slots=True)
class _Stored:
    """A store itself."""

    store: EventStore
    book: SchemeBook

    def histories(self, estate: EstateId) -> Iterator[tuple[EstateId, list[Recorded]]]:
        return iter(((estate, list(self.store.stream(estate))),))

    def proof_log(self) -> Proofs:
        return ProofLog(self.store)


def write_dossier(
    store: EventStore, book: SchemeBook, query: DossierQuery, target: IO[bytes]
) -> DossierReport:
    """Write the dossier of an estate to a file that can be sought in.

    Raises:
        NothingToTell: the estate has no events.
        PdfNotInstalled: a PDF is asked without the extra `pdf`.
    """
    return dossier_from(_Stored(store, book), query, target)


def dossier_from(source: Source, query: DossierQuery, target: IO[bytes]) -> DossierReport:
    """Write the dossier that somebody may have: the same bytes, or none.

    Raises:
        ScopeMissing, OutOfReach: the mandate does not give its events, whole.
        DossierTooWide: nor those of a group that the estate is in.
        EstateNotFound, NothingToTell, PdfNotInstalled: as for `write_dossier`.
    """
    book = source.book
    known = _known(source, query.estate)
    content = _content(known, book, query)
    # Laid out before anything is written: a PDF may be impossible.
    readable = {"dossier.html": page(content)}
    if query.as_pdf:
        readable["dossier.pdf"] = pdf(content)
    with Archive(target) as archive:
        return _written(archive, known, readable, query.documents)


def _written(
    archive: Archive, known: _Known, readable: dict[str, bytes], folder: DocumentFolder | None
) -> DossierReport:
    archive.add("FORMAT.md", [_own("FORMAT.md")])
    archive.add("check.py", [_own("check.py")])
    if known.evidence.checkpoint is not None:
        archive.add("checkpoint.txt", [known.evidence.checkpoint.note.encode()])
    enclosed = _enclose(archive, known.documents, folder)
    archive.add("documents.jsonl", document_lines(known.documents))
    for name, contents in readable.items():
        archive.add(name, [contents])
    archive.add("events.jsonl", known.evidence.lines())
    return DossierReport(
        events=len(known.evidence.events),
        covered=known.evidence.covered,
        documents=len(known.documents),
        enclosed=enclosed,
        manifest_sha256=archive.add_manifest(),
    )


def _known(source: Source, estate: EstateId) -> _Known:
    ((_, history),) = source.histories(estate)
    if not history:
        raise NothingToTell(estate)
    state = fold(estate, history)
    groups = [EstateId(one) for one in sorted(state.groups)]
    try:
        evidence = evidence_of(source.proof_log(), [estate, *groups])
        histories = (history, *(one for group in groups for _, one in source.histories(group)))
    except OutOfReach as error:
        raise DossierTooWide(estate) from error
    return _Known(state, histories, documents_in(histories), evidence)


def _content(known: _Known, book: SchemeBook, query: DossierQuery) -> Content:
    history = known.histories[0]
    last = civil_day(max(recorded.at for recorded in history))
    day = query.day or last
    then = known.state if day >= last else state_at(query.estate, history, day)
    overview = overview_of(then, book, day, certificates=known.state.certificates)
    teller = Teller(query.language, query.names)
    groups = {
        EstateId(group): fold(EstateId(group), one).name
        for group, one in zip(sorted(known.state.groups), known.histories[1:], strict=True)
    }
    paragraphs, commands = proof_of(teller, known.evidence)
    return Content(
        language=query.language,
        day=day,
        name=known.state.name,
        place=known.state.municipality,
        facts=facts_of(teller, overview),
        standing=standing_of(teller, overview),
        certificates=certificates_of(teller, overview),
        days=days_of(teller, known.histories, groups),
        irregularities=irregularities_of(teller, overview),
        exhibits=exhibits_of(teller, known.documents),
        proof=paragraphs,
        commands=commands,
    )


def _enclose(archive: Archive, documents: Iterable[Document], folder: DocumentFolder | None) -> int:
    """The kept documents that still stand, each once; a damaged one is left out."""
    if folder is None:
        return 0
    hashes = sorted({one.event.sha256 for one in documents if one.stands})
    kept = [digest for digest in hashes if _is_sound(folder, digest)]
    for digest in kept:
        path = folder.path_of(digest)
        archive.add(f"documents/{digest}", _pieces(path), size=path.stat().st_size)
    return len(kept)


def _is_sound(folder: DocumentFolder, digest: str) -> bool:
    found = folder.found(digest)
    return found is not None and found.sha256 == digest


def _pieces(path: Path) -> Iterator[bytes]:
    with opened(path) as descriptor:
        while piece := os.read(descriptor, PIECE):
            yield piece


def _own(name: str) -> bytes:
    return files("kvob_workflow.dossier").joinpath(name).read_bytes()
