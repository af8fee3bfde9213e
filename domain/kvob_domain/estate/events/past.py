"""What do sources state about the past?"""

from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.events.base import Event
from kvob_domain.estate.values import PastFact, Provenance
from kvob_domain.ids import EditionId
from kvob_domain.partial_date import PartialDate


class PastFactRecorded(Event):
    """A source states that this happened.

    `edition` is the one in force on the earliest day that the date can mean, `term_years` its
    validity; both are written down when the fact is recorded, so that a later change of scheme
    data never moves a past certificate.
    """

    TOPIC: ClassVar[str] = "kvob.estate:past-fact-recorded.v1"
    fact: PastFact
    edition: EditionId | None = None
    term_years: int | None = Field(default=None, ge=1, le=30)

    @property
    def occurred(self) -> PartialDate:
        """The day the source gives, as exactly as it does."""
        return self.fact.on


class ProvenanceAdded(Event):
    """Another source states a fact that was already there; `fact` is what it says in full."""

    TOPIC: ClassVar[str] = "kvob.estate:provenance-added.v1"
    fact: PastFact

    @property
    def occurred(self) -> PartialDate:
        """The day the source gives, as exactly as it does."""
        return self.fact.on


class RemarkRecorded(Event):
    """A source says something that moves nothing."""

    TOPIC: ClassVar[str] = "kvob.estate:remark-recorded.v1"
    subject: str
    on: PartialDate
    text: str
    provenance: Provenance

    @property
    def occurred(self) -> PartialDate:
        """The day the source gives, as exactly as it does."""
        return self.on


PastEvent = PastFactRecorded | ProvenanceAdded | RemarkRecorded
