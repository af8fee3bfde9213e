"""What falls due, and why? The deadlines of one estate, and the diary of many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.explained import explained
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.overview import DeadlineLine
from kvob_workflow.http.models.words import Words

if TYPE_CHECKING:
    from kvob_domain.estate.deadlines import Deadline


class ExplainedDeadline(DeadlineLine):
    """A deadline with its name, and a sentence that says how its day was counted."""

    name: Words
    explanation: Words


class DueLine(Model):
    """One open deadline of an estate, seen on one day.

    `overdue`: due before the day and not moot. `anchor_on` is the day it is counted from,
    `anchor_version` the event that gave it, `rule` the scheme value, `holder` the edition or
    policy that says so, `source` where that is written. `notice`: pending, given, or silent, which
    is what was due before it became known.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: DeadlineKind
    ordinal: int
    due_on: date
    moot_on: date | None
    overdue: bool
    anchor_on: date
    anchor_version: int
    rule: str
    holder: str
    source: str
    estimated: bool
    level: str | None
    edition: str | None
    computed_on: date
    reason: str
    notice: Literal["pending", "given", "silent"]


def explained_deadline(deadline: Deadline) -> ExplainedDeadline:
    """A deadline with the sentence that explains it."""
    why = explained(
        deadline.kind,
        deadline.rule,
        deadline.anchor_on,
        deadline.computed_on,
        deadline.due_on,
        deadline.estimated,
        deadline.reason,
        deadline.holder,
    )
    return ExplainedDeadline(
        **dict(DeadlineLine.model_validate(deadline)),
        name=Words.model_validate(deadline.kind.words),
        explanation=Words.model_validate(why),
    )
