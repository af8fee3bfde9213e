"""What does the first screen list? A row for each section of today's work."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kvob_domain.actor import Role
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text
from kvob_projections.due_counts import DueCounts
from kvob_projections.overdue_owners import OwnerRow
from kvob_projections.paging import Page


@dataclass(frozen=True, slots=True)
class TodayRow:
    """An estate that asks for attention; `action` is the next command that its step has, or None.

    The rules may still ask for evidence before they take the command.
    """

    estate_id: str
    estate: str
    municipality: str
    step: Step
    action: str | None


@dataclass(frozen=True, slots=True)
class ExpiringRow(TodayRow):
    """A certificate that ends: `expires_on` is the first day no longer valid."""

    status: Status
    expires_on: date


@dataclass(frozen=True, slots=True)
class OpenRequirement:
    """Something that is missing, and the party that owes it."""

    code: RequirementCode
    owed_by: str


@dataclass(frozen=True, slots=True)
class AuditRow(TodayRow):
    """An estate near the award; `step_since` is the earliest day it can have entered the step.

    `audit` is the outcome of the last audit of the cycle, None where there was none.
    """

    step_since: date | None
    missing: tuple[OpenRequirement, ...]
    audit_requested_on: date | None
    audit_on: date | None
    audit: str | None
    open_findings: int


@dataclass(frozen=True, slots=True)
class SurveyRow(TodayRow):
    """A survey that has too little response, or none on record: then `on` to `percent` are None.

    `threshold` in percent, as `holder` (an edition or policy) says; `short` more answers reach it.
    """

    step_since: date | None
    on: date | None
    sent: int | None
    returned: int | None
    percent: Decimal | None
    short: int | None
    threshold: Decimal | None
    holder: str
    source: str


@dataclass(frozen=True, slots=True)
class ApprovalRow(TodayRow):
    """A proposal that waits since a day: `command` is its name, `title` what screens call it.

    `is_own`: who asks proposed it himself, and so cannot be the second person.
    """

    proposal: str
    command: str
    title: Text
    since: date
    proposer: PersonId
    organisation: str | None
    role: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class TodayWork:
    """What there is to do on a day; a section that was not asked, or is not of the role, is None.

    `months` is how far ahead and back certificates were looked for; None where no policy says it,
    and then there are no sections of certificates.
    """

    day: date
    months: int | None
    role: Role | None
    expiring: Page[ExpiringRow] | None = None
    not_renewed: Page[ExpiringRow] | None = None
    audit_gaps: Page[AuditRow] | None = None
    decisions: Page[AuditRow] | None = None
    surveys: Page[SurveyRow] | None = None
    measures: Page[OwnerRow] | None = None
    approvals: Page[ApprovalRow] | None = None
    deadlines: DueCounts | None = None
