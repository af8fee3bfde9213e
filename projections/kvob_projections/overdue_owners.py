"""Who is late with what? Overdue measures of the running plans, by owner.

Of more than 10,000 overdue measures those that are late the longest are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.parties import PartyRole
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.paging import Page, Reader
from kvob_projections.statement import COUNTED, Conditions, Statement
from kvob_projections.stored import Record
from kvob_projections.today import concern_conditions
from kvob_projections.today_query import TodayQuery, duty_of

SHOWN: Final = 5
"""So many measures are shown of each owner."""
# CROSS JOIN: SQLite begins with the concerns, whose index gives the longest overdue first.
_LATE: Final = (
    "SELECT c.estate_id AS estate_id, c.detail AS measure FROM view_concerns c"
    "{where} ORDER BY c.since, c.estate_id, c.ordinal LIMIT {most}"
)
_JOINED: Final = (
    "({late}) AS late CROSS JOIN view_measures m"
    " WHERE m.estate_id = late.estate_id AND m.measure = late.measure{owners}"
)


@dataclass(frozen=True, slots=True)
class OverdueMeasure:
    """A measure that is overdue; `action` is the command that tells how far it is."""

    estate_id: str
    estate: str
    municipality: str
    step: str
    measure: str
    text: str
    due_on: date
    action: str = "update_measure"


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner with overdue measures: how many, of how many estates, the oldest `due_on`.

    `items` are the few that are late the longest.
    """

    owner: str
    owner_role: PartyRole
    measures: int
    estates: int
    oldest_due_on: date
    items: tuple[OverdueMeasure, ...]


def read(reader: Reader, query: TodayQuery) -> Page[OwnerRow]:
    """Owners in a role of whom the query tells, with the most overdue measures in front.

    The total is of owners; it and their numbers are exact as `total_is_exact` says.
    """
    late = concern_conditions(query, ConcernKind.MEASURE_OVERDUE)
    joined = _joined(query, late)
    counted = _counted(reader, late)
    owners = reader(
        "SELECT m.owner_folded AS folded, m.owner_role AS owner_role, MIN(m.owner) AS owner,"
        " COUNT(*) AS measures, COUNT(DISTINCT m.estate_id) AS estates, MIN(m.due_on) AS oldest"
        f" FROM {joined.sql} GROUP BY m.owner_folded, m.owner_role"
        " ORDER BY COUNT(*) DESC, MIN(m.due_on), m.owner_folded, m.owner_role",
        joined.parameters,
    )
    shown = owners[: query.limit]
    items = _items(reader, joined, shown)
    rows = tuple(_row_of(one, items.get((one["folded"], one["owner_role"]), ())) for one in shown)
    return Page(rows, len(owners), counted <= COUNTED, 0, query.limit)


def _joined(query: TodayQuery, late: Conditions) -> Statement:
    """The tables of overdue measures, with the conditions."""
    duty = duty_of(query.role)
    roles = [role.value for role in PartyRole if duty.owes(role)]
    named = {f"role_{at}": role for at, role in enumerate(roles)}
    owners = ""
    if len(roles) < len(PartyRole):
        owners = f" AND m.owner_role IN ({', '.join(f':{name}' for name in named) or 'NULL'})"
    rows = _LATE.format(where=late.where, most=COUNTED)
    parameters = {**late.parameters, **(named if owners else {})}
    return Statement(_JOINED.format(late=rows, owners=owners), parameters)


def _counted(reader: Reader, late: Conditions) -> int:
    """How many measures are overdue, counted to one above `COUNTED`."""
    rows = f"SELECT 1 AS one FROM view_concerns c{late.where} LIMIT {COUNTED + 1}"
    sql = f"SELECT COUNT(*) AS total FROM ({rows}) AS counted"
    return int(reader(sql, late.parameters)[0]["total"])


def _items(
    reader: Reader, joined: Statement, owners: Sequence[Record]
) -> Mapping[tuple[str, str], tuple[OverdueMeasure, ...]]:
    """The first measures of each of these owners."""
    if not owners:
        return {}
    named = {f"owner_{at}": one["folded"] for at, one in enumerate(owners)}
    placed = (
        "SELECT m.owner_folded AS folded, m.owner_role AS owner_role, m.estate_id AS estate_id,"
        " m.measure AS measure, m.text AS text, m.due_on AS due_on, ROW_NUMBER() OVER"
        " (PARTITION BY m.owner_folded, m.owner_role ORDER BY m.due_on, m.estate_id, m.line,"
        f" m.measure) AS place FROM {joined.sql}"
        f" AND m.owner_folded IN ({', '.join(f':{name}' for name in named)})"
    )
    records = reader(
        f"SELECT placed.*, b.estate, b.municipality, b.step FROM ({placed}) AS placed"
        " JOIN view_board b ON b.estate_id = placed.estate_id WHERE place <= :shown"
        " ORDER BY place",
        {**joined.parameters, **named, "shown": SHOWN},
    )
    found: dict[tuple[str, str], list[OverdueMeasure]] = {}
    for one in records:
        found.setdefault((one["folded"], one["owner_role"]), []).append(_item_of(one))
    return {owner: tuple(some) for owner, some in found.items()}


def _item_of(record: Record) -> OverdueMeasure:
    return OverdueMeasure(
        estate_id=record["estate_id"],
        estate=record["estate"],
        municipality=record["municipality"],
        step=record["step"],
        measure=record["measure"],
        text=record["text"],
        due_on=date.fromisoformat(record["due_on"]),
    )


def _row_of(record: Record, items: tuple[OverdueMeasure, ...]) -> OwnerRow:
    return OwnerRow(
        owner=record["owner"],
        owner_role=PartyRole(record["owner_role"]),
        measures=record["measures"],
        estates=record["estates"],
        oldest_due_on=date.fromisoformat(record["oldest"]),
        items=items,
    )
