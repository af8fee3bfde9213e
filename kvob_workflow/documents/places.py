"""Which folder holds the documents of a store? The one that is named, or the one beside it."""

from __future__ import annotations

from pathlib import Path

from kvob_workflow.documents.errors import DocumentsFolderUnknown
from kvob_workflow.documents.folder import DocumentFolder
from kvob_workflow.store import parse_url


def folder_of(store: str, named: str | None = None) -> DocumentFolder:
    """The folder for the store at an address: `named`, or `kvob.documents` beside `kvob.db`.

    Raises:
        DocumentsFolderUnknown: the store is in memory and no folder is named.
        StoreUrlInvalid: the address is malformed.
    """
    if named is not None:
        return DocumentFolder(Path(named).absolute())
    path = parse_url(store)
    if path is None:
        raise DocumentsFolderUnknown
    return DocumentFolder(path.with_suffix(".documents"))
