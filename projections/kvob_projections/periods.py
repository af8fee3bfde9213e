"""How are all read models asked about the past? The same queries over rows with two clocks.

Each view has a table of rectangles (`period_board`, ...): its columns, where the row stands, the
days on which it is seen and the instants between which it was known so. A query of a view runs
unchanged, with the rows of one pair of moments under the name of the view's table. The tables
here are SQLite's, with trees over the rectangles (its R*Tree); those of PostgreSQL are in `boxes`.
Read next: `rectangles` (what the rows are) and `past` (pages and counts).
Source: design decision 0018 in `domain/decisions`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from kvob_projections import PERIOD_VIEWS
from kvob_projections.board import BOARD
from kvob_projections.dialect import Dialect, among_numbers, listed
from kvob_projections.paging import Reader
from kvob_projections.places import GROUP, place_range
from kvob_projections.rectangles import FOREVER, NO_END, Rectangle
from kvob_projections.register import REGISTER
from kvob_projections.stored import Record
from kvob_projections.view import Row, Value, View

PERIOD_RULES: Final = 1
"""Goes up when other rectangles are made of the same events."""

PLACE: Final = ("rank", "first", "second", "lies_in")
TIMES: Final = ("seen_from", "seen_until", "known_from", "known_until")
_TREE: Final = "id, sf, sl, kf, kl, f0, f1, s0, s1, p0, p1"
_PLAIN_TREE: Final = "id, sf, sl, kf, kl"
# Of rows in several municipalities there are few; the others are found by their one.
SEVERAL: Final = "instr(substr(lies_in, 2), '|') < length(lies_in) - 1"
ALIVE: Final = (
    "seen_from <= :seen_on AND seen_until > :seen_on"
    " AND known_from <= :known_at AND known_until > :known_at"
)
"""The rectangles that hold a pair of moments."""
_SECOND: Final = 1_000_000


class Pair(NamedTuple):
    """Two moments as the tables keep them: an ordinal day, and microseconds since 1970, UTC."""

    seen_on: int
    known_at: int

    @classmethod
    def of(cls, day: date, known_at: int | None) -> "Pair":
        """The pair of a civil day and an instant; None means all that is known."""
        return cls(day.toordinal(), FOREVER - 1 if known_at is None else known_at)

    @property
    def parameters(self) -> dict[str, Value]:
        """The parameters of `ALIVE`, and the second as the tree keeps it."""
        return {
            "seen_on": self.seen_on,
            "known_at": self.known_at,
            "known_second": min(self.known_at // _SECOND, NO_END - 1),
        }


def table_of(view: View) -> str:
    """The name of a view's table of rectangles."""
    return f"period_{view.name}"


def tree_of(view: View) -> str:
    """The name of the one tree over the rectangles of a view other than the board."""
    return f"{table_of(view)}_tree"


def trees_of(view: View) -> tuple[str, ...]:
    """The names of all trees over the rectangles of a view."""
    if view is BOARD:
        return tuple(f"{table_of(BOARD)}_{facet}" for facet in FACETS)
    return () if view is REGISTER else (tree_of(view),)


def period_ddl() -> Iterator[str]:
    """The statements that make the tables of rectangles, empty."""
    walked = f"rank, {', '.join(TIMES)}, first, second"
    for view in PERIOD_VIEWS:
        table = table_of(view)
        columns = (*view.columns, *PLACE, *TIMES)
        yield f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)})"
        yield f"CREATE INDEX {table}_estate ON {table} (estate_id, known_until)"
        if trees_of(view):
            yield f"CREATE INDEX {table}_rank ON {table} ({walked}, lies_in)"
        for tree in trees_of(view):
            bounds = _PLAIN_TREE if view is BOARD else _TREE
            yield f"CREATE VIRTUAL TABLE {tree} USING rtree_i32({bounds})"
    board = table_of(BOARD)
    yield f"CREATE INDEX {board}_place ON {board} (lies_in, {walked})"
    yield f"CREATE INDEX {board}_places ON {board} (lies_in, {walked}) WHERE {SEVERAL}"


def dropped_ddl() -> Iterator[str]:
    """The statements that take these tables away."""
    for view in PERIOD_VIEWS:
        for tree in trees_of(view):
            yield f"DROP TABLE IF EXISTS {tree}"
        yield f"DROP TABLE IF EXISTS {table_of(view)}"


