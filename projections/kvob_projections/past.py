"""Which page does a list show as of two moments? A bounded probe chooses the way to it.

Trees count what a question can find, up to `FEW`. Where it is few, those rows are fetched
and sorted; where it is many, a walk in the list's order soon has a page full. Either way a page
takes a few thousand steps, whether everything is visible at that pair of moments or next to
nothing. Filters that no tree knows are applied to what is left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board, deadlines, measures, register
from kvob_projections.board import BOARD, BoardQuery
from kvob_projections.deadlines import DEADLINES, DueQuery
from kvob_projections.estates import EstateQuery, choice, containing, folded, places_text
from kvob_projections.measures import MEASURES, MeasureQuery
from kvob_projections.paging import Page, Reader
from kvob_projections.periods import (
    ALIVE,
    SEVERAL,
    Pair,
    day_beside,
    facets,
    is_within,
    shadowed,
    table_of,
    tree_of,
)
from kvob_projections.places import (
    GROUP,
    kind_number,
    place_number,
    progress_number,
    status_number,
    step_number,
)
from kvob_projections.register import RegisterQuery
from kvob_projections.statement import Statement
from kvob_projections.stored import Record
from kvob_projections.view import Value, View

COUNTED: Final = 1000
"""Up to this number a count as of two moments is exact."""
FEW: Final = 2000
_MOST: Final = 2**31 - 1
_MOST_STATUSES: Final = 7
_KNOWN: Final = "kf <= :known_second AND kl >= :known_second"
# Within its second the rectangle itself is asked.
_SURE: Final = "kf < :known_second AND kl > :known_second"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the tree knows of a question; bounds inclusive. `whole`: it knows all of it."""

    first: tuple[int, int] | None
    second: tuple[int, int] | None = None
    place: str | None = None
    whole: bool = True


class Asking(NamedTuple):
    """How one list is asked: the view it begins with, its statements, and what narrows it."""

    view: View
    # Any: each list has a query of its own, which its functions agree on.
    select: Callable[[Any], Statement]
    counting: Callable[[Any, int], Statement]
    narrow: Callable[[Any], Narrow]


