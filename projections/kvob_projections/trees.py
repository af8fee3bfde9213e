"""How does SQLite find the rectangles of two moments? By the trees over them, or by its indexes.

Hints name the index: left alone, SQLite walks a whole list to spare itself the sorting of a few.
PostgreSQL's way is `boxes`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from kvob_projections.board import BOARD
from kvob_projections.estates import EstateQuery
from kvob_projections.finding import Finder, alive
from kvob_projections.periods import (
    FACETS,
    SEVERAL,
    Pair,
    day_beside,
    facets,
    is_within,
    table_of,
    tree_of,
    trees_of,
)
from kvob_projections.places import GROUP
from kvob_projections.view import Value

_TABLE: Final = table_of(BOARD)
_TREE: Final = trees_of(BOARD)[FACETS.index("group")]
BY_RANK: Final = f"{_TABLE} one INDEXED BY {_TABLE}_rank"
BY_NUMBER: Final = f"{_TABLE} one NOT INDEXED"
"""The rectangles of the board, to be gone through in order, and to be picked by number."""
_MOST_STATUSES: Final = 7
_KNOWN: Final = "kf <= :known_second AND kl >= :known_second"
# Within its second the rectangle itself is asked.
_SURE: Final = "kf < :known_second AND kl > :known_second"


class TreeFinder(Finder):
    """Looks in SQLite."""

    def numbers(self, most: int) -> list[int]:
        """See `Finder`."""
        if self._view is not BOARD:
            sql = self._numbers_by_tree()
        elif self._narrow.place is not None:
            sql = self._numbers_by_place()
        else:
            sql = self._numbers_by_facet()
        return self._numbers(f"{sql} LIMIT :most", most=most)

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
        is_known = is_within(self._pair.seen_on)
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
            self._parameters[f"day_{number}"] = day_beside(facet, self._pair.seen_on)
            parts.append(
                f"SELECT id FROM {table_of(BOARD)}_{tree} tree"
                f" WHERE sf <= :day_{number} AND sl >= :day_{number} AND {_KNOWN}"
                f" AND ({sure} OR EXISTS ({self._exact()}))"
            )
        return " UNION ALL ".join(parts) or "SELECT 1 AS id WHERE 0"

    def _exact(self) -> str:
        return f"SELECT 1 FROM {table_of(self._view)} one WHERE one.id = tree.id AND {self._holds}"

    def first_of(self, numbers: Sequence[int], query: EstateQuery) -> list[int]:
        """See `Finder`."""
        if not numbers:
            return []
        listed = ", ".join(map(str, numbers))
        # Without the hint SQLite walks the whole order to spare itself the sorting of a few.
        return self._page(f"id IN ({listed})", "NOT INDEXED", query)

    def walked(self, query: EstateQuery) -> list[int]:
        """See `Finder`."""
        table = table_of(self._view)
        return self._page(self._holds, f"INDEXED BY {table}_rank", query)

    def _page(self, holds: str, by: str, query: EstateQuery) -> list[int]:
        return self._numbers(
            f"SELECT id FROM {table_of(self._view)} {by} WHERE {holds}{self._from_day()}"
            " ORDER BY rank LIMIT :limit OFFSET :offset",
            limit=query.limit,
            offset=query.offset,
        )


def differing(a: Pair, b: Pair, groups: bool) -> tuple[str, Mapping[str, Value]]:
    """See `Differing`: a rectangle without the other pair lies beyond it on one of four sides."""
    parts: list[str] = []
    parameters: dict[str, Value] = {}
    for group in (0, 1) if groups else (0,):
        for side, pair in (("a", a), ("b", b)):
            parameters[f"day_{side}_{group}"] = day_beside(group, pair.seen_on)
        for this, other in (("a", "b"), ("b", "a")):
            day, other_day = f":day_{this}_{group}", f":day_{other}_{group}"
            here = (
                f"t.sf <= {day} AND t.sl >= {day}"
                f" AND t.kf <= :known_second_{this} AND t.kl >= :known_second_{this}"
            )
            exact = f"SELECT 1 FROM {_TABLE} o WHERE o.id = t.id AND {alive('o', this)}"
            exact += f" AND NOT ({alive('o', other)})"
            parts += [
                f"SELECT t.id AS id FROM {_TREE} t WHERE {here} AND {beyond} AND EXISTS ({exact})"
                for beyond in (
                    f"t.sf >= {other_day}",
                    f"t.sl <= {other_day}",
                    f"t.kf >= :known_second_{other}",
                    f"t.kl <= :known_second_{other}",
                )
            ]
    # What lies beyond on two sides comes twice, which the list of numbers bears.
    return f"{' UNION ALL '.join(parts)} LIMIT :few", parameters
