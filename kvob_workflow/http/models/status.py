"""What is the shortest answer about an estate? Where it stands, in a few fields."""

from __future__ import annotations

from datetime import date

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_workflow.http.answers import Model


class EstateStatus(Model):
    """Where an estate stands on the day asked.

    `expires_on` is the first day no longer valid, `last_valid_day` the day before; both None where
    nobody knows. `next_due_on` is the first open deadline from that day on.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: EstateKind
    step: Step
    step_since: date | None
    status: Status
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    last_valid_day: date | None
    next_due_on: date | None
    next_due_kind: DeadlineKind | None
    version: int
