"""Why is there no dossier? (families: `kvob_domain.errors`)

KvobError
├── Forbidden:   DossierTooWide
├── NotFound:    NothingToTell
└── Unavailable: PdfNotInstalled
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Forbidden, NotFound, Unavailable


@dataclass(eq=False)
class NothingToTell(NotFound):
    """The estate has no events."""

    code: ClassVar[str] = "nothing-to-tell"
    nl: ClassVar[str] = "Van terrein {estate} is niets vastgelegd. Zoek het op met 'kvob board'."
    en: ClassVar[str] = "Nothing is on record of estate {estate}. Look it up with 'kvob board'."
    estate: str


@dataclass(eq=False)
class DossierTooWide(Forbidden):
    """The dossier holds the events of a group that whoever asks may not see."""

    code: ClassVar[str] = "dossier-too-wide"
    nl: ClassVar[str] = (
        "Terrein {estate} hoort bij een groep die niet onder uw organisatie of regio valt, en het "
        "dossier bevat ook wat er van die groep is vastgelegd. Vraag het aan wie beide mag zien."
    )
    en: ClassVar[str] = (
        "Estate {estate} is in a group that is not within your organisation or region, and the "
        "dossier holds what is on record of that group too. Ask whoever may see both."
    )
    estate: str


@dataclass(eq=False)
class PdfNotInstalled(Unavailable):
    """PDF needs one more package."""

    code: ClassVar[str] = "pdf-not-installed"
    nl: ClassVar[str] = (
        "Een dossier als PDF vraagt een extra: pip install 'kvob_workflow[pdf]'. "
        "Zonder --pdf gaat het ook: dossier.html is goed af te drukken."
    )
    en: ClassVar[str] = (
        "A dossier as PDF takes an extra: pip install 'kvob_workflow[pdf]'. "
        "It works without --pdf too: dossier.html prints well."
    )
