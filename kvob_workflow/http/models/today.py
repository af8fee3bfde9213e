"""What is on the first screens? Today's work, and the board by step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from pydantic import BaseModel

from kvob_domain.actor import Role
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import AuditOutcome
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.estates import EstateLine
from kvob_workflow.http.models.words import Words

Row = TypeVar("Row", bound=BaseModel)


class FirstOf(Model, Generic[Row]):
    """The first rows of a list. `total` is exact where it says so; else the list is longer."""

    items: tuple[Row, ...]
    total: int
    total_is_exact: bool


class TodayLine(Model):
    """An estate that asks for attention; `action` is the next command that its step has."""

    estate_id: str
    estate: str
    municipality: str
    step: Step
    action: str | None


class ExpiringLine(TodayLine):
    """A certificate that ends: `expires_on` is the first day no longer valid."""

    status: Status
    expires_on: date


class OpenRequirementLine(Model):
    """Something that is missing, and the party that owes it."""

    code: RequirementCode
    owed_by: str


class AuditLine(TodayLine):
    """An estate near the award: what is missing, and how far its audit is."""

    step_since: date | None
    missing: tuple[OpenRequirementLine, ...]
    audit_requested_on: date | None
    audit_on: date | None
    audit: AuditOutcome | None
    open_findings: int


class SurveyLine(TodayLine):
    """A survey with too little response, or none yet: then `on` to `short` are null.

    `percent` and `threshold` are in percent; `short` more answers reach the threshold, which
    `holder` (an edition or policy) sets.
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


class OverdueMeasureLine(Model):
    """A measure that is overdue."""

    estate_id: str
    estate: str
    municipality: str
    step: Step
    measure: str
    text: str
    due_on: date
    action: str


class OwnerLine(Model):
    """An owner with overdue measures; `items` are the few that are late the longest."""

    owner: str
    owner_role: PartyRole
    measures: int
    estates: int
    oldest_due_on: date
    items: tuple[OverdueMeasureLine, ...]


class ApprovalLine(TodayLine):
    """A proposal that waits for a second person; `is_own`: who asks made it."""

    proposal: str
    command: str
    title: Words
    since: date
    proposer: str
    organisation: str | None
    role: str
    is_own: bool


class DueCountLine(Model):
    """How many deadlines are due from the day until `until`, `days` later, both inclusive."""

    days: int
    until: date
    total: int
    total_is_exact: bool


class DueCountsLine(Model):
    """Deadlines that have passed and can still be met, and those that come."""

    overdue: int
    overdue_is_exact: bool
    ahead: tuple[DueCountLine, ...]


class TodayAnswer(Model):
    """What there is to do; a section that was not asked, or is not of the role, is null.

    `months` is how far ahead and back certificates were looked for.
    """

    day: date
    months: int | None
    role: Role | None
    expiring: FirstOf[ExpiringLine] | None
    not_renewed: FirstOf[ExpiringLine] | None
    audit_gaps: FirstOf[AuditLine] | None
    decisions: FirstOf[AuditLine] | None
    surveys: FirstOf[SurveyLine] | None
    measures: FirstOf[OwnerLine] | None
    approvals: FirstOf[ApprovalLine] | None
    deadlines: DueCountsLine | None


class BoardColumnLine(Model):
    """A step: how many estates stand there, and the first of them."""

    step: Step
    total: int
    total_is_exact: bool
    items: tuple[EstateLine, ...]


class BoardAnswer(Model):
    """The board, a column for each step."""

    columns: tuple[BoardColumnLine, ...]


class TallyLine(Model):
    """How many estates have a code."""

    code: str
    total: int
    total_is_exact: bool


class BoardCountsAnswer(Model):
    """How many estates there are, by step and by status."""

    steps: tuple[TallyLine, ...]
    statuses: tuple[TallyLine, ...]
