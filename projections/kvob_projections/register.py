"""Which certificate does every estate hold? The register: one row per period of a certificate.

A period is kept with the standing that decisions gave it; that it has expired shows when its
`expires_on` is compared with the day asked. Nobody has to be awake for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.certificates import Period, periods
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.state import Estate
from kvob_domain.ids import CertificateId, EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day
from kvob_projections.estates import (
    ESTATE_COLUMNS,
    ESTATE_SORTS,
    EstateQuery,
    choice,
    estate_conditions,
    in_order_of,
    lowered,
)
from kvob_projections.paging import Page, Reader, read_page
from kvob_projections.standing import PERIOD_ON_DAY, STATUS
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
    "certificate_number": "INTEGER NOT NULL",
    "from_day": "TEXT NOT NULL",  # '' where nobody knows: no column of a key can be NULL
    "until_day": "TEXT",
    "standing": "TEXT NOT NULL",
    "level": "TEXT",
    "level_derived": "INTEGER NOT NULL",
    "valid_from": "TEXT",
    "expires_on": "TEXT",
    "estimated": "INTEGER NOT NULL",
    "body": "TEXT",
    "start_basis": "TEXT NOT NULL",
    "end_basis": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "certificate_number", "from_day")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """The certificate that an estate holds on one day.

    `valid_from` is the earliest day it can begin; `expires_on` is the first day no longer valid
    and the latest it can be, `last_valid_day` the day before. `certificate_number`: the n-th
    known here of this estate. `version` is that of the event that began the certificate.
    """

    estate_id: str
    estate: str
    municipality: str
    kind: str
    status: str
    level: str | None
    level_derived: bool
    valid_from: date | None
    expires_on: date | None
    estimated: bool
    certificate_number: int
    last_valid_day: date | None
    body: str | None
    start_basis: str
    end_basis: str
    version: int

    @property
    def certificate_id(self) -> str:
        """The id that stands on the printed certificate."""
        return str(CertificateId(EstateId(self.estate_id), self.version))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterQuery(EstateQuery):
    """What to show of the register; `due_before`: it expires before that day."""

    status: Status | None = None
    level: str | None = None
    due_before: date | None = None


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    if not estate.certificates:
        return ()
    names = level_names(estate.certificates, book)
    levels = dict(zip((one.number for one in estate.certificates), names, strict=True))
    return tuple(
        _row(estate.id, period, *levels[period.certificate.number])
        for period in periods(estate.certificates)
    )


def _row(estate_id: str, period: Period, level: str | None, derived: bool) -> Row:
    certificate = period.certificate
    return (
        estate_id,
        certificate.number,
        iso(period.from_day) or "",
        iso(period.until_day),
        period.standing.value,
        level,
        1 if derived else 0,
        iso(certificate.valid_from),
        iso(certificate.expires_on),
        1 if certificate.estimated else 0,
        certificate.body,
        certificate.start_basis,
        certificate.end_basis,
        certificate.version,
    )


REGISTER: Final = View(
    name="register",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(table_ddl("view_register", _COLUMNS, _KEY),),
    rows=_rows,
    reads=("certificates",),
    # How often each level occurs: a guess of one in 200 would fetch and sort nearly every estate.
    on_postgres=("CREATE STATISTICS view_register_levels ON (LOWER(level)) FROM view_register",),
)

_PLAIN: Final = (
    "level",
    "level_derived",
    "valid_from",
    "expires_on",
    "estimated",
    "certificate_number",
    "body",
    "start_basis",
    "end_basis",
    "version",
)
_LISTING: Final = Listing(
    columns={
        **ESTATE_COLUMNS,
        "kind": "b.kind",
        "status": STATUS,
        **{name: f"r.{name}" for name in _PLAIN},
    },
    tables=f"view_board b JOIN view_register r ON {PERIOD_ON_DAY}",
    sorts={
        **ESTATE_SORTS,
        "kind": Sort("b.kind"),
        "status": Sort(in_order_of(STATUS, Status)),
        "level": Sort("r.level", nullable=True),
        "valid_from": Sort("r.valid_from", nullable=True),
        "expires_on": Sort("r.expires_on", nullable=True),
        "last_valid_day": Sort("r.expires_on", nullable=True),
        "certificate_number": Sort("r.certificate_number"),
        "estimated": Sort("r.estimated"),
        "body": Sort("r.body", nullable=True),
        "version": Sort("r.version"),
    },
    default=("estate",),
    ties=("b.estate_id",),
)


def select(query: RegisterQuery) -> Statement:
    """The rows that the query asks for.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    return rows_statement(_LISTING, _conditions(query), query.sort, query.limit, query.offset)


def count(query: RegisterQuery, most: int = COUNTED + 1) -> Statement:
    """How many rows there are without paging, counted to `most`."""
    return count_statement(_LISTING, _conditions(query), most)


def row_of(record: Record) -> RegisterRow:
    """The row in a record of `select`."""
    expires_on = day_in(record["expires_on"])
    return RegisterRow(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        kind=record["kind"],
        status=record["status"],
        level=record["level"],
        level_derived=bool(record["level_derived"]),
        valid_from=day_in(record["valid_from"]),
        expires_on=expires_on,
        estimated=bool(record["estimated"]),
        certificate_number=record["certificate_number"],
        last_valid_day=None if expires_on is None else last_valid_day(expires_on),
        body=record["body"],
        start_basis=record["start_basis"],
        end_basis=record["end_basis"],
        version=record["version"],
    )


def read(reader: Reader, query: RegisterQuery) -> Page[RegisterRow]:
    """The page of the register that the query asks for."""
    return read_page(reader, select(query), count(query), row_of, (query.limit, query.offset))


def _conditions(query: RegisterQuery) -> Conditions:
    conditions = estate_conditions(query)
    if query.status is not None:
        conditions.add(f"{STATUS} = :status", status=choice("status", query.status, Status))
    if query.level is not None:
        conditions.add("LOWER(r.level) = :level", level=lowered("level", query.level))
    if query.due_before is not None:
        conditions.add("r.expires_on < :due_before", due_before=query.due_before.isoformat())
    return conditions
