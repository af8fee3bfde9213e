"""Which estates ask for somebody's attention today? Certificates, audits, surveys, proposals.

Each is a page of estates with its total, counted as in other lists. What only a state can tell
(how many answered, who proposed) is added by `kvob_workflow.engine.today`, for the page alone.
Read next: `today_query`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kvob_domain.estate.requirement_codes import OWED_BY, RequirementCode
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.bonds import is_bounded
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.estates import EstateQuery, containing, estate_conditions
from kvob_projections.paging import Page, Reader, read_page
from kvob_projections.standing import PERIOD_ON_DAY, STATUS
from kvob_projections.statement import Conditions, Listing, Sort, count_statement, rows_statement
from kvob_projections.stored import Record, codes_in, day_in
from kvob_projections.today_query import TodayQuery, duty_of, months_on, of_place

_BOARD: Final = ("estate_id", "estate", "municipality", "step", "missing", "version")
_AWAITING: Final = "b.step IN ('award', 'recertification')"
_MEASURING: Final = "b.step IN ('inventory', 'recertification')"
_NOTHING_MISSING: Final = "b.missing = '[]'"
_WITH_STATUS: Final = f" LEFT JOIN view_register r ON {PERIOD_ON_DAY}"
# An audit in the step of the covenant shows by what it left: findings, or a positive advice.
_AUDITED: Final = (
    "b.step = 'covenant' AND (b.positive_advice = 1 OR b.missing LIKE :findings ESCAPE '!')"
)
_FINDINGS: Final = containing(f'"{RequirementCode.FINDINGS_CLOSED.value}"')


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


def _listing(tables: str, day: str, detail: str = "''") -> Listing:
    return Listing(
        columns={
            **{name: f"b.{name}" for name in _BOARD},
            "day": day,
            "detail": detail,
            "status": STATUS,
        },
        tables=tables + _WITH_STATUS,
        sorts={"day": Sort(day, nullable=True)},
        default=("day",),
        ties=("b.estate_id", detail) if detail != "''" else ("b.estate_id",),
    )


# CROSS JOIN: SQLite begins with the first table. The days leave few; a place or reach even fewer.
_EXPIRIES: Final = _listing("view_deadlines d CROSS JOIN view_board b", "d.due_on")
_EXPIRIES_OF_FEW: Final = _listing("view_board b CROSS JOIN view_deadlines d", "d.due_on")
_CONCERNS: Final = _listing("view_concerns c CROSS JOIN view_board b", "c.since", "c.detail")
_ESTATES: Final = _listing("view_board b", "b.step_since")


def expiring(reader: Reader, query: TodayQuery, months: int) -> Page[TodayEstate]:
    """Certificates that expire after the day, within so many months (inclusive), soonest first.

    Valid and suspended ones, of estates that evaluate: no renewal runs, and nothing was ended.
    """
    conditions = _conditions(query)
    until = months_on(_day(query), months).isoformat()
    conditions.add("b.estate_id = d.estate_id AND d.kind = 'expiry' AND b.step = 'evaluation'")
    conditions.add("d.due_on > :day AND d.due_on <= :until", until=until)
    of_few = query.municipality is not None or is_bounded(query.reach)
    return _page(reader, query, _EXPIRIES_OF_FEW if of_few else _EXPIRIES, conditions)


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


def audit_gaps(reader: Reader, query: TodayQuery) -> Page[TodayEstate]:
    """Estates near the award with something missing that the role owes, the longest there first.

    In the steps of award and recertification; in that of the covenant where an audit left
    findings, or a positive advice.
    """
    conditions = _conditions(query)
    conditions.add(f"({_AWAITING} OR {_AUDITED})", findings=_FINDINGS)
    duty = duty_of(query.role)
    codes = [code for code in RequirementCode if duty.owes(OWED_BY[code])]
    if len(codes) == len(RequirementCode):
        conditions.add(f"NOT {_NOTHING_MISSING}")
    else:
        ways = [f"b.missing LIKE :code_{at} ESCAPE '!'" for at in range(len(codes))]
        named = {f"code_{at}": containing(f'"{code.value}"') for at, code in enumerate(codes)}
        conditions.add(f"({' OR '.join(ways) or '1 = 0'})", **named)
    return _page(reader, query, _ESTATES, conditions)


def decisions(reader: Reader, query: TodayQuery) -> Page[TodayEstate]:
    """Estates in the step of award or recertification that lack nothing, the longest first."""
    conditions = _conditions(query)
    conditions.add(f"{_AWAITING} AND {_NOTHING_MISSING}")
    return _page(reader, query, _ESTATES, conditions)


def surveys(reader: Reader, query: TodayQuery) -> Page[TodayEstate]:
    """Estates whose step needs a survey with enough response, the longest there first."""
    conditions = _conditions(query)
    conditions.add(_MEASURING)
    survey = containing(f'"{RequirementCode.SURVEY.value}"')
    conditions.add("b.missing LIKE :survey ESCAPE '!'", survey=survey)
    return _page(reader, query, _ESTATES, conditions)


def concern_conditions(query: TodayQuery, kind: ConcernKind) -> Conditions:
    """The conditions on `view_concerns c`: those of a kind that are concerns on the day."""
    conditions = Conditions({"day": _day(query).isoformat()})
    conditions.add("c.counted = 1 AND c.kind = :kind AND c.since <= :day", kind=kind.value)
    conditions.add("(c.until_day IS NULL OR c.until_day > :day)")
    of_place(query, conditions, "c.estate_id")
    return conditions


def _conditions(query: TodayQuery) -> Conditions:
    shared = EstateQuery(day=query.day, municipality=query.municipality, reach=query.reach)
    return estate_conditions(shared)


def _day(query: TodayQuery) -> date:
    assert query.day is not None  # `today_query.check` refuses a query without one
    return query.day


def _page(
    reader: Reader, query: TodayQuery, listing: Listing, conditions: Conditions, sort: str = "day"
) -> Page[TodayEstate]:
    rows = rows_statement(listing, conditions, (sort,), query.limit, 0)
    # Which status they have makes no difference to how many there are.
    bare = replace(listing, tables=listing.tables.removesuffix(_WITH_STATUS))
    counted = count_statement(bare, conditions)
    return read_page(reader, rows, counted, _row_of, (query.limit, 0))


def _row_of(record: Record) -> TodayEstate:
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
