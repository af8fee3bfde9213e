"""Which notices wait? The few pending rows of the deadlines, however many deadlines are open."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from kvob_projections.deadlines import DEADLINES
from kvob_projections.paging import Reader
from kvob_projections.stored import day_in
from kvob_projections.view import Row

_DUE_ON: Final = DEADLINES.columns.index("due_on")
_NOTICE: Final = DEADLINES.columns.index("notice")

_NEXT_DUE: Final = (
    "SELECT min(due_on) AS due_on FROM view_deadlines WHERE notice = 'pending' AND due_on > :today"
)
_PENDING: Final = (
    "SELECT due_on, estate_id, kind, ordinal FROM view_deadlines"
    " WHERE notice = 'pending' AND due_on <= :today"
    " AND (due_on, estate_id, kind, ordinal) > (:due_on, :estate, :kind, :ordinal)"
    " ORDER BY due_on, estate_id, kind, ordinal LIMIT :limit"
)
_IS_PENDING: Final = (
    "SELECT 1 AS one FROM view_deadlines"
    " WHERE estate_id = :estate AND notice = 'pending' AND due_on <= :today LIMIT 1"
)


class PendingKey(NamedTuple):
    """A deadline whose notice waits, in the order in which notices are given."""

    due_on: date
    estate: str
    kind: str
    ordinal: int


_FIRST: Final = PendingKey(date.min, "", "", 0)


def pending(
    read: Reader, today: date, after: PendingKey | None, limit: int
) -> tuple[PendingKey, ...]:
    """The next deadlines due by `today` whose notice waits, after the last one looked at."""
    last = after or _FIRST
    found = read(
        _PENDING,
        {
            "today": today.isoformat(),
            "due_on": last.due_on.isoformat(),
            "estate": last.estate,
            "kind": last.kind,
            "ordinal": last.ordinal,
            "limit": limit,
        },
    )
    return tuple(
        PendingKey(date.fromisoformat(row["due_on"]), row["estate_id"], row["kind"], row["ordinal"])
        for row in found
    )


def next_due(read: Reader, today: date) -> date | None:
    """The first civil day after `today` on which a notice is to be given."""
    return day_in(read(_NEXT_DUE, {"today": today.isoformat()})[0]["due_on"])


def is_pending(read: Reader, estate: str, today: date) -> bool:
    """Whether a row of this estate says that a notice due by `today` waits."""
    return bool(read(_IS_PENDING, {"estate": estate, "today": today.isoformat()}))


def first_pending(rows: Iterable[Row]) -> str | None:
    """The first day (ISO) of a notice that waits, among rows at hand; None where none waits."""
    return min((str(row[_DUE_ON]) for row in rows if row[_NOTICE] == "pending"), default=None)
