"""Which page does a list show as of two moments? A bounded probe chooses the way to it.

A `Finder` counts what a question can find, up to `FEW`. Where it is few, those rows are fetched
and sorted; where it is many, a walk in the list's order soon has a page full. Either way a page
takes a few thousand steps, whether everything is visible at that pair of moments or next to
nothing. Filters that no finder knows are applied to what is left.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar

from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board, deadlines, measures, register
from kvob_projections.board import BOARD, BoardQuery
from kvob_projections.bonds import is_bounded
from kvob_projections.boxes import BoxFinder
from kvob_projections.deadlines import DEADLINES, DueQuery
from kvob_projections.dialect import Dialect
from kvob_projections.estates import EstateQuery, choice, folded
from kvob_projections.finding import Finder, Narrow
from kvob_projections.measures import MEASURES, MeasureQuery
from kvob_projections.paging import Page, Reader
from kvob_projections.periods import Pair, shadowed
from kvob_projections.places import (
    GROUP,
    kind_number,
    progress_number,
    status_number,
    step_number,
)
from kvob_projections.register import RegisterQuery
from kvob_projections.statement import Statement
from kvob_projections.stored import Record
from kvob_projections.trees import TreeFinder
from kvob_projections.view import View

COUNTED: Final = 1000
"""Up to this number a count as of two moments is exact."""
FEW: Final = 2000
_MOST: Final = 2**31 - 1
_FINDERS: Final[Mapping[Dialect, type[Finder]]] = {
    Dialect.SQLITE: TreeFinder,
    Dialect.POSTGRES: BoxFinder,
}

T = TypeVar("T")


class Asking(NamedTuple):
    """How one list is asked: the view it begins with, its statements, and what narrows it."""

    view: View
    # Any: each list has a query of its own, which its functions agree on.
    select: Callable[[Any], Statement]
    counting: Callable[[Any, int], Statement]
    narrow: Callable[[Any], Narrow]


def read_past(
    reader: Reader,
    pair: Pair,
    asking: Asking,
    row_of: Callable[[Record], T],
    query: EstateQuery,
    dialect: Dialect = Dialect.SQLITE,
) -> Page[T]:
    """The page of a list as of two moments.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    statement = asking.select(query)  # refuses what cannot be asked before anything is read
    narrow = asking.narrow(query)
    box = _FINDERS[dialect](reader, pair, asking.view, narrow)
    few = box.numbers(max(FEW, COUNTED) + 1)
    usual = narrow.whole and not query.sort and query.limit is not None
    if len(few) <= FEW:
        chosen = box.first_of(few, query) if usual else few
        read = shadowed(reader, pair, {asking.view.name: chosen}, dialect)
    elif usual:
        chosen = box.walked(query)
        read = shadowed(reader, pair, {asking.view.name: chosen}, dialect)
    else:
        read = shadowed(reader, pair)
    if usual:
        statement = asking.select(replace(query, offset=0))
    items = tuple(row_of(record) for record in read(statement.sql, statement.parameters))
    if (items or not query.offset) and (query.limit is None or len(items) < query.limit):
        total = query.offset + len(items)
    elif narrow.whole:
        total = len(few)
    else:
        counted = asking.counting(query, COUNTED + 1)
        total = int(read(counted.sql, counted.parameters)[0]["total"])
    return Page(items, min(total, COUNTED), total <= COUNTED, query.offset, query.limit)


def _shared(query: EstateQuery, number: int | None = None) -> tuple[Narrow, bool]:
    """What every list can be narrowed by, and whether more than that is asked."""
    place = None if query.municipality is None else folded("municipality", query.municipality)
    if number is None:
        first = None if query.groups else (0, GROUP - 1)
    else:
        first = None if query.groups else (number, number)
    others = bool((query.text or "").split()) or (query.groups and number is not None)
    others = others or is_bounded(query.reach)
    return Narrow(first, place=place), others


def _narrow_board(query: BoardQuery) -> Narrow:
    step = None if query.step is None else step_number(str(choice("step", query.step, Step)))
    narrow, others = _shared(query, step)
    second = None
    if query.status is not None:
        number = status_number(str(query.status))
        second = (number, number)
    days = (query.due_before, query.expires_from, query.expires_before)
    others = others or (query.level, query.missing, *days) != (None,) * 5
    return replace(narrow, second=second, whole=not (others or query.overdue or query.approvals))


def _narrow_register(query: RegisterQuery) -> Narrow:
    narrow, others = _shared(query)
    second = (1, GROUP)  # who has no certificate is not in the register
    if query.status is not None:
        number = status_number(str(query.status))
        second = (max(number, 1), number)
    further = (query.level, query.due_before)
    return replace(narrow, second=second, whole=not others and further == (None, None))


def _narrow_due(query: DueQuery) -> Narrow:
    number = None if query.kind is None else kind_number(str(query.kind))
    narrow, others = _shared(query, number)
    low = 1 if query.overdue or query.day is None else query.day.toordinal()
    high = _MOST if query.until is None else query.until.toordinal()
    return replace(narrow, second=(low, high), whole=not others and not query.overdue)


def _narrow_measures(query: MeasureQuery) -> Narrow:
    number = None if query.progress is None else progress_number(str(query.progress))
    narrow, others = _shared(query, number)
    return replace(narrow, whole=not others and query.owner is None and not query.overdue_only)


ASK_BOARD: Final = Asking(BOARD, board.select, board.count, _narrow_board)
ASK_REGISTER: Final = Asking(BOARD, register.select, register.count, _narrow_register)
ASK_DUE: Final = Asking(DEADLINES, deadlines.select, deadlines.count, _narrow_due)
ASK_MEASURES: Final = Asking(MEASURES, measures.select, measures.count, _narrow_measures)
