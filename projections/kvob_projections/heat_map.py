"""When do deadlines cluster, and where? Open deadlines counted by municipality and month.

A question over the rows of the deadlines and the board; it has no table of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate_names import normal_name
from kvob_domain.mandates import Reach
from kvob_domain.terms import add_months
from kvob_projections.errors import DayNotGiven
from kvob_projections.estates import EstateQuery, choice, estate_conditions, folded
from kvob_projections.paging import Reader
from kvob_projections.statement import Statement

MOST_MONTHS: Final = 120
_USUAL_MONTHS: Final = 12


@dataclass(eq=False)
class MonthsOutOfRange(Invalid):
    """A heat map has at least one month, and no more than can be looked at."""

    code: ClassVar[str] = "months-out-of-range"
    nl: ClassVar[str] = (
        "Van {first} tot en met {last} kan niet. Kies een laatste maand niet voor de eerste, en "
        "hooguit {most} maanden."
    )
    en: ClassVar[str] = (
        "From {first} to {last} is not possible. Choose a last month not before the first, and at "
        "most {most} months."
    )
    first: str
    last: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMapQuery:
    """Which deadlines to count.

    `day` is the civil day asked, `known_at` (aware) the instant at which it was known so; None
    means as it is known now. `first` and `last` are any days of the first and the last month,
    both inclusive: without them, twelve months from the month of `day`. `municipality` is a whole
    name; `groups` adds groups and other areas; `reach` leaves out what lies outside it today.
    """

    day: date | None = None
    known_at: datetime | None = None
    kind: DeadlineKind = DeadlineKind.EXPIRY
    first: date | None = None
    last: date | None = None
    municipality: str | None = None
    groups: bool = False
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A municipality: its number of deadlines in each month of the map, and together."""

    municipality: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Deadlines of one kind as they are open now, past ones in the range too.

    `months` are the first days of the months, without gaps. An estate in several municipalities
    counts in each of them and once in `counts` and `total`. Municipalities without any are absent.
    """

    kind: str
    months: tuple[date, ...]
    rows: tuple[HeatRow, ...]
    counts: tuple[int, ...]
    total: int


def select(query: HeatMapQuery) -> Statement:
    """How many deadlines there are, for each set of municipalities and month.

    Raises:
        Invalid: when the query cannot be answered; see `errors` and `MonthsOutOfRange`.
    """
    months = months_of(query)
    shared = EstateQuery(
        day=query.day, municipality=query.municipality, groups=query.groups, reach=query.reach
    )
    conditions = estate_conditions(shared)
    conditions.add("d.kind = :kind", kind=choice("kind", query.kind, DeadlineKind))
    conditions.add("d.due_on >= :first_day", first_day=months[0].isoformat())
    conditions.add("d.due_on < :end_day", end_day=add_months(months[-1], 1).isoformat())
    return Statement(
        "SELECT b.places AS places, MIN(b.municipality) AS municipality,"
        " SUBSTR(d.due_on, 1, 7) AS month, COUNT(*) AS deadlines"
        f" FROM view_deadlines d JOIN view_board b ON b.estate_id = d.estate_id{conditions.where}"
        " GROUP BY b.places, SUBSTR(d.due_on, 1, 7)"
        " ORDER BY b.places, SUBSTR(d.due_on, 1, 7)",
        conditions.parameters,
    )


def read(reader: Reader, query: HeatMapQuery) -> HeatMap:
    """The map that the query asks for, by municipality in alphabetical order."""
    months = months_of(query)
    statement = select(query)
    number_of = {month.isoformat()[:7]: number for number, month in enumerate(months)}
    wanted = query.municipality and folded("municipality", query.municipality)
    every = [0] * len(months)
    counts: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for record in reader(statement.sql, statement.parameters):
        number, found = number_of[record["month"]], int(record["deadlines"])
        every[number] += found
        for key, name in _places(record["places"], record["municipality"]):
            if not wanted or key == wanted:
                names.setdefault(key, name)
                counts.setdefault(key, [0] * len(months))[number] += found
    rows = tuple(HeatRow(names[key], tuple(of), sum(of)) for key, of in sorted(counts.items()))
    return HeatMap(str(query.kind), months, rows, tuple(every), sum(every))


def months_of(query: HeatMapQuery) -> tuple[date, ...]:
    """The first days of the months asked for.

    Raises:
        DayNotGiven: when the query names no day.
        MonthsOutOfRange: when there are none, or too many.
    """
    if query.day is None:
        raise DayNotGiven
    first = (query.first or query.day).replace(day=1)
    last = (query.last or add_months(first, _USUAL_MONTHS - 1)).replace(day=1)
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < number <= MOST_MONTHS:
        raise MonthsOutOfRange(f"{first:%Y-%m}", f"{last:%Y-%m}", MOST_MONTHS)
    return tuple(add_months(first, ahead) for ahead in range(number))


def _places(places: str, municipality: str) -> Iterator[tuple[str, str]]:
    """Each municipality of an estate once: its key and its name.

    The board joins names with "/", and a name may hold one itself; the folded names beside it
    tell which strokes separate. Where even those cannot be told apart, the whole is one place.
    """
    parts = municipality.split("/")
    found: dict[str, str] = {}
    for key in places[1:-1].split("|"):
        name = parts.pop(0) if parts else ""
        while parts and normal_name(name) != key:
            name = f"{name}/{parts.pop(0)}"
        if normal_name(name) != key:
            yield normal_name(municipality), municipality
            return
        found.setdefault(key, name)
    yield from found.items()
