"""How does a query become SQL? Conditions and an order from allow-lists; values are parameters.

The SQL is the standard's, apart from LIMIT and OFFSET, which PostgreSQL writes alike. Patterns
are parameters too, so that no percent sign stands in the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kvob_projections.errors import PageOutOfRange, SortUnknown
from kvob_projections.view import Value

COUNTED: Final = 10_000
"""Up to this number a count is exact."""
_LARGEST: Final = 2**63 - 1
NO_LIMIT: Final = _LARGEST
"""More rows than there are; SQLite has no OFFSET without LIMIT."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with named parameters (`:name`)."""

    sql: str
    parameters: Mapping[str, Value]


@dataclass(slots=True)
class Conditions:
    """What a row must meet, collected filter by filter."""

    parameters: dict[str, Value] = field(default_factory=dict[str, Value])
    _sql: list[str] = field(default_factory=list[str])

    def add(self, sql: str, **parameters: Value) -> None:
        """One more condition, with its parameters."""
        self._sql.append(sql)
        self.parameters.update(parameters)

    @property
    def where(self) -> str:
        """The WHERE clause, or nothing."""
        return f" WHERE {' AND '.join(self._sql)}" if self._sql else ""


class Sort(NamedTuple):
    """A field to sort by; `nullable` ones have their unknown values last in both directions."""

    sql: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What a read model reads: result columns, tables, fields to sort by.

    `ties` is a unique order, which settles what the sorted fields leave open.
    """

    columns: Mapping[str, str]
    tables: str
    sorts: Mapping[str, Sort]
    default: tuple[str, ...]
    ties: tuple[str, ...]


def rows_statement(
    listing: Listing, conditions: Conditions, sort: Sequence[str], limit: int | None, offset: int
) -> Statement:
    """The rows of one page, in order.

    Raises:
        SortUnknown: when a field to sort by is not in the list.
        PageOutOfRange: when `limit` or `offset` is no number of rows.
    """
    columns = ", ".join(f"{sql} AS {name}" for name, sql in listing.columns.items())
    order = ", ".join([*_order(listing, sort or listing.default), *listing.ties])
    sql = f"SELECT {columns} FROM {listing.tables}{conditions.where} ORDER BY {order}"
    page = {"limit": NO_LIMIT if limit is None else limit, "offset": offset}
    check_page(limit, offset)
    if limit is None and not offset:
        return Statement(sql, conditions.parameters)
    return Statement(f"{sql} LIMIT :limit OFFSET :offset", {**conditions.parameters, **page})


def check_page(limit: int | None, offset: int) -> None:
    """Refuses a page that no list has.

    Raises:
        PageOutOfRange: when `limit` or `offset` is no number of rows.
    """
    for name, value in {"limit": limit or 0, "offset": offset}.items():
        if not 0 <= value <= _LARGEST:
            raise PageOutOfRange(name, value, _LARGEST)


def count_statement(listing: Listing, conditions: Conditions, most: int = COUNTED + 1) -> Statement:
    """How many rows there are, as `total`, counted to `most`: one above what is exact."""
    counted = f"SELECT 1 AS one FROM {listing.tables}{conditions.where} LIMIT {most}"
    return Statement(f"SELECT COUNT(*) AS total FROM ({counted}) AS counted", conditions.parameters)


def _order(listing: Listing, sort: Sequence[str]) -> list[str]:
    terms: dict[str, str] = {}
    for asked in sort:
        name = asked.removeprefix("-")
        found = listing.sorts.get(name)
        if found is None:
            raise SortUnknown(name, tuple(listing.sorts))
        direction = "DESC" if asked.startswith("-") else "ASC"
        nulls = " NULLS LAST" if found.nullable else ""
        terms.setdefault(name, f"{found.sql} {direction}{nulls}")
    return list(terms.values())
