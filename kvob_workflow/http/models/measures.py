"""Who does what, and how far is it? The measures of the running plans."""

from __future__ import annotations

from datetime import date

from kvob_domain.estate.values import MeasureTag, Progress
from kvob_domain.parties import PartyRole
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.overview import PlanLine


class MeasureLine(Model):
    """One measure of an estate's plan, seen on one day.

    `overdue`: due before the day, and planned or started. `version` is that of the event that
    changed it last.
    """

    estate_id: str
    estate: str
    municipality: str
    measure: str
    text: str
    owner: str
    owner_role: PartyRole
    tag: MeasureTag | None
    progress: Progress
    due_on: date | None
    cycle: int
    overdue: bool
    version: int


class EstateMeasure(PlanLine):
    """One measure of the plan, with the goal that it serves and the event that changed it last."""

    estate_id: str
    goal_text: str | None
    changed_by: int
    version: int
