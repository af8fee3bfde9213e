"""Where does every estate stand? The board: a column for each step, what presses in front."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.mandates import Scope
from kvob_workflow.web.boxed import FEW, boxed
from kvob_workflow.web.query_box import text_of
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import Response

    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_projections.board_steps import BoardColumn
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("board")
CARDS: Final = 10
"""Cards of a step; the list has the others."""
NARROW_CARDS: Final = 3
"""Cards of a step on a small screen; `lists.css` hides the others."""
FOLDED_CARDS: Final = 5
"""Cards of a step in which no trajectory runs."""


@dataclass(frozen=True, slots=True)
class Card:
    """An estate in its column."""

    row: BoardRow
    is_late: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A step: all and the late of its estates as numbers, the first as cards, the list of all."""

    step: Step
    total: int
    total_is_exact: bool
    late: int
    late_is_exact: bool
    cards: tuple[Card, ...]
    box: str
    late_box: str

    @property
    def is_idle(self) -> bool:
        """Whether no trajectory runs in it."""
        return self.step in IDLE_STEPS


@SCREENS.get("/board", scope=Scope.ESTATES_READ)
def board(ask: Ask) -> Response:
    """The steps with their first estates: those that are late, then those that are due first."""
    box = boxed(ask)
    columns = ask.desk.board_columns(box.query, CARDS)
    late = columns if box.query.overdue else _late(ask, box.query, columns)
    by_step = {one.step: one for one in late}
    found = [_column(ask, box.query, one, by_step.get(one.step)) for one in columns]
    return page(
        ask,
        "board.html",
        box=box,
        running=[one for one in found if not one.is_idle],
        idle=[one for one in found if one.is_idle and one.total],
        knows_late=box.query.overdue or bool(late),
        total=sum(one.total for one in columns),
        total_is_exact=all(one.total_is_exact for one in columns),
        few=NARROW_CARDS,
        has_one_step=box.query.step is not None,
    )


def _late(ask: Ask, query: BoardQuery, columns: Iterable[BoardColumn]) -> tuple[BoardColumn, ...]:
    """What is late, by step; nothing of more estates than can be looked at one by one."""
    if not 0 < sum(one.total for one in columns) <= FEW:
        return ()
    return ask.desk.board_columns(replace(query, overdue=True), CARDS)


def _column(ask: Ask, query: BoardQuery, all_of: BoardColumn, late: BoardColumn | None) -> Column:
    most = FOLDED_CARDS if all_of.step in IDLE_STEPS else CARDS
    of_step = replace(query, step=all_of.step)
    first = {} if late is None else {one.estate_id: Card(one, True) for one in late.items}
    cards: Mapping[str, Card] = first | {
        one.estate_id: Card(one, False) for one in all_of.items if one.estate_id not in first
    }
    return Column(
        all_of.step,
        all_of.total,
        all_of.total_is_exact,
        0 if late is None else late.total,
        late is None or late.total_is_exact,
        tuple(cards.values())[:most],
        text_of(of_step, ask.language),
        text_of(replace(of_step, overdue=True), ask.language),
    )
