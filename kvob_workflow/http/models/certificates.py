"""What did an estate hold, and on what does each of its days rest?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kvob_domain.lifecycle.certificate import Status
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.overview import CertificateLine

if TYPE_CHECKING:
    from kvob_domain.estate.certificates import Certificate


class StandingLine(Model):
    """From this day on the certificate had this status, by a decision."""

    day: date
    status: Status


class EstateCertificate(CertificateLine):
    """One certificate in full.

    `decided_on` is the earliest day on which the award can have been decided, `decided_latest` the
    latest; `valid_from_latest` and `expires_on_earliest` are the other ends of what is possible.
    `from_source`: a source tells it, it was not decided here. `awarded_by` is the version of the
    event that began it; `changes` are suspensions, restorations and the withdrawal.
    """

    estate_id: str
    version: int
    edition: str | None
    body: str | None
    renewal: bool
    from_source: bool
    decided_on: date | None
    decided_latest: date | None
    valid_from_latest: date | None
    expires_on_earliest: date | None
    awarded_by: int
    changes: tuple[StandingLine, ...]


def certificate_in_full(
    line: CertificateLine, certificate: Certificate, estate: tuple[str, int]
) -> EstateCertificate:
    """A certificate in full, of an estate by its id and version."""
    estate_id, version = estate
    return EstateCertificate(
        **dict(line),
        estate_id=estate_id,
        version=version,
        edition=certificate.edition,
        body=certificate.body,
        renewal=certificate.renewal,
        from_source=certificate.from_source,
        decided_on=certificate.decided_on,
        decided_latest=certificate.decided_latest,
        valid_from_latest=certificate.valid_from_latest,
        expires_on_earliest=certificate.expires_on_earliest,
        awarded_by=certificate.version,
        changes=tuple(StandingLine(day=day, status=status) for day, status in certificate.standing),
    )
