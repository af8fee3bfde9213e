"""What does an index of the board keep of every estate? What filters and sorts ask, for one day.

The index itself is `kvob_workflow.board_index`; decision 0037 says why there is one.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from kvob_projections.board import LISTING, NEXT_DUE
from kvob_projections.board_conditions import HAS_OVERDUE
from kvob_projections.standing import STATUS
from kvob_projections.statement import Statement

_COLUMNS: Final = {
    **{
        name: f"b.{name}"
        for name in (
            *("estate_id", "kind", "estate_folded", "places", "search", "step", "step_since"),
            *("cycle", "edition", "missing", "measures_done", "measures_total"),
            *("positive_advice", "approvals", "version"),
        )
    },
    "status": STATUS,
    **{name: f"r.{name}" for name in ("level", "valid_from", "expires_on")},
    "next_due": NEXT_DUE,
    "overdue": HAS_OVERDUE,
}
_READ: Final = (
    f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in _COLUMNS.items())}"
    f" FROM {LISTING.tables}"
)
_SHOWN: Final = (
    f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in LISTING.columns.items())}"
    f" FROM {LISTING.tables}"
)


class BoardColumns(NamedTuple):
    """One estate as the index keeps it; `next_due` is the day, a space and the kind."""

    estate_id: str
    kind: str
    estate_folded: str
    places: str
    search: str
    step: str
    step_since: str | None
    cycle: int
    edition: str | None
    missing: str
    measures_done: int
    measures_total: int
    positive_advice: int
    approvals: int
    version: int
    status: str
    level: str | None
    valid_from: str | None
    expires_on: str | None
    next_due: str | None
    overdue: int


def columns_after(estate: str, limit: int, day: date) -> Statement:
    """The columns of the estates after one, in order of id."""
    return Statement(
        f"{_READ} WHERE b.estate_id > :after ORDER BY b.estate_id LIMIT :limit",
        {"after": estate, "limit": limit, "day": day.isoformat()},
    )


def columns_of(estates: Sequence[str], day: date) -> Statement:
    """The columns of these estates, as far as they are on the board."""
    return _among(_READ, estates, day)


def shown_of(estates: Sequence[str], day: date) -> Statement:
    """The rows of these estates, for `board.row_of`; in no order."""
    return _among(_SHOWN, estates, day)


def names_after(name: str, estate: str, limit: int) -> Statement:
    """Folded names with their estates, in the order of the default list, after one of them."""
    return Statement(
        "SELECT estate_folded, estate_id FROM view_board"
        " WHERE (estate_folded, estate_id) > (:name, :estate)"
        " ORDER BY estate_folded, estate_id LIMIT :limit",
        {"name": name, "estate": estate, "limit": limit},
    )


def more_than(estates: int) -> Statement:
    """A row if the board has more estates and groups than so many."""
    return Statement(
        "SELECT 1 AS one FROM view_board LIMIT 1 OFFSET :estates", {"estates": estates}
    )


def _among(select: str, estates: Sequence[str], day: date) -> Statement:
    named = {f"estate_{number}": estate for number, estate in enumerate(estates)}
    places = ", ".join(f":{name}" for name in named)
    return Statement(f"{select} WHERE b.estate_id IN ({places})", {"day": day.isoformat(), **named})
