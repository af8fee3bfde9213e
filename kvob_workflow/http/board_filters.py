"""Which filters do the lists and the columns of the board take? As one query, in each resource."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import BoardQuery
from kvob_projections.estates import LONGEST
from kvob_workflow.http.parameters import Groups, KnownAt, Municipality, On, Text

Level = Annotated[str | None, Query(max_length=LONGEST, description="The level held on the day.")]
DueBefore = Annotated[
    date | None,
    Query(alias="dueBefore", description="The next deadline falls before this day."),
]
MissingCode = Annotated[RequirementCode | None, Query(description="This requirement is open.")]
Overdue = Annotated[
    bool,
    Query(description="Something was due before the day asked and is still owed."),
]
ExpiresFrom = Annotated[
    date | None,
    Query(
        alias="expiresFrom",
        description="The certificate held on the day expires on this day or later.",
    ),
]
ExpiresBefore = Annotated[
    date | None,
    Query(
        alias="expiresBefore",
        description="The certificate held on the day expires before this day.",
    ),
]
Approvals = Annotated[bool, Query(description="An act waits for a second person.")]


def _filters(
    on: On = None,
    known_at: KnownAt = None,
    text: Text = None,
    municipality: Municipality = None,
    groups: Groups = False,
    step: Step | None = None,
    status: Status | None = None,
    level: Level = None,
    missing: MissingCode = None,
    due_before: DueBefore = None,
    overdue: Overdue = False,
    expires_from: ExpiresFrom = None,
    expires_before: ExpiresBefore = None,
    approvals: Approvals = False,
) -> BoardQuery:
    return BoardQuery(
        day=on,
        known_at=known_at,
        text=text,
        municipality=municipality,
        groups=groups,
        step=step,
        status=status,
        level=level,
        missing=missing,
        due_before=due_before,
        overdue=overdue,
        expires_from=expires_from,
        expires_before=expires_before,
        approvals=approvals,
    )


BoardFilters = Annotated[BoardQuery, Depends(_filters)]
"""A parameter of a handler: which estates are asked for, on which day."""
