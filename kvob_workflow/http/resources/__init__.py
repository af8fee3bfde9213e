"""Which resources are there? One file each; their order is that of the document."""

from typing import Final

from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.resources import documents, estates

ALL_ROUTES: Final[tuple[Routes, ...]] = (
    documents.ROUTES,
    estates.ROUTES,
)
