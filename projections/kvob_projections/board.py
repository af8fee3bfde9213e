"""Where does every estate stand? The board: one row per estate or group.

The step and what is missing stand in the table; status, level and the next deadline are looked
up in the register and the deadlines for the day asked. Read next: `register`, `deadlines`.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import AuditOutcome, Progress
from kvob_domain.estate_names import normal_name
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day
from kvob_projections.board_conditions import board_conditions
from kvob_projections.estates import (
    ESTATE_COLUMNS,
    ESTATE_SORTS,
    EstateQuery,
    in_order_of,
    places_text,
)
from kvob_projections.paging import Page, Reader, read_page
from kvob_projections.standing import PERIOD_ON_DAY, STATUS
from kvob_projections.statement import (
    COUNTED,
    Listing,
    Sort,
    Statement,
    count_statement,
    rows_statement,
)
from kvob_projections.stored import Record, codes_in, codes_text, day_in, iso
from kvob_projections.view import Row, View, index_ddl, table_ddl

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "estate": "TEXT NOT NULL",
    "estate_folded": "TEXT NOT NULL",
    "municipality": "TEXT NOT NULL",
    "places": "TEXT NOT NULL",
    "search": "TEXT NOT NULL",
    "step": "TEXT NOT NULL",
    "step_since": "TEXT",
    "cycle": "INTEGER NOT NULL",
    "edition": "TEXT",
    "missing": "TEXT NOT NULL",
    "measures_done": "INTEGER NOT NULL",
    "measures_total": "INTEGER NOT NULL",
    "positive_advice": "INTEGER NOT NULL",
    "irregularities": "TEXT NOT NULL",
    "approvals": "INTEGER NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id",)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One estate on the board, on one day.

    `step_since` is the earliest day it can have entered the step. `status` to `estimated` are
    those of the certificate held on the day; `expires_on` is the first day no longer valid.
    `missing` holds requirement codes, `irregularities` their codes. `measures_total` counts all
    lines of the plan, dropped ones too. `positive_advice`: the last audit since the award was
    positive, and no award has followed. `version` is that of the newest event.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: str
    step: str
    step_since: date | None
    cycle: int
    edition: str | None
    status: str
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    estimated: bool
    missing: tuple[str, ...]
    next_due_on: date | None
    next_due_kind: str | None
    measures_done: int
    measures_total: int
    positive_advice: bool
    irregularities: tuple[str, ...]
    approvals: int
    version: int

    @property
    def last_valid_day(self) -> date | None:
        """The day before `expires_on`."""
        return None if self.expires_on is None else last_valid_day(self.expires_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuery(EstateQuery):
    """What to show on the board.

    `due_before`: the next deadline falls before that day. `overdue`: something was due before the
    day asked, is owed and not moot. `expires_from` (inclusive) and `expires_before` (exclusive)
    bound `expires_on` of the certificate held on the day, whatever its status. `approvals`: an
    act waits for a second person.
    """

    step: Step | None = None
    status: Status | None = None
    level: str | None = None
    due_before: date | None = None
    overdue: bool = False
    expires_from: date | None = None
    expires_before: date | None = None
    missing: RequirementCode | None = None
    approvals: bool = False


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    places, search = _search_texts(estate.name, estate.former_names, estate.municipalities)
    entered = estate.moves[-1].day if estate.moves else estate.registered_on.earliest
    done = sum(measure.progress is Progress.DONE for measure in estate.measures)
    irregularities = tuple(dict.fromkeys(odd.kind.value for odd in estate.irregularities))
    return (
        (
            estate.id,
            estate.kind.value,
            estate.name,
            normal_name(estate.name),
            estate.municipality,
            places,
            search,
            estate.step.value,
            iso(entered),
            estate.cycle,
            estate.edition,
            codes_text(_missing(estate, book)),
            done,
            len(estate.measures),
            1 if estate.dossier.audit is AuditOutcome.POSITIVE else 0,
            codes_text(irregularities),
            len(estate.proposals),
            estate.version,
        ),
    )


@lru_cache(maxsize=4096)
def _search_texts(
    name: str, former_names: tuple[str, ...], municipalities: tuple[str, ...]
) -> tuple[str, str]:
    """The municipalities and all names as texts to look in; they seldom change."""
    places = places_text(tuple(normal_name(place) for place in municipalities))
    names = (name, *former_names, *municipalities)
    return places, "\n".join(normal_name(one) for one in names)


def _missing(estate: Estate, book: SchemeBook) -> tuple[str, ...]:
    terms = terms_under(book, estate.edition)
    return tuple(requirement.code.value for requirement in missing(estate, terms))


BOARD: Final = View(
    name="board",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_board", _COLUMNS, _KEY),
        # In the order of the default list, with what is asked most often, so that a filter
        # reads no table row that it drops: 100,000 estates by step in 15 ms instead of 150.
        index_ddl("view_board", "estate_folded", "estate_id", "kind", "step", "places"),
    ),
    rows=_rows,
)

# One text "day kind", because a subquery gives one value; it sorts as the day does.
NEXT_DUE: Final = (
    "(SELECT d.due_on || ' ' || d.kind FROM view_deadlines d"
    " WHERE d.estate_id = b.estate_id AND d.due_on >= :day"
    " ORDER BY d.due_on, d.kind, d.ordinal LIMIT 1)"
)
LISTING: Final = Listing(
    columns={
        **ESTATE_COLUMNS,
        **{name: f"b.{name}" for name in ("kind", "step", "step_since", "cycle", "edition")},
        "status": STATUS,
        "level": "r.level",
        "level_derived": "r.level_derived",
        "valid_from": "r.valid_from",
        "expires_on": "r.expires_on",
        "estimated": "r.estimated",
        "missing": "b.missing",
        "next_due": NEXT_DUE,
        "measures_done": "b.measures_done",
        "measures_total": "b.measures_total",
        "positive_advice": "b.positive_advice",
        "irregularities": "b.irregularities",
        "approvals": "b.approvals",
        "version": "b.version",
    },
    tables=f"view_board b LEFT JOIN view_register r ON {PERIOD_ON_DAY}",
    sorts={
        **ESTATE_SORTS,
        "kind": Sort("b.kind"),
        "step": Sort(in_order_of("b.step", Step)),
        "step_since": Sort("b.step_since", nullable=True),
        "cycle": Sort("b.cycle"),
        "edition": Sort("b.edition", nullable=True),
        "status": Sort(in_order_of(STATUS, Status)),
        "level": Sort("r.level", nullable=True),
        "valid_from": Sort("r.valid_from", nullable=True),
        "expires_on": Sort("r.expires_on", nullable=True),
        "next_due_on": Sort(NEXT_DUE, nullable=True),
        "measures_done": Sort("b.measures_done"),
        "measures_total": Sort("b.measures_total"),
        "positive_advice": Sort("b.positive_advice"),
        "approvals": Sort("b.approvals"),
        "version": Sort("b.version"),
    },
    default=("estate",),
    ties=("b.estate_id",),
)


def select(query: BoardQuery) -> Statement:
    """The rows that the query asks for.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    return rows_statement(LISTING, board_conditions(query), query.sort, query.limit, query.offset)


