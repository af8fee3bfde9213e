"""When does something fall due, how was that day computed, and can it be moved?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.estate.deadline_kinds import BINDING, PLANNED, WAIVABLE, DeadlineKind
from kvob_domain.estate.deadlines.explained import explained
from kvob_workflow.web.one_estate.actions import form_of
from kvob_workflow.web.one_estate.plainly import plainly
from kvob_workflow.web.one_estate.told import event_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_domain.estate.deadlines import Deadline
    from kvob_domain.words import Language
    from kvob_projections.deadlines import DueRow
    from kvob_workflow.web.asking import Ask


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline with its explanation.

    `is_over`: nothing can be done about it any more, or it was to remind and its day has come.
    `anchor` leads to the event that it is counted from; the other links are None where it cannot
    be moved so, or not by who looks.
    """

    deadline: Deadline
    why: str
    is_over: bool
    anchor: str | None
    replan: str | None
    extend: str | None
    waive: str | None


def how_computed(one: Deadline | DueRow, language: Language) -> str:
    """Counted from which day, by which rule, and moved why: a sentence without its full stop."""
    why = explained(
        DeadlineKind(one.kind),
        one.rule,
        one.anchor_on,
        one.computed_on,
        one.due_on,
        one.estimated,
        " ".join(one.reason.split()),
        one.holder,
    )
    return plainly(why.of(language), language)


def due_of(ask: Ask, found: Iterable[Deadline]) -> tuple[Due, ...]:
    """The deadlines in order of their day."""
    return tuple(_due(ask, one) for one in found)


def _due(ask: Ask, one: Deadline) -> Due:
    named: dict[str, object] = {"kind": one.kind, "ordinal": one.ordinal}
    is_moot = one.moot_on is not None and one.moot_on <= ask.day
    is_over = is_moot or (one.kind is DeadlineKind.REMINDER and one.due_on <= ask.day)
    return Due(
        one,
        how_computed(one, ask.language),
        is_over,
        event_link(ask, one.anchor_version),
        form_of(ask, "replan_deadline", **named) if one.kind in PLANNED else None,
        form_of(ask, "extend_deadline", **named) if one.kind in BINDING else None,
        form_of(ask, "waive_deadline", **named) if one.kind in WAIVABLE else None,
    )
