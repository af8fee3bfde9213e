"""What has happened between the covenant and the presentation?"""

from datetime import date
from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.values import Agreement, AuditFinding, AuditOutcome
from kvob_domain.ids import EditionId, PersonIdField
from kvob_domain.parties import Signatory


class CovenantSigned(DatedEvent):
    """The covenant was signed."""

    TOPIC: ClassVar[str] = "kvob.estate:covenant-signed.v1"
    signatories: tuple[Signatory, ...]
    witnesses: tuple[Signatory, ...] = ()
    agreements: tuple[Agreement, ...] = ()


class AuditRequested(DatedEvent):
    """The audit was asked for."""

    TOPIC: ClassVar[str] = "kvob.estate:audit-requested.v1"
    body: str | None = None


class AuditRecorded(DatedEvent):
    """The audit was held."""

    TOPIC: ClassVar[str] = "kvob.estate:audit-recorded.v1"
    auditor: PersonIdField
    outcome: AuditOutcome
    findings: tuple[AuditFinding, ...] = ()


class FindingClosed(DatedEvent):
    """A finding of the audit was closed."""

    TOPIC: ClassVar[str] = "kvob.estate:finding-closed.v1"
    finding: str
    note: str | None = None


class CertificateAwarded(DatedEvent):
    """The certificate was awarded or renewed; `on` is the day of the decision.

    `valid_from` is inclusive, `expires_on` is the first day no longer valid. `gap_days` counts
    the days without a valid certificate before a late renewal.
    """

    TOPIC: ClassVar[str] = "kvob.estate:certificate-awarded.v1"
    edition: EditionId | None = None
    level: str | None = None
    level_derived: bool
    valid_from: date
    valid_from_stated: bool
    expires_on: date
    expires_on_stated: bool
    renewal: bool
    gap_days: int = Field(default=0, ge=0, le=110_000)
    body: str | None = None


class AwardRefused(DatedEvent):
    """The award was refused."""

    TOPIC: ClassVar[str] = "kvob.estate:award-refused.v1"
    reason: str
    findings: tuple[AuditFinding, ...] = ()


class CertificatePresented(DatedEvent):
    """The certificate was handed over in a ceremony."""

    TOPIC: ClassVar[str] = "kvob.estate:certificate-presented.v1"
    by: str | None = None


CertificationEvent = (
    CovenantSigned
    | AuditRequested
    | AuditRecorded
    | FindingClosed
    | CertificateAwarded
    | AwardRefused
    | CertificatePresented
)
