"""What does the list of estates tell of each? The row of the board."""

from __future__ import annotations

from datetime import date

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_workflow.http.answers import Model


class EstateLine(Model):
    """One estate on the board, on one day.

    `step_since` is the earliest day it can have entered the step. `status` to `estimated` are
    those of the certificate held on the day; `expires_on` is the first day no longer valid.
    `measures_total` counts all lines of the plan, dropped ones too. `positive_advice`: the last
    audit since the award was positive, and no award has followed. `approvals` counts what waits
    for a second person. `version` is that of the newest event.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: EstateKind
    step: Step
    step_since: date | None
    cycle: int
    edition: str | None
    status: Status
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    estimated: bool
    missing: tuple[RequirementCode, ...]
    next_due_on: date | None
    next_due_kind: DeadlineKind | None
    measures_done: int
    measures_total: int
    positive_advice: bool
    irregularities: tuple[IrregularityKind, ...]
    approvals: int
    version: int
