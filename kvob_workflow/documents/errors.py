"""Why can a document not be read or kept? One class per cause, each saying what to do next.

KvobError (kvob_domain.errors)
├── Invalid
│   ├── DocumentUnreadable      the file is not there, or may not be read
│   ├── DocumentNotRegular      it is a folder, a link, a device
│   ├── DocumentEmpty           it has no content, so it proves nothing
│   └── DocumentsFolderUnknown  no folder is named, and there is no store to put one beside
├── Conflict
│   └── DocumentChanging        somebody wrote to the file while it was read
└── Unavailable
    └── DocumentNotKept         the folder cannot be written to; nothing is half-written
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, Unavailable


@dataclass(eq=False)
class DocumentUnreadable(Invalid):
    """The system does not let the file be read; `reason` is in its words."""

    code: ClassVar[str] = "document-unreadable"
    nl: ClassVar[str] = (
        "{file} is niet te lezen ({reason}). Noem een bestand dat er is en dat deze gebruiker mag "
        "lezen."
    )
    en: ClassVar[str] = (
        "{file} cannot be read ({reason}). Name a file that is there and that this user may read."
    )
    file: str
    reason: str


@dataclass(eq=False)
class DocumentNotRegular(Invalid):
    """Only a regular file has bytes that can be hashed once and for all."""

    code: ClassVar[str] = "document-not-regular"
    nl: ClassVar[str] = (
        "{file} is geen gewoon bestand maar een map, koppeling of apparaat. Noem het bestand zelf; "
        "pak een map eerst in."
    )
    en: ClassVar[str] = (
        "{file} is no regular file but a folder, link or device. Name the file itself; pack a "
        "folder first."
    )
    file: str


@dataclass(eq=False)
class DocumentEmpty(Invalid):
    """A file without content proves nothing."""

    code: ClassVar[str] = "document-empty"
    nl: ClassVar[str] = "{file} is leeg. Controleer of het de goede versie is."
    en: ClassVar[str] = "{file} is empty. Check whether it is the right version."
    file: str


@dataclass(eq=False)
class DocumentsFolderUnknown(Invalid):
    """A store in memory has no place beside it."""

    code: ClassVar[str] = "documents-folder-unknown"
    nl: ClassVar[str] = (
        "Er is geen map voor bewijsstukken. Noem er een met KVOB_DOCUMENTS, of gebruik een opslag "
        "in een bestand."
    )
    en: ClassVar[str] = (
        "There is no folder for documents. Name one with KVOB_DOCUMENTS, or use a store in a file."
    )


@dataclass(eq=False)
class DocumentChanging(Conflict):
    """The file was written to while it was read, so its hash would be of neither version."""

    code: ClassVar[str] = "document-changing"
    nl: ClassVar[str] = (
        "{file} werd gewijzigd terwijl het gelezen werd. Wacht tot het af is en herhaal de "
        "opdracht."
    )
    en: ClassVar[str] = (
        "{file} was changed while it was read. Wait until it is finished and repeat the command."
    )
    file: str


@dataclass(eq=False)
class DocumentNotKept(Unavailable):
    """The folder of documents cannot be written to; nothing was left in it."""

    code: ClassVar[str] = "document-not-kept"
    nl: ClassVar[str] = (
        "Het bewijsstuk kan niet in {folder} worden bewaard ({reason}). Er is niets geschreven. "
        "Maak ruimte of geef toegang, en herhaal de opdracht."
    )
    en: ClassVar[str] = (
        "The document cannot be kept in {folder} ({reason}). Nothing was written. "
        "Make room or give access, and repeat the command."
    )
    folder: str
    reason: str
