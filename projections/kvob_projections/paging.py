"""Which part of a list is shown, and how long is the list? A page, read through any store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kvob_projections.statement import COUNTED, Statement, check_page
from kvob_projections.stored import Record
from kvob_projections.view import Value

T = TypeVar("T")
Reader = Callable[[str, Mapping[str, Value]], Sequence[Record]]
"""Runs SQL with named parameters, as a store's `read` does."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list.

    `total` is the length of the whole list where `total_is_exact`; otherwise the list is longer
    than `total`, and nobody counted further. `limit` None asked for everything from `offset` on.
    """

    items: tuple[T, ...]
    total: int
    total_is_exact: bool
    offset: int
    limit: int | None


def read_page(
    read: Reader,
    rows: Statement,
    count: Statement,
    row_of: Callable[[Record], T],
    page: tuple[int | None, int],
) -> Page[T]:
    """Read the page `(limit, offset)`; the list is counted only where the rows do not tell."""
    items = tuple(row_of(record) for record in read(rows.sql, rows.parameters))
    return page_of(items, lambda: int(read(count.sql, count.parameters)[0]["total"]), page)


def part_of(limit: int | None, offset: int) -> slice:
    """The page of a list that is at hand.

    Raises:
        PageOutOfRange: when `limit` or `offset` is no number of rows.
    """
    check_page(limit, offset)
    return slice(offset, None if limit is None else offset + limit)


def page_of(
    items: tuple[T, ...], total: Callable[[], int], page: tuple[int | None, int]
) -> Page[T]:
    """These rows as the page `(limit, offset)`; `total` counts to at least one above `COUNTED`."""
    limit, offset = page
    if (items or not offset) and (limit is None or len(items) < limit):
        return Page(items, offset + len(items), True, offset, limit)
    counted = total()
    return Page(items, min(counted, COUNTED), counted <= COUNTED, offset, limit)
