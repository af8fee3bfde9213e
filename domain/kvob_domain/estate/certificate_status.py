"""Is this certificate valid on that day? What a stranger with a printed certificate may know.

The answer holds names of organisations and places alone, nothing of a person. "Nobody knows" is
an answer of its own and never a no: an undated certificate is neither valid nor invalid, and on a
day between the earliest and the latest that a source can mean, both are possible.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kvob_domain.estate.certificates import (
    Certificate,
    EndBasis,
    StartBasis,
    certificate_on,
    status_of,
)
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.ids import CertificateId, EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day

MARK: Final = "KVO-B"
"""The mark that the certificate gives: Keurmerk Veilig Ondernemen Bedrijventerreinen."""


@dataclass(frozen=True, slots=True)
class CertificateStatus:
    """How a certificate stands `on` a civil day (Europe/Amsterdam), as known at an instant.

    `valid` is None where nobody knows. `certificate_id` stands on the printed certificate;
    `certificate_number` counts the estate's certificates, and moves when a source tells of an
    earlier one. Both are None where the estate holds none on the day. `valid_from` and
    `last_valid_day` are inclusive, the earliest and latest that the source can mean where
    `estimated`. `followed_by` is the certificate that has taken its place by that day.
    """

    certificate_id: str | None
    certificate_number: int | None
    mark: str
    estate_id: EstateId
    estate: str
    municipality: str
    kind: EstateKind
    on: date
    known_at: datetime
    status: Status
    valid: bool | None
    level: str | None
    level_derived: bool
    valid_from: date | None
    last_valid_day: date | None
    estimated: bool
    start_basis: StartBasis
    end_basis: EndBasis
    body: str | None
    followed_by: str | None


def certificate_status(
    estate: Estate, certificate: Certificate | None, day: date, known_at: datetime, book: SchemeBook
) -> CertificateStatus:
    """How a certificate of the estate stands on `day`; None for an estate that holds none then."""
    holder = certificate_on(estate.certificates, day)
    status = Status.NONE if certificate is None else status_of(certificate, holder, day)
    level, derived = _level(estate, certificate, book)
    end = certificate.expires_on if certificate else None
    return CertificateStatus(
        certificate_id=_id(estate, certificate),
        certificate_number=certificate.number if certificate else None,
        mark=MARK,
        estate_id=estate.id,
        estate=estate.name,
        municipality=estate.municipality,
        kind=estate.kind,
        on=day,
        known_at=known_at,
        status=status,
        valid=_is_valid(certificate, status, day),
        level=level,
        level_derived=derived,
        valid_from=certificate.valid_from if certificate else None,
        last_valid_day=last_valid_day(end) if end else None,
        estimated=certificate is not None and certificate.estimated,
        start_basis=certificate.start_basis if certificate else "unknown",
        end_basis=certificate.end_basis if certificate else "unknown",
        body=certificate.body if certificate else None,
        followed_by=_id(estate, holder) if _has_followed(certificate, holder, day) else None,
    )


def certificate_of(estate: Estate, version: int) -> Certificate | None:
    """The estate's certificate that the event of this version began."""
    return next((one for one in estate.certificates if one.version == version), None)


def _id(estate: Estate, certificate: Certificate | None) -> str | None:
    return None if certificate is None else str(CertificateId(estate.id, certificate.version))


def _level(
    estate: Estate, certificate: Certificate | None, book: SchemeBook
) -> tuple[str | None, bool]:
    names = level_names(estate.certificates, book)
    found = zip(estate.certificates, names, strict=True)
    return next((name for one, name in found if one is certificate), (None, False))


def _is_valid(certificate: Certificate | None, status: Status, day: date) -> bool | None:
    """Whether it is certainly valid (True), certainly not (False), or neither (None)."""
    if certificate is None:
        return False
    if status is Status.UNKNOWN:
        return None
    if status is not Status.VALID:
        return False
    begun, ends = certificate.valid_from_latest, certificate.expires_on_earliest
    if begun is None or ends is None:
        return None
    return True if begun <= day < ends else None


def _has_followed(certificate: Certificate | None, holder: Certificate | None, day: date) -> bool:
    if certificate is None or holder is None or holder is certificate:
        return False
    return certificate.valid_from is None or certificate.valid_from <= day
