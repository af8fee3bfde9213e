"""Which things have an identity? Random ids; the domain receives them, never makes them."""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, NewType

from pydantic import StringConstraints

from kvob_domain.errors import Invalid

EstateId = NewType("EstateId", str)
PersonId = NewType("PersonId", str)
EditionId = NewType("EditionId", str)
CommandId = NewType("CommandId", str)
MeasureId = NewType("MeasureId", str)
FindingId = NewType("FindingId", str)
ProposalId = NewType("ProposalId", str)

_ESTATE = re.compile(r"[0-9a-f]{32}")

EstateIdField = Annotated[EstateId, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
# No at sign and no space: an id made from an e-mail address or a name could not be erased.
_SHORT = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"
# In lower case: two spellings of one id must not pass for two persons.
PersonIdField = Annotated[PersonId, StringConstraints(pattern=_SHORT, to_lower=True)]
ShortIdField = Annotated[str, StringConstraints(pattern=_SHORT)]


@dataclass(eq=False)
class EstateIdMalformed(Invalid):
    """An estate id is 32 lower-case hexadecimal digits."""

    code: ClassVar[str] = "estate-id-malformed"
    nl: ClassVar[str] = (
        "'{text}' is geen kenmerk van een terrein (32 tekens 0-9 en a-f). "
        "Zoek het op met 'kvob board'."
    )
    en: ClassVar[str] = (
        "'{text}' is not an estate id (32 characters 0-9 and a-f). Look it up with 'kvob board'."
    )
    text: str


def parse_estate_id(text: str) -> EstateId:
    """The estate id in `text`.

    Raises:
        EstateIdMalformed: when it is not 32 lower-case hexadecimal digits.
    """
    if not _ESTATE.fullmatch(text):
        raise EstateIdMalformed(text)
    return EstateId(text)
