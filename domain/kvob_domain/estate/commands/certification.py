"""What may be asked from the covenant to the presentation of the certificate?"""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import EstateCommand, JointCommand
from kvob_domain.estate.values import FIRST_DAY, LAST_DAY, Agreement, AuditFinding, AuditOutcome
from kvob_domain.ids import PersonIdField, ShortIdField
from kvob_domain.parties import Signatory
from kvob_domain.words import Text


class SignCovenant(JointCommand):
    """Sign the covenant. Witnesses are kept apart from signatories."""

    TITLE: ClassVar[Text] = Text("Convenant ondertekenen", "Sign the covenant")
    command: Literal["sign_covenant"] = "sign_covenant"
    signatories: tuple[Signatory, ...] = Field(min_length=1)
    witnesses: tuple[Signatory, ...] = ()
    agreements: tuple[Agreement, ...] = ()


class RequestAudit(JointCommand):
    """Ask the certification body for the audit."""

    TITLE: ClassVar[Text] = Text("Audit aanvragen", "Request the audit")
    command: Literal["request_audit"] = "request_audit"
    body: str | None = Field(default=None, min_length=1, max_length=200)


class RecordAudit(JointCommand):
    """Record the audit: who audited, what was found, what is advised."""

    TITLE: ClassVar[Text] = Text("Audit vastleggen", "Record the audit")
    command: Literal["record_audit"] = "record_audit"
    auditor: PersonIdField
    outcome: AuditOutcome
    findings: tuple[AuditFinding, ...] = ()


class CloseFinding(EstateCommand):
    """Close a finding of the audit."""

    TITLE: ClassVar[Text] = Text("Tekortkoming afsluiten", "Close a finding")
    command: Literal["close_finding"] = "close_finding"
    finding: ShortIdField
    note: str | None = Field(default=None, max_length=1000)


class AwardCertificate(JointCommand):
    """Decide to award the certificate; in recertification, to renew it.

    `on` is the day of the decision. `level`, `valid_from` and `last_valid_day` (inclusive) are
    given only where the decision states them; otherwise the scheme computes them.
    """

    TITLE: ClassVar[Text] = Text("Toekennen", "Award the certificate")
    command: Literal["award_certificate"] = "award_certificate"
    level: str | None = Field(default=None, min_length=1, max_length=100)
    valid_from: date | None = Field(default=None, ge=FIRST_DAY, le=LAST_DAY)
    last_valid_day: date | None = Field(default=None, ge=FIRST_DAY, le=LAST_DAY)


class RefuseAward(JointCommand):
    """Decide not to award; the estate stays, with findings, and may be audited again."""

    TITLE: ClassVar[Text] = Text("Weigeren", "Refuse the award")
    command: Literal["refuse_award"] = "refuse_award"
    reason: str = Field(min_length=1, max_length=1000)
    findings: tuple[AuditFinding, ...] = ()


class PresentCertificate(JointCommand):
    """Record the ceremony, which is not the decision; `by` is a function such as mayor."""

    TITLE: ClassVar[Text] = Text("Uitreiken", "Present the certificate")
    command: Literal["present_certificate"] = "present_certificate"
    by: str | None = Field(default=None, max_length=200)


CertificationCommand = (
    SignCovenant
    | RequestAudit
    | RecordAudit
    | CloseFinding
    | AwardCertificate
    | RefuseAward
    | PresentCertificate
)
