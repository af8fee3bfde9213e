"""What falls due, and why? One row per open deadline, with the event and the rule behind it.

Whether a deadline is overdue, or moot because the certificate has run out, shows on the day
asked. Deadlines themselves are worked out by `kvob_domain.estate.deadlines`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.deadline_kinds import OF_THE_CYCLE
from kvob_domain.estate.deadlines import Deadline, DeadlineKind, deadlines
from kvob_domain.estate.deadlines.owed import notice_status
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.estates import (
    ESTATE_COLUMNS,
    ESTATE_SORTS,
    EstateQuery,
    choice,
    estate_conditions,
    in_order_of,
)
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
from kvob_projections.stored import Record, day_in, iso
from kvob_projections.view import Row, View, index_ddl, table_ddl

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "due_on": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "moot_on": "TEXT",
    "anchor_on": "TEXT NOT NULL",
    "anchor_version": "INTEGER NOT NULL",
    "rule": "TEXT NOT NULL",
    "holder": "TEXT NOT NULL",
    "source": "TEXT NOT NULL",
    "estimated": "INTEGER NOT NULL",
    "level": "TEXT",
    "edition": "TEXT",
    "computed_on": "TEXT NOT NULL",
    "reason": "TEXT NOT NULL",
    "notice": "TEXT NOT NULL",
}
# With the day second, the board finds an estate's next deadline in the key's index alone.
_KEY: Final = ("estate_id", "due_on", "kind", "ordinal")


@dataclass(frozen=True, slots=True)
class DueRow:
    """One open deadline of an estate, seen on one day.

    `kind` is the deadline's. From `moot_on` on nothing can be done about it any more; notice of
    it is still given. `overdue`: due before the day and not moot. `anchor_on` is the day it is
    counted from, `anchor_version` the event that gave it, `rule` the scheme value, `holder` the
    edition or policy that says so.
    `level` and `edition` are those of the certificate; the edition of a target date or of a
    corrective action is that of the cycle.
    `computed_on` is the day that the rule gives: another one than `due_on` where somebody moved
    the deadline, for the `reason` given. `notice`: pending, given, or silent, which is what was
    due before it became known.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: str
    ordinal: int
    due_on: date
    moot_on: date | None
    overdue: bool
    anchor_on: date
    anchor_version: int
    rule: str
    holder: str
    source: str
    estimated: bool
    level: str | None
    edition: str | None
    computed_on: date
    reason: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuery(EstateQuery):
    """What falls due from `day` to `until`, both inclusive; without `until` there is no end.

    `overdue` adds what was due before and is not moot.
    """

    until: date | None = None
    overdue: bool = False
    kind: DeadlineKind | None = None


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    return rows_for(estate, book, deadlines(estate, book))


def rows_for(estate: Estate, book: SchemeBook, found: tuple[Deadline, ...]) -> tuple[Row, ...]:
    """The rows of some of an estate's open deadlines."""
    if not found:
        return ()
    latest = estate.latest_certificate
    level = level_names(estate.certificates, book)[-1][0] if latest else None
    awarded_under = latest.edition if latest else None
    estate_id, of_the_cycle = estate.id, estate.edition
    return tuple(
        [
            (
                estate_id,
                deadline.due_on.isoformat(),
                deadline.kind.value,
                deadline.ordinal,
                iso(deadline.moot_on),
                deadline.anchor_on.isoformat(),
                deadline.anchor_version,
                deadline.rule,
                deadline.holder,
                deadline.source,
                1 if deadline.estimated else 0,
                level,
                of_the_cycle if deadline.kind in OF_THE_CYCLE else awarded_under,
                deadline.computed_on.isoformat(),
                deadline.reason,
                notice_status(estate, deadline),
            )
            for deadline in found
        ]
    )


DEADLINES: Final = View(
    name="deadlines",
    schema=2,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_deadlines", _COLUMNS, _KEY),
        index_ddl("view_deadlines", "due_on"),
        # What a sweep asks, however many deadlines are open: the few that wait for their notice.
        "CREATE INDEX view_deadlines_pending ON view_deadlines (due_on, estate_id, kind, ordinal)"
        " WHERE notice = 'pending'",
    ),
    rows=_rows,
    reads=(
        "certificates",
        "step",
        "moves",
        "edition",
        "notices",
        "moved_deadlines",
        "dossier.year_evaluations",
        "dossier.findings_opened",
        "dossier.open_findings",
    ),
)

NOT_MOOT: Final = "(d.moot_on IS NULL OR d.moot_on > :day)"
"""Something can be done about the deadline `d` on the day."""
_PLAIN: Final = (
    "kind",
    "ordinal",
    "due_on",
    "moot_on",
    "anchor_on",
    "anchor_version",
    "rule",
    "holder",
    "source",
    "estimated",
    "level",
    "edition",
    "computed_on",
    "reason",
    "notice",
)
_LISTING: Final = Listing(
    columns={
        **ESTATE_COLUMNS,
        **{name: f"d.{name}" for name in _PLAIN},
        "overdue": "(d.due_on < :day)",  # what is moot is not in the list
    },
    tables="view_deadlines d JOIN view_board b ON b.estate_id = d.estate_id",
    sorts={
        "due_on": Sort("d.due_on"),
        **ESTATE_SORTS,
        "kind": Sort(in_order_of("d.kind", DeadlineKind)),
        "ordinal": Sort("d.ordinal"),
        "moot_on": Sort("d.moot_on", nullable=True),
        "anchor_on": Sort("d.anchor_on"),
        "rule": Sort("d.rule"),
        "level": Sort("d.level", nullable=True),
        "edition": Sort("d.edition", nullable=True),
    },
    default=("due_on", "estate"),
    ties=("d.estate_id", "d.kind", "d.ordinal"),
)


def select(query: DueQuery) -> Statement:
    """The rows that the query asks for.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    return rows_statement(_LISTING, _conditions(query), query.sort, query.limit, query.offset)


def count(query: DueQuery, most: int = COUNTED + 1) -> Statement:
    """How many rows there are without paging, counted to `most`."""
    return count_statement(_LISTING, _conditions(query), most)


def row_of(record: Record) -> DueRow:
    """The row in a record of `select`."""
    return DueRow(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        kind=record["kind"],
        ordinal=record["ordinal"],
        due_on=date.fromisoformat(record["due_on"]),
        moot_on=day_in(record["moot_on"]),
        overdue=bool(record["overdue"]),
        anchor_on=date.fromisoformat(record["anchor_on"]),
        anchor_version=record["anchor_version"],
        rule=record["rule"],
        holder=record["holder"],
        source=record["source"],
        estimated=bool(record["estimated"]),
        level=record["level"],
        edition=record["edition"],
        computed_on=date.fromisoformat(record["computed_on"]),
        reason=record["reason"],
        notice=record["notice"],
    )


def read(reader: Reader, query: DueQuery) -> Page[DueRow]:
    """The page of deadlines that the query asks for."""
    return read_page(reader, select(query), count(query), row_of, (query.limit, query.offset))


def _conditions(query: DueQuery) -> Conditions:
    conditions = estate_conditions(query)
    conditions.add(f"(d.due_on >= :day OR {NOT_MOOT})" if query.overdue else "d.due_on >= :day")
    if query.until is not None:
        conditions.add("d.due_on <= :until", until=query.until.isoformat())
    if query.kind is not None:
        conditions.add("d.kind = :kind", kind=choice("kind", query.kind, DeadlineKind))
    return conditions