def count(query: BoardQuery, most: int = COUNTED + 1) -> Statement:
    """How many rows there are without paging, counted to `most`."""
    return count_statement(LISTING, board_conditions(query), most)


def row_of(record: Record) -> BoardRow:
    """The row in a record of `select`."""
    due_on, _, due_kind = (record["next_due"] or "").partition(" ")
    return BoardRow(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        kind=record["kind"],
        step=record["step"],
        step_since=day_in(record["step_since"]),
        cycle=record["cycle"],
        edition=record["edition"],
        status=record["status"],
        level=record["level"],
        level_derived=bool(record["level_derived"]),
        valid_from=day_in(record["valid_from"]),
        expires_on=day_in(record["expires_on"]),
        estimated=bool(record["estimated"]),
        missing=codes_in(record["missing"]),
        next_due_on=day_in(due_on or None),
        next_due_kind=due_kind or None,
        measures_done=record["measures_done"],
        measures_total=record["measures_total"],
        positive_advice=bool(record["positive_advice"]),
        irregularities=codes_in(record["irregularities"]),
        approvals=record["approvals"],
        version=record["version"],
    )


def read(reader: Reader, query: BoardQuery) -> Page[BoardRow]:
    """The page of the board that the query asks for."""
    return read_page(reader, select(query), count(query), row_of, (query.limit, query.offset))