def insert_sql(view: View) -> tuple[str, ...]:
    """The statements that add a rectangle to the table, and to each tree."""
    places = ", ".join("?" * (1 + len(view.columns) + len(PLACE) + len(TIMES)))
    width = len((_PLAIN_TREE if view is BOARD else _TREE).split(","))
    bounds = ", ".join("?" * width)
    trees = (f"INSERT INTO {tree} VALUES ({bounds})" for tree in trees_of(view))
    return f"INSERT INTO {table_of(view)} VALUES ({places})", *trees


def stored_row(number: int, one: Rectangle) -> Row:
    """A rectangle as its table keeps it."""
    span = one.span
    times = (span.seen_from, span.seen_until, one.known_from, one.known_until)
    return (number, *span.row, *span.place, *times)


def tree_rows(view: View, number: int, one: Rectangle) -> tuple[Row, ...]:
    """A rectangle as each tree keeps it: bounds inclusive, instants in whole seconds."""
    span, place = one.span, one.span.place
    known = second_of(one.known_from), second_of(one.known_until)
    if view is BOARD:
        return tuple(
            (number, *_days_beside(facet, span.seen_from, span.seen_until), *known)
            for facet in facets(place.first, place.second)
        )
    if view is REGISTER:
        return ()
    days = span.seen_from, max(span.seen_until - 1, span.seen_from)
    second = min(place.second, NO_END)
    numbers = (place.first, place.first, second, second, *place_range(place.places))
    return ((number, *days, *known, *numbers),)


def second_of(instant: int) -> int:
    """An instant in whole seconds, as the trees keep it."""
    return min(instant // _SECOND, NO_END)


# The trees of the board have two axes. A facet, such as a step, has a stretch of the axis of days
# for itself: five axes would hardly be told apart (170 ms for a step that nobody is in, not 5).
FACETS: Final = ("group", "step", "status")
_STRETCH: Final = 2**27
_FIRST_DAY: Final = 715_000  # in 1958
_LAST_DAY: Final = 768_000  # in 2103
_DAY: Final = 2500


def facets(first: int, second: int) -> tuple[int, int, int]:
    """The stretches of a row of the board: by group or not, by step, by status."""
    is_group, step = divmod(first, GROUP)
    return is_group, step + 16 * is_group, second + 8 * is_group


def day_beside(facet: int, day: int) -> int:
    """Where a day lies in the stretch of a facet; days beyond its ends lie at them."""
    within = (min(max(day, _FIRST_DAY), _LAST_DAY) - _FIRST_DAY) * _DAY
    return facet * _STRETCH - 2**31 + within


def is_within(day: int) -> bool:
    """Whether a day is not at the ends of a stretch, where others lie as well."""
    return _FIRST_DAY < day < _LAST_DAY


def _days_beside(facet: int, seen_from: int, seen_until: int) -> tuple[int, int]:
    last = max(seen_until - 1, seen_from)
    return day_beside(facet, seen_from), day_beside(facet, last)


def shadowed(
    reader: Reader,
    pair: Pair,
    only: Mapping[str, Sequence[int]] | None = None,
    dialect: Dialect = Dialect.SQLITE,
) -> Reader:
    """A reader that finds the rows of one pair of moments where a view's rows stand.

    `only` gives for some views the numbers of the rectangles to look at, all of them alive.
    """
    limited = only or {}
    chosen = {name: among_numbers(dialect, "id", f"only_{name}") for name in limited}
    parts = ", ".join(_shadow(view, chosen.get(view.name, ALIVE)) for view in PERIOD_VIEWS)
    given = {f"only_{name}": listed(numbers) for name, numbers in limited.items()}
    known = {name: value for name, value in pair.parameters.items() if name != "known_second"}

    def read(sql: str, parameters: Mapping[str, Value]) -> Sequence[Record]:
        return reader(f"WITH {parts} {sql}", {**parameters, **known, **given})

    return read


def _shadow(view: View, holds: str) -> str:
    columns = ", ".join(view.columns)
    return (
        f"{view.table} AS NOT MATERIALIZED (SELECT {columns} FROM {table_of(view)} WHERE {holds})"
    )
