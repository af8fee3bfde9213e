"""Whose certificate runs out, and what waits for a second person? Concerns of the first screen.

Each is a page of estates with its total, counted as in other lists. What only a state can tell
(how many answered, who proposed) is added by `kvob_workflow.engine.today`, for the page alone.
Read next: `today_query`, `near_award`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.paging import Page, Reader, read_page
from kvob_projections.standing import PERIOD_ON_DAY, STATUS
from kvob_projections.statement import Conditions, Listing, Sort, count_statement, rows_statement
from kvob_projections.stored import Record, codes_in, day_in
from kvob_projections.today_query import TodayQuery, is_narrow, months_on, of_place

_BOARD: Final = ("estate_id", "estate", "municipality", "step", "missing", "version")
WITH_STATUS: Final = f" LEFT JOIN view_register r ON {PERIOD_ON_DAY}"
"""The period of an estate of the board (`b`) that holds the day."""
LISTED: Final = {**{name: f"b.{name}" for name in _BOARD}, "status": STATUS}
"""What is read of every estate, beside its `day` and `detail`."""


@dataclass(frozen=True, slots=True)
class TodayEstate:
    """An estate that is listed, as the board has it.

    `day` is what the list is about: when the certificate expires, or since when it waits; None
    where nobody knows. `status` is that of its certificate on the day asked. `detail` tells
    several of an estate apart.
    """

    estate_id: str
    estate: str
    municipality: str
    step: Step
    missing: tuple[RequirementCode, ...]
    version: int
    day: date | None
    status: str
    detail: str


def _listing(tables: str, day: str, detail: str) -> Listing:
    return Listing(
        columns={**LISTED, "day": day, "detail": detail},
        tables=tables + WITH_STATUS,
        sorts={"day": Sort(day, nullable=True)},
        default=("day",),
        ties=("b.estate_id", detail),
    )


# CROSS JOIN: SQLite begins with the concerns, whose index gives those of a kind day by day.
_CONCERNS: Final = _listing("view_concerns c CROSS JOIN view_board b", "c.since", "c.detail")


def expiring(reader: Reader, query: TodayQuery, months: int) -> Page[TodayEstate]:
    """Certificates that expire after the day, within so many months (inclusive), soonest first.

    Valid and suspended ones of estates that evaluate: no renewal runs, and nothing was ended. The
    concern `NOT_RENEWED` stands ready from the award on, with the day from which it will be one.
    """
    conditions = concern_conditions(query, ConcernKind.NOT_RENEWED, "c.since > :day")
    until = months_on(_day(query), months).isoformat()
    conditions.add("b.estate_id = c.estate_id AND c.since <= :until", until=until)
    return _page(reader, query, _CONCERNS, conditions)


def not_renewed(reader: Reader, query: TodayQuery, months: int) -> Page[TodayEstate]:
    """Certificates that have expired within so many months (inclusive), the latest first.

    Those of the concern `NOT_RENEWED`: what somebody left as it is, is not here.
    """
    conditions = concern_conditions(query, ConcernKind.NOT_RENEWED)
    since = months_on(_day(query), -months).isoformat()
    conditions.add("b.estate_id = c.estate_id AND c.since >= :since", since=since)
    return _page(reader, query, _CONCERNS, conditions, "-day")


def approvals(reader: Reader, query: TodayQuery) -> Page[TodayEstate]:
    """Proposals that wait for a second person, the longest first; `detail` is the proposal."""
    conditions = concern_conditions(query, ConcernKind.APPROVAL_WAITS)
    conditions.add("b.estate_id = c.estate_id")
    return _page(reader, query, _CONCERNS, conditions)


def concern_conditions(
    query: TodayQuery, kind: ConcernKind, since: str = "c.since <= :day", *, are_many: bool = False
) -> Conditions:
    """The conditions on `view_concerns c`: those of a kind that are concerns on the day.

    `are_many`: there are so many of the kind that few estates are better looked up one by one.
    """
    conditions = Conditions({"day": _day(query).isoformat()})
    one_by_one = are_many and is_narrow(query)
    counted, column = ("c.counted + 0", "c.kind || ''") if one_by_one else ("c.counted", "c.kind")
    conditions.add(f"{counted} = 1 AND {column} = :kind AND {since}", kind=kind.value)
    conditions.add("(c.until_day IS NULL OR c.until_day > :day)")
    of_place(query, conditions, "c.estate_id")
    return conditions


def _day(query: TodayQuery) -> date:
    assert query.day is not None  # `today_query.check` refuses a query without one
    return query.day


def _page(
    reader: Reader, query: TodayQuery, listing: Listing, conditions: Conditions, sort: str = "day"
) -> Page[TodayEstate]:
    rows = rows_statement(listing, conditions, (sort,), query.limit, 0)
    # Which status they have makes no difference to how many there are.
    bare = replace(listing, tables=listing.tables.removesuffix(WITH_STATUS))
    counted = count_statement(bare, conditions)
    return read_page(reader, rows, counted, row_of, (query.limit, 0))


def row_of(record: Record) -> TodayEstate:
    """The estate in a record with the columns of `LISTED`."""
    return TodayEstate(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        step=Step(record["step"]),
        missing=tuple(RequirementCode(code) for code in codes_in(record["missing"])),
        version=record["version"],
        day=day_in(record["day"] or None),
        status=record["status"],
        detail=record["detail"],
    )
