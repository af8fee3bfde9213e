"""What is stuck, on a day? The list of concerns, the longest first.

Read next: `concerns` (the rows), `concern_kinds` (what each kind means).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.mandates import Reach
from kvob_projections.bonds import narrow_to
from kvob_projections.concern_kinds import OPERATIONS, ConcernFamily, ConcernKind
from kvob_projections.estates import EstateQuery, choice, estate_conditions, in_order_of
from kvob_projections.paging import Page, Reader, read_page
from kvob_projections.statement import (
    COUNTED,
    Conditions,
    Listing,
    Sort,
    Statement,
    count_statement,
    rows_statement,
)
from kvob_projections.statistics_query import MOST_DAYS, SILENT_DAYS, SilentDaysOutOfRange
from kvob_projections.stored import Record, day_in


@dataclass(eq=False)
class FamilyAndKind(Invalid):
    """A kind belongs to one family; asking for another one finds nothing."""

    code: ClassVar[str] = "family-and-kind"
    nl: ClassVar[str] = "Soort '{kind}' hoort bij '{of}', niet bij '{family}'. Geef een van beide."
    en: ClassVar[str] = "Kind '{kind}' belongs to '{of}', not to '{family}'. Give one of the two."
    kind: str
    of: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckQuery:
    """What to look for.

    `day` is the civil day (Europe/Amsterdam) that the answer holds for, by what is known now;
    None means today. `silent_days`: a running cycle is silent when nothing was done for so long.
    That number is the caller's policy; no scheme gives one. `text`, `municipality`, `groups`,
    `sort`, `limit`, `offset` and `reach` are those of the other lists.
    """

    day: date | None = None
    family: ConcernFamily | None = None
    kind: ConcernKind | None = None
    silent_days: int = SILENT_DAYS
    text: str | None = None
    municipality: str | None = None
    groups: bool = False
    sort: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One concern of an estate, seen on one day.

    `since` is the first day on which it was one, None where nobody knows. `detail` tells several
    of a kind apart, `until` is the first day on which it will be none any more by itself.
    """

    kind: ConcernKind
    estate_id: str
    estate: str
    municipality: str
    since: date | None
    until: date | None
    detail: str


_LISTING: Final = Listing(
    columns={
        "estate_id": "c.estate_id",
        "estate": "b.estate",
        "municipality": "b.municipality",
        **{name: f"c.{name}" for name in ("kind", "since", "until_day", "detail")},
    },
    tables="view_concerns c JOIN view_board b ON b.estate_id = c.estate_id",
    sorts={
        "since": Sort("c.since"),
        "estate": Sort("b.estate_folded"),
        "municipality": Sort("b.places"),
        "estate_id": Sort("c.estate_id"),
        "kind": Sort(in_order_of("c.kind", ConcernKind)),
    },
    default=("since",),
    ties=("c.estate_id", "c.kind", "c.ordinal"),
)
# A group that is there is no concern; estates in groups are few.
_GONE: Final = (
    "(c.kind <> 'group_gone' OR NOT EXISTS"
    " (SELECT 1 FROM view_board g WHERE g.estate_id = c.detail))"
)


def kinds_of(query: StuckQuery) -> tuple[ConcernKind, ...]:
    """The kinds that a query asks for.

    Raises:
        ChoiceUnknown: there is no such kind or family.
        FamilyAndKind: the kind is not of that family.
    """
    family = query.family and ConcernFamily(str(choice("family", query.family, ConcernFamily)))
    if query.kind is None:
        return tuple(kind for kind in ConcernKind if family in (None, kind.family))
    kind = ConcernKind(str(choice("kind", query.kind, ConcernKind)))
    if family not in (None, kind.family):
        raise FamilyAndKind(kind.value, kind.family.value, str(family))
    return (kind,)


def select(query: StuckQuery) -> Statement:
    """The rows that the query asks for.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    return rows_statement(_LISTING, _conditions(query), query.sort, query.limit, query.offset)


def count(query: StuckQuery, most: int = COUNTED + 1) -> Statement:
    """How many rows there are without paging, counted to `most`."""
    return count_statement(_LISTING, _conditions(query), most)


def row_of(record: Record) -> ConcernRow:
    """The row in a record of `select`."""
    return ConcernRow(
        kind=ConcernKind(record["kind"]),
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        since=day_in(record["since"] or None),
        until=day_in(record["until_day"]),
        detail=record["detail"],
    )


def read(reader: Reader, query: StuckQuery) -> Page[ConcernRow]:
    """The page of concerns that the query asks for."""
    return read_page(reader, select(query), count(query), row_of, (query.limit, query.offset))


def _conditions(query: StuckQuery) -> Conditions:
    if not 0 < query.silent_days <= MOST_DAYS:
        raise SilentDaysOutOfRange(query.silent_days, MOST_DAYS)
    kinds = kinds_of(query)
    shared = EstateQuery(
        day=query.day, text=query.text, municipality=query.municipality, groups=True
    )
    estates = estate_conditions(shared)
    conditions = Conditions(estates.parameters)
    if estates.where:
        # The few estates first, not the board's row of every concern:.
        asked_for = f"SELECT b.estate_id FROM view_board b{estates.where}"
        conditions.add(f"c.estate_id IN ({asked_for})")
    narrow_to(query.reach, conditions, "c.estate_id")
    conditions.add("c.counted IN (0, 1)" if query.groups else "c.counted = 1")
    _of_kinds(conditions, kinds)
    assert query.day is not None  # `estate_conditions` refuses a query without one
    silent = _before(query.day, query.silent_days)
    if kinds == (ConcernKind.SILENT,):
        conditions.add("c.since <= :silent", silent=silent)
    else:
        conditions.add("c.since <= :day")
        if ConcernKind.SILENT in kinds:
            conditions.add("(c.aged = 0 OR c.since <= :silent)", silent=silent)
    conditions.add("(c.until_day IS NULL OR c.until_day > :day)")
    if ConcernKind.GROUP_GONE in kinds:
        conditions.add(_GONE)
    return conditions


def _of_kinds(conditions: Conditions, kinds: tuple[ConcernKind, ...]) -> None:
    ours = [kind for kind in kinds if kind not in OPERATIONS]
    if len(ours) == 1:
        conditions.add("c.kind = :kind", kind=ours[0].value)
    elif len(kinds) < len(ConcernKind):
        codes: Mapping[str, str] = {f"kind_{at}": kind.value for at, kind in enumerate(ours)}
        named = ", ".join(f":{name}" for name in codes) or "''"
        conditions.add(f"c.kind IN ({named})", **codes)


def _before(day: date, days: int) -> str:
    """The day so many days before, or the first day there is."""
    return (day - timedelta(days=min(days, day.toordinal() - 1))).isoformat()
