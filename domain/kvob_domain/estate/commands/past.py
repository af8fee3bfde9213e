"""What may be asked about what happened before, or elsewhere?"""

from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import Ask
from kvob_domain.estate.values import PastFact, Provenance
from kvob_domain.ids import EstateIdField
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Text


class RecordPastFact(Ask):
    """Record what a source states about the past; the lifecycle never refuses it."""

    TITLE: ClassVar[Text] = Text("Feit uit het verleden vastleggen", "Record a past fact")
    command: Literal["record_past_fact"] = "record_past_fact"
    estate: EstateIdField
    fact: PastFact


class RecordRemark(Ask):
    """Keep something a source says that moves nothing."""

    TITLE: ClassVar[Text] = Text("Opmerking vastleggen", "Record a remark")
    command: Literal["record_remark"] = "record_remark"
    estate: EstateIdField
    subject: str = Field(min_length=1, max_length=100)
    on: PartialDate
    text: str = Field(max_length=8000)
    provenance: Provenance


PastCommand = RecordPastFact | RecordRemark
