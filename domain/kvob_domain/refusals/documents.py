"""Why can a document not be put on record?"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Rejected


@dataclass(eq=False)
class DocumentOnRecord(Rejected):
    """The same bytes are on record for the same subject."""

    code: ClassVar[str] = "document-on-record"
    nl: ClassVar[str] = (
        "Dit bestand staat al in het dossier als '{title}' (gebeurtenis {version}, SHA-256 "
        "{sha256}). Er is niets te doen; bewijst het nog iets anders, noem dat dan met --about "
        "of --requirement."
    )
    en: ClassVar[str] = (
        "This file is on record already as '{title}' (event {version}, SHA-256 {sha256}). "
        "There is nothing to do; if it proves something else as well, say so with --about or "
        "--requirement."
    )
    title: str
    version: int
    sha256: str


@dataclass(eq=False)
class EventUnknown(Rejected):
    """The event that a document is about has not been recorded."""

    code: ClassVar[str] = "event-unknown"
    nl: ClassVar[str] = (
        "Gebeurtenis {about} bestaat niet; de laatste is {last}. Zoek het nummer op met "
        "'kvob history TERREIN --json' (version)."
    )
    en: ClassVar[str] = (
        "Event {about} does not exist; the last one is {last}. Look the number up with "
        "'kvob history ESTATE --json' (version)."
    )
    about: int
    last: int
