"""Who does what, and how far is it? One row per measure of the plan that is being carried out."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import Measure, MeasureTag, Progress
from kvob_domain.estate_names import normal_name
from kvob_domain.parties import PartyRole
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.estates import (
    ESTATE_COLUMNS,
    ESTATE_SORTS,
    EstateQuery,
    choice,
    estate_conditions,
    folded,
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
from kvob_projections.view import Row, View, table_ddl

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "measure": "TEXT NOT NULL",
    "line": "INTEGER NOT NULL",
    "text": "TEXT NOT NULL",
    "owner": "TEXT NOT NULL",
    "owner_folded": "TEXT NOT NULL",
    "owner_role": "TEXT NOT NULL",
    "tag": "TEXT",
    "progress": "TEXT NOT NULL",
    "due_on": "TEXT",
    "cycle": "INTEGER NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "measure")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of an estate's plan, seen on one day.

    `measure` is its id in the plan, `tag` what it serves (clean, intact, safe). `overdue`: due
    before the day, and planned or started. `version` is that of the event that changed it last.
    """

    estate_id: str
    estate: str
    municipality: str
    measure: str
    text: str
    owner: str
    owner_role: str
    tag: str | None
    progress: str
    due_on: date | None
    cycle: int
    overdue: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureQuery(EstateQuery):
    """Which measures to show; `owner` is a whole name, in any spelling of case and accents."""

    owner: str | None = None
    progress: Progress | None = None
    overdue_only: bool = False


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book  # a measure is what the plan says, whatever the scheme
    measures = estate.measures
    return tuple([_row(estate, line, one) for line, one in enumerate(measures, start=1)])


def _row(estate: Estate, line: int, measure: Measure) -> Row:
    return (
        estate.id,
        measure.id,
        line,
        measure.text,
        measure.owner,
        normal_name(measure.owner),
        measure.owner_role.value,
        measure.tag.value if measure.tag else None,
        measure.progress.value,
        iso(measure.due_on),
        estate.cycle,
        estate.measure_versions[measure.id],
    )


MEASURES: Final = View(
    name="measures",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(table_ddl("view_measures", _COLUMNS, _KEY),),
    rows=_rows,
    reads=("measures", "cycle", "measure_versions"),
)

_OVERDUE: Final = "(m.due_on < :day AND m.progress IN ('planned', 'started'))"
_PLAIN: Final = (
    "measure",
    "text",
    "owner",
    "owner_role",
    "tag",
    "progress",
    "due_on",
    "cycle",
    "version",
)
_LISTING: Final = Listing(
    columns={**ESTATE_COLUMNS, **{name: f"m.{name}" for name in _PLAIN}, "overdue": _OVERDUE},
    tables="view_measures m JOIN view_board b ON b.estate_id = m.estate_id",
    sorts={
        **ESTATE_SORTS,
        "measure": Sort("m.measure"),
        "owner": Sort("m.owner_folded"),
        "owner_role": Sort(in_order_of("m.owner_role", PartyRole)),
        "tag": Sort(in_order_of("m.tag", MeasureTag), nullable=True),
        "progress": Sort(in_order_of("m.progress", Progress)),
        "due_on": Sort("m.due_on", nullable=True),
        "cycle": Sort("m.cycle"),
        "version": Sort("m.version"),
    },
    default=("estate",),
    ties=("m.estate_id", "m.line", "m.measure"),
)


def select(query: MeasureQuery) -> Statement:
    """The rows that the query asks for.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    return rows_statement(_LISTING, _conditions(query), query.sort, query.limit, query.offset)


def count(query: MeasureQuery, most: int = COUNTED + 1) -> Statement:
    """How many rows there are without paging, counted to `most`."""
    return count_statement(_LISTING, _conditions(query), most)


def row_of(record: Record) -> MeasureRow:
    """The row in a record of `select`."""
    return MeasureRow(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        measure=record["measure"],
        text=record["text"],
        owner=record["owner"],
        owner_role=record["owner_role"],
        tag=record["tag"],
        progress=record["progress"],
        due_on=day_in(record["due_on"]),
        cycle=record["cycle"],
        overdue=bool(record["overdue"]),
        version=record["version"],
    )


def read(reader: Reader, query: MeasureQuery) -> Page[MeasureRow]:
    """The page of measures that the query asks for."""
    return read_page(reader, select(query), count(query), row_of, (query.limit, query.offset))


def _conditions(query: MeasureQuery) -> Conditions:
    conditions = estate_conditions(query)
    if query.owner is not None:
        conditions.add("m.owner_folded = :owner", owner=folded("owner", query.owner))
    if query.progress is not None:
        conditions.add(
            "m.progress = :progress", progress=choice("progress", query.progress, Progress)
        )
    if query.overdue_only:
        conditions.add(_OVERDUE)
    return conditions
