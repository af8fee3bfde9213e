"""Where is the evidence? Documents by hash: kept in a folder beside the store, or at an address.

`DocumentFolder` keeps them, `check` reads them all again. What is on record of a document is an
event (`kvob_domain.estate.events.documents`). Read next: `folder`, `checking`.
"""

from kvob_workflow.documents.checking import (
    DocumentFinding,
    DocumentReport,
    Outcome,
    check,
    findings,
    local_path,
)
from kvob_workflow.documents.errors import (
    DocumentChanging,
    DocumentEmpty,
    DocumentNotKept,
    DocumentNotRegular,
    DocumentsFolderUnknown,
    DocumentUnreadable,
)
from kvob_workflow.documents.folder import DocumentFolder, Incoming, Kept
from kvob_workflow.documents.media_types import media_type_of
from kvob_workflow.documents.places import folder_of
from kvob_workflow.documents.reading import PIECE, Measured, measured, opened

__all__ = [
    "PIECE",
    "DocumentChanging",
    "DocumentEmpty",
    "DocumentFinding",
    "DocumentFolder",
    "DocumentNotKept",
    "DocumentNotRegular",
    "DocumentReport",
    "DocumentUnreadable",
    "DocumentsFolderUnknown",
    "Incoming",
    "Kept",
    "Measured",
    "Outcome",
    "check",
    "findings",
    "folder_of",
    "local_path",
    "measured",
    "media_type_of",
    "opened",
]
