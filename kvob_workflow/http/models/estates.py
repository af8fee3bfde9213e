"""What does the list of estates tell of each? The row of the board."""

from __future__ import annotations

from datetime import date

from kvob_workflow.http.answers import Model


class EstateLine(Model):
    """One estate, on one day; see `BoardRow`."""

    estate_id: str
    estate: str
    municipality: str
    kind: str
    step: str
    step_since: date | None
    cycle: int
    edition: str | None
    status: str
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    estimated: bool
    missing: tuple[str, ...]
    next_due_on: date | None
    next_due_kind: str | None
    measures_done: int
    measures_total: int
    positive_advice: bool
    irregularities: tuple[str, ...]
    approvals: int
    version: int
