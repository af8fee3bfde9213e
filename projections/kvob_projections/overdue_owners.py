"""Who is late with what? Overdue measures of the running plans, by owner.

Of more than 10,000 overdue measures those that are late the longest are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.parties import PartyRole
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.paging import Page, Reader
from kvob_projections.statement import COUNTED, Statement
from kvob_projections.stored import Record
from kvob_projections.today import concern_conditions
from kvob_projections.today_query import TodayQuery, duty_of

SHOWN: Final = 5
"""So many measures are shown of each owner."""
# CROSS JOIN: SQLite begins with the concerns, whose index gives the longest overdue first.
_LATE: Final = (
    "SELECT m.owner_folded AS folded, m.owner_role AS owner_role, m.owner AS owner, m.estate_id AS"
    " estate_id, m.measure AS measure, m.line AS line, m.text AS text, m.due_on AS due_on FROM"
    " (SELECT c.estate_id AS estate_id, c.detail AS measure FROM view_concerns c{where}"
    " ORDER BY c.since, c.estate_id, c.ordinal LIMIT {most}) AS late CROSS JOIN view_measures m"
    " WHERE m.estate_id = late.estate_id AND m.measure = late.measure"
)
_OWNERS: Final = (
    "SELECT folded, owner_role, MIN(owner) AS owner, COUNT(*) AS measures,"
    " COUNT(DISTINCT estate_id) AS estates, MIN(due_on) AS oldest, COUNT(*) OVER () AS owners"
    " FROM late{where} GROUP BY folded, owner_role"
    " ORDER BY COUNT(*) DESC, MIN(due_on), folded, owner_role LIMIT :limit"
)
_PLACED: Final = (
    "SELECT o.owner AS owner, o.owner_role AS owner_role, o.measures AS measures, o.estates AS"
    " estates, o.oldest AS oldest, o.owners AS owners, l.folded AS folded, l.estate_id AS"
    " estate_id, l.measure AS measure, l.text AS text, l.due_on AS due_on, ROW_NUMBER() OVER"
    " (PARTITION BY l.folded, l.owner_role ORDER BY l.due_on, l.estate_id, l.line, l.measure) AS"
    " place FROM owners o JOIN late l ON l.folded = o.folded AND l.owner_role = o.owner_role"
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
    """Owners in the roles of which the query tells, those of the most overdue measures in front.

    The total is of owners; it and all numbers are exact as `total_is_exact` says.
    """
    statement = _statement(query)
    records = reader(statement.sql, statement.parameters)
    owners: dict[tuple[str, str], list[Record]] = {}
    for one in records:
        owners.setdefault((one["folded"], one["owner_role"]), []).append(one)
    rows = tuple(_row_of(some) for some in owners.values())[: query.limit]
    is_exact = not records or int(records[0]["counted"]) <= COUNTED
    total = int(records[0]["owners"]) if records else 0
    return Page(rows, total, is_exact, 0, query.limit)


def _statement(query: TodayQuery) -> Statement:
    """The first measures of each of the first owners, and how many there are."""
    late = concern_conditions(query, ConcernKind.MEASURE_OVERDUE, are_many=True)
    duty = duty_of(query.role)
    roles = [role.value for role in PartyRole if duty.owes(role)]
    named = {f"role_{at}": role for at, role in enumerate(roles)}
    if len(roles) == len(PartyRole):
        owners, named = "", {}
    else:
        owners = f" WHERE owner_role IN ({', '.join(f':{name}' for name in named) or 'NULL'})"
    sql = (
        f"WITH late AS MATERIALIZED ({_LATE.format(where=late.where, most=COUNTED + 1)}),"
        f" owners AS MATERIALIZED ({_OWNERS.format(where=owners)})"
        " SELECT placed.*, b.estate AS estate, b.municipality AS municipality, b.step AS step,"
        f" (SELECT COUNT(*) FROM late) AS counted FROM ({_PLACED}) AS placed"
        " CROSS JOIN view_board b WHERE b.estate_id = placed.estate_id AND place <= :shown"
        " ORDER BY measures DESC, oldest, folded, owner_role, place"
    )
    limit = max(query.limit, 1)  # a page of none has a total too, which stands in its rows
    return Statement(sql, {**late.parameters, **named, "limit": limit, "shown": SHOWN})


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


def _row_of(records: Sequence[Record]) -> OwnerRow:
    first = records[0]
    return OwnerRow(
        owner=first["owner"],
        owner_role=PartyRole(first["owner_role"]),
        measures=first["measures"],
        estates=first["estates"],
        oldest_due_on=date.fromisoformat(first["oldest"]),
        items=tuple(map(_item_of, records)),
    )
