"""How many deadlines have passed, and how many come within a month, a quarter, half a year?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.estates import EstateQuery, estate_conditions
from kvob_projections.paging import Reader
from kvob_projections.statement import COUNTED
from kvob_projections.today import concern_conditions
from kvob_projections.today_query import TodayQuery, days_on, is_narrow

AHEAD: Final = (30, 90, 180)
"""Days ahead, both the first day and the last inclusive."""


_DUE: Final = "view_deadlines d"
_ESTATES: Final = "view_board b"


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many deadlines are due from the day until `until`, `days` later, both inclusive."""

    days: int
    until: date
    total: int
    total_is_exact: bool


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Deadlines on which somebody owes something that have passed; all that come, each wider.

    `overdue` counts as the list of what is stuck does, `ahead` as the list of deadlines.
    """

    overdue: int
    overdue_is_exact: bool
    ahead: tuple[DueCount, ...]


def read(reader: Reader, query: TodayQuery) -> DueCounts:
    """The counts, each to 10,000."""
    late = concern_conditions(query, ConcernKind.DEADLINE_OVERDUE, are_many=True)
    rows = f"SELECT 1 AS one FROM view_concerns c{late.where} LIMIT {COUNTED + 1}"
    sql = f"SELECT COUNT(*) AS total FROM ({rows}) AS counted"
    overdue = int(reader(sql, late.parameters)[0]["total"])
    return DueCounts(min(overdue, COUNTED), overdue <= COUNTED, _ahead(reader, query))


def _ahead(reader: Reader, query: TodayQuery) -> tuple[DueCount, ...]:
    assert query.day is not None  # `today_query.check` refuses a query without one
    by_day = _by_day(reader, query, days_on(query.day, AHEAD[-1]))
    found: list[DueCount] = []
    for days in AHEAD:
        until = days_on(query.day, days)
        total = sum(number for day, number in by_day.items() if day <= until.isoformat())
        found.append(DueCount(days, until, min(total, COUNTED), total <= COUNTED))
    return tuple(found)


def _by_day(reader: Reader, query: TodayQuery, until: date) -> Mapping[str, int]:
    """How many are due on each day, the earliest first, until one more than is counted."""
    shared = EstateQuery(day=query.day, municipality=query.municipality, reach=query.reach)
    conditions = estate_conditions(shared)
    conditions.add("d.due_on >= :day AND d.due_on <= :until", until=until.isoformat())
    conditions.add("b.estate_id = d.estate_id")
    # SQLite begins with the first of these: the days in order, or the few estates.
    tables = (
        f"{_ESTATES} CROSS JOIN {_DUE}" if is_narrow(query) else f"{_DUE} CROSS JOIN {_ESTATES}"
    )
    rows = f"SELECT d.due_on AS due_on FROM {tables}{conditions.where}"
    sql = (
        "SELECT due_on, COUNT(*) AS total"
        f" FROM ({rows} ORDER BY d.due_on LIMIT {COUNTED + 1}) AS due GROUP BY due_on"
    )
    found = reader(sql, conditions.parameters)
    return {record["due_on"]: int(record["total"]) for record in found}
