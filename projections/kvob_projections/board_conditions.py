"""Which estates does a question of the board ask for? Each filter as a condition in SQL.

The filters themselves are those of `board.BoardQuery`; `kvob_workflow.board_index.picking`
compares columns by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.deadlines import NOT_MOOT
from kvob_projections.estates import choice, containing, estate_conditions, lowered
from kvob_projections.standing import STATUS

if TYPE_CHECKING:
    from kvob_projections.board import BoardQuery
    from kvob_projections.statement import Conditions

# The next deadline falls before a day where any does: read once, not estate by estate.
_DUE_BEFORE: Final = (
    "b.estate_id IN (SELECT d.estate_id FROM view_deadlines d"
    " WHERE d.due_on >= :day AND d.due_on < :due_before)"
)
_IS_PAST: Final = f"d.due_on < :day AND {NOT_MOOT}"
_OVERDUE: Final = f"b.estate_id IN (SELECT d.estate_id FROM view_deadlines d WHERE {_IS_PAST})"
HAS_OVERDUE: Final = (
    "CASE WHEN EXISTS (SELECT 1 FROM view_deadlines d"
    f" WHERE d.estate_id = b.estate_id AND {_IS_PAST}) THEN 1 ELSE 0 END"
)
"""Whether a deadline of the estate `b` is overdue, as 1 or 0; for one estate after the other."""


def board_conditions(query: BoardQuery) -> Conditions:
    """What a row of the board must meet.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    conditions = estate_conditions(query)
    if query.step is not None:
        conditions.add("b.step = :step", step=choice("step", query.step, Step))
    if query.status is not None:
        conditions.add(f"{STATUS} = :status", status=choice("status", query.status, Status))
    if query.level is not None:
        conditions.add("LOWER(r.level) = :level", level=lowered("level", query.level))
    if query.missing is not None:
        code = choice("missing", query.missing, RequirementCode)
        conditions.add("b.missing LIKE :missing ESCAPE '!'", missing=containing(f'"{code}"'))
    if query.approvals:
        conditions.add("b.approvals > 0")
    _add_days(query, conditions)
    return conditions


def _add_days(query: BoardQuery, conditions: Conditions) -> None:
    if query.due_before is not None:
        conditions.add(_DUE_BEFORE, due_before=query.due_before.isoformat())
    if query.overdue:
        conditions.add(_OVERDUE)
    if query.expires_from is not None:
        conditions.add("r.expires_on >= :expires_from", expires_from=query.expires_from.isoformat())
    if query.expires_before is not None:
        before = query.expires_before.isoformat()
        conditions.add("r.expires_on < :expires_before", expires_before=before)
