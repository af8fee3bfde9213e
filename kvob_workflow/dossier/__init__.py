"""What does a stranger get who asks for the history of an estate? One file, to read and to check.

`write_dossier` writes it. Read next: `writing` (how it is put together), `FORMAT.md` (its form),
`check.py` (the checker that goes along and imports nothing of ours).
"""

from kvob_workflow.dossier.errors import DossierTooWide, NothingToTell, PdfNotInstalled
from kvob_workflow.dossier.writing import DossierQuery, DossierReport, dossier_from, write_dossier

__all__ = [
    "DossierQuery",
    "DossierReport",
    "DossierTooWide",
    "NothingToTell",
    "PdfNotInstalled",
    "dossier_from",
    "write_dossier",
]
