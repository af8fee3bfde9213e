"""How does a host read its own table? With one SELECT, which cannot write whatever it says.

Rows are bounded: what is longer is refused, so that nobody takes a part for the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.followers.errors import QueryRefused, QueryTooLong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_projections.view import Value
    from kvob_workflow.store import EventStore

MOST_ROWS: Final = 100_000
_LONGEST: Final = 300


def answered(
    store: EventStore, sql: str, parameters: Mapping[str, Value], limit: int
) -> list[dict[str, Value]]:
    """The rows by the names of their columns.

    Raises:
        QueryRefused: the store does not understand the query.
        QueryTooLong: there are more rows than `limit`.
    """
    asked = sql.strip().removesuffix(";")
    try:
        found = store.query(asked, parameters, limit + 1)
    except KvobError:
        raise
    except Exception as error:  # each driver has its own words for a query that it refuses
        raise QueryRefused(_told(error)) from error
    if len(found) > limit:
        raise QueryTooLong(limit)
    return [dict(zip(row.keys(), row, strict=True)) for row in found]


def _told(error: Exception) -> str:
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}"[:_LONGEST]
