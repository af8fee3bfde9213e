"""Which things have an identity? Random ids; the domain receives them, never makes them.

A certificate has none of its own: it is known by its estate and the version of the event that
began it. Its number would not do, since a source that tells of an earlier one moves all numbers.
"""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, NamedTuple, NewType

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
_CERTIFICATE = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,9})")

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


class CertificateId(NamedTuple):
    """Which certificate: that of an estate, begun by the event of this version."""

    estate: EstateId
    version: int

    def __str__(self) -> str:
        """As it stands on a printed certificate: `<32 hexadecimal digits>-<version>`."""
        return f"{self.estate}-{self.version}"


@dataclass(eq=False)
class CertificateIdMalformed(Invalid):
    """The id of a certificate is that of its estate, a hyphen and a number."""

    code: ClassVar[str] = "certificate-id-malformed"
    nl: ClassVar[str] = (
        "'{text}' is geen kenmerk van een certificaat (32 tekens 0-9 en a-f, een streepje, een "
        "getal). Neem het over zoals het op het certificaat of in het register staat."
    )
    en: ClassVar[str] = (
        "'{text}' is not the id of a certificate (32 characters 0-9 and a-f, a hyphen, a number). "
        "Copy it as it stands on the certificate or in the register."
    )
    text: str


def parse_certificate_id(text: str) -> CertificateId:
    """The id of a certificate in `text`.

    Raises:
        CertificateIdMalformed: it is none.
    """
    found = _CERTIFICATE.fullmatch(text)
    if found is None:
        raise CertificateIdMalformed(text[:200])
    return CertificateId(EstateId(found[1]), int(found[2]))
