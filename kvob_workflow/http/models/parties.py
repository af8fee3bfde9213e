"""Who takes part in an estate's trajectory?"""

from __future__ import annotations

from kvob_workflow.http.models.overview import PartyLine
from kvob_workflow.http.parts import PartOf


class EstateParties(PartOf[PartyLine]):
    """The partnership, with the process guide and the certification body, None where unnamed."""

    guide: str | None
    body: str | None