def read_past(
    reader: Reader, pair: Pair, asking: Asking, row_of: Callable[[Record], T], query: EstateQuery
) -> Page[T]:
    """The page of a list as of two moments.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    statement = asking.select(query)  # refuses what cannot be asked before anything is read
    narrow = asking.narrow(query)
    box = _Box(reader, pair, asking.view, narrow)
    few = box.numbers(max(FEW, COUNTED) + 1)
    usual = narrow.whole and not query.sort and query.limit is not None
    if len(few) <= FEW:
        chosen = box.first_of(few, query) if usual else few
        read = shadowed(reader, pair, {asking.view.name: chosen})
    elif usual:
        chosen = box.walked(query)
        read = shadowed(reader, pair, {asking.view.name: chosen})
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


class _Box:
    """The rectangles that a question is about."""

    def __init__(self, reader: Reader, pair: Pair, view: View, narrow: Narrow) -> None:
        self._reader = reader
        self._view = view
        self._narrow = narrow
        self._parameters: dict[str, Value] = dict(pair.parameters)
        holds = [ALIVE]
        for name, bounds in (("first", narrow.first), ("second", narrow.second)):
            if bounds is not None:
                low, high = f"{name}_low", f"{name}_high"
                self._parameters |= {low: bounds[0], high: bounds[1]}
                holds += [f"{name} >= :{low}", f"{name} <= :{high}"]
        self._in_place = list(holds)
        if narrow.place is not None:
            self._parameters["place_number"] = place_number(narrow.place)
            self._parameters["one_place"] = places_text((narrow.place,))
            self._parameters["place"] = containing(places_text((narrow.place,)))
            holds.append("lies_in LIKE :place ESCAPE '!'")
        self._holds = " AND ".join(holds)
        self._after = narrow.second if view is DEADLINES else None

    def numbers(self, most: int) -> list[int]:
        """The numbers of at most so many rectangles that the question is about."""
        if self._view is not BOARD:
            sql = self._numbers_by_tree()
        elif self._narrow.place is not None:
            sql = self._numbers_by_place()
        else:
            sql = self._numbers_by_facet()
        found = self._ask(f"{sql} LIMIT :most", {"most": most})
        return [int(record["id"]) for record in found]

    def _numbers_by_tree(self) -> str:
        holds = ["sf <= :seen_on", "sl >= :seen_on", _KNOWN]
        for short, name, bounds in (
            ("f", "first", self._narrow.first),
            ("s", "second", self._narrow.second),
        ):
            if bounds is not None:
                holds += [f"{short}0 <= :{name}_high", f"{short}1 >= :{name}_low"]
        sure = _SURE
        if self._narrow.place is not None:
            # The number of a municipality need not be the municipality: the row is asked.
            holds += ["p0 <= :place_number", "p1 >= :place_number"]
            sure = "0"
        exact = f"{' AND '.join(holds)} AND ({sure} OR EXISTS ({self._exact()}))"
        return f"SELECT id FROM {tree_of(self._view)} tree WHERE {exact}"

    def _numbers_by_place(self) -> str:
        table, holds = table_of(BOARD), " AND ".join(self._in_place)
        return (
            f"SELECT id FROM {table} INDEXED BY {table}_place"
            f" WHERE lies_in = :one_place AND {holds} UNION ALL"
            f" SELECT id FROM {table} INDEXED BY {table}_places"
            f" WHERE {SEVERAL} AND lies_in LIKE :place ESCAPE '!' AND {holds}"
        )

    def _numbers_by_facet(self) -> str:
        """One look at the tree for each value of the facet that is asked for."""
        first, second = self._narrow.first, self._narrow.second
        sides = (0, 1) if first is None else (0,)
        is_known = is_within(_seen_on(self._parameters))
        if first is not None and first[0] == first[1]:
            tree, values = "step", [first[0]]
            is_known = is_known and second is None
        elif second is not None:
            highest = min(second[1], _MOST_STATUSES)
            numbers = range(second[0], highest + 1)
            tree = "status"
            values = [facets(GROUP * side, number)[2] for side in sides for number in numbers]
        else:
            tree, values = "group", list(sides)
        sure = _SURE if is_known else "0"
        parts: list[str] = []
        for number, facet in enumerate(values):
            self._parameters[f"day_{number}"] = day_beside(facet, _seen_on(self._parameters))
            parts.append(
                f"SELECT id FROM {table_of(BOARD)}_{tree} tree"
                f" WHERE sf <= :day_{number} AND sl >= :day_{number} AND {_KNOWN}"
                f" AND ({sure} OR EXISTS ({self._exact()}))"
            )
        return " UNION ALL ".join(parts) or "SELECT 1 AS id WHERE 0"

    def _exact(self) -> str:
        return f"SELECT 1 FROM {table_of(self._view)} one WHERE one.id = tree.id AND {self._holds}"

    def first_of(self, numbers: Sequence[int], query: EstateQuery) -> list[int]:
        """Those on the page, of the ones that were found."""
        if not numbers:
            return []
        listed = ", ".join(map(str, numbers))
        # Without the hint SQLite walks the whole order to spare itself the sorting of a few.
        return self._page(f"id IN ({listed})", "NOT INDEXED", query)

    def walked(self, query: EstateQuery) -> list[int]:
        """Those on the page, gone through in the order of the list."""
        table = table_of(self._view)
        return self._page(self._holds, f"INDEXED BY {table}_rank", query)

    def _page(self, holds: str, by: str, query: EstateQuery) -> list[int]:
        holds += self._days()
        found = self._ask(
            f"SELECT id FROM {table_of(self._view)} {by} WHERE {holds}"
            " ORDER BY rank LIMIT :limit OFFSET :offset",
            {"limit": query.limit, "offset": query.offset},
        )
        return [int(record["id"]) for record in found]

    def _days(self) -> str:
        """A rank of the deadlines begins with the day, so that the walk can begin there."""
        if self._after is None:
            return ""
        self._parameters["rank_low"] = _iso(self._after[0])
        return " AND rank >= :rank_low"

    def _ask(self, sql: str, more: Mapping[str, Value]) -> Sequence[Record]:
        return self._reader(sql, {**self._parameters, **more})


def _seen_on(parameters: Mapping[str, Value]) -> int:
    return int(parameters["seen_on"] or 0)


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _shared(query: EstateQuery, number: int | None = None) -> tuple[Narrow, bool]:
    """What every list can be narrowed by, and whether more than that is asked."""
    place = None if query.municipality is None else folded("municipality", query.municipality)
    if number is None:
        first = None if query.groups else (0, GROUP - 1)
    else:
        first = None if query.groups else (number, number)
    others = bool((query.text or "").split()) or (query.groups and number is not None)
    return Narrow(first, place=place), others


def _narrow_board(query: BoardQuery) -> Narrow:
    step = None if query.step is None else step_number(str(choice("step", query.step, Step)))
    narrow, others = _shared(query, step)
    second = None
    if query.status is not None:
        number = status_number(str(query.status))
        second = (number, number)
    further = (query.level, query.due_before, query.missing)
    return replace(narrow, second=second, whole=not others and further == (None,) * 3)


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
