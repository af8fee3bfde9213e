"""Which estates stand otherwise at another pair of moments? Their rectangles tell, unfolded.

An estate has moved where another rectangle of the board holds the second pair than the first.
Each counts once: by its rectangle at the second pair, or at the first where it is gone. A search
finds them where they are few; where they are many, a walk in order of name has a page full soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board, boxes, trees
from kvob_projections.board import BOARD, BoardQuery, BoardRow
from kvob_projections.bonds import within
from kvob_projections.deadlines import DEADLINES
from kvob_projections.dialect import Dialect, among_texts, listed
from kvob_projections.estates import choice, containing, folded, places_text
from kvob_projections.finding import alive
from kvob_projections.paging import Reader
from kvob_projections.past import COUNTED, FEW
from kvob_projections.periods import Pair, shadowed, table_of
from kvob_projections.places import GROUP, status_number, step_number
from kvob_projections.statement import NO_LIMIT
from kvob_projections.view import Value

_TABLE: Final = table_of(BOARD)


class DueDay(NamedTuple):
    """An open deadline: its kind, its number among that kind, its day (ISO)."""

    kind: str
    ordinal: int
    due_on: str


@dataclass(frozen=True, slots=True)
class Stand:
    """How one estate stands at one pair of moments; `row` None: it is not there."""

    row: BoardRow | None
    due: tuple[DueDay, ...]


@dataclass(frozen=True, slots=True)
class MovedEstates:
    """A page of estates that moved, by name, and how many there are; exact to `COUNTED`."""

    estates: tuple[str, ...]
    total: int


def moved(
    reader: Reader, a: Pair, b: Pair, query: BoardQuery, dialect: Dialect = Dialect.SQLITE
) -> MovedEstates:
    """The estates that stand otherwise at `b` than at `a`.

    `groups`, `municipality`, `step` and `status` hold for one of the two sides at least: a change
    into or out of what is asked for is one too. `reach` holds for the estate as it is now.
    """
    parameters = {**_of(a, "a"), **_of(b, "b")}
    matches = _filters(query, parameters)
    by = boxes if dialect is Dialect.POSTGRES else trees
    differing, days = by.differing(a, b, query.groups)
    few = reader(differing, {**parameters, **days, "few": FEW + 1})
    source = by.BY_RANK
    if len(few) <= FEW:
        # 0 is nobody's number: a list cannot be empty.
        numbers = ", ".join(str(record["id"]) for record in few) or "0"
        source, matches = by.BY_NUMBER, f"{matches} AND one.id IN ({numbers})"
    reached, mine = within(query.reach, "one.estate_id")
    parameters |= mine
    matches = f"{matches} AND {reached}"
    holds = f"({alive('one', 'b')} AND NOT ({alive('one', 'a')}) OR {_gone()}) AND {matches}"
    page = {"limit": NO_LIMIT if query.limit is None else query.limit, "offset": query.offset}
    found = reader(
        f"SELECT one.estate_id AS estate FROM {source} WHERE {holds}"
        " ORDER BY one.rank LIMIT :limit OFFSET :offset",
        {**parameters, **page},
    )
    total = query.offset + len(found)
    if query.limit is not None and (len(found) == query.limit or (query.offset and not found)):
        counted = f"SELECT 1 AS one FROM {source} WHERE {holds} LIMIT {COUNTED + 1}"
        count = reader(f"SELECT COUNT(*) AS total FROM ({counted}) AS counted", parameters)
        total = int(count[0]["total"])
    return MovedEstates(tuple(str(record["estate"]) for record in found), total)


def stands(
    reader: Reader,
    pair: Pair,
    day: str,
    estates: Sequence[str],
    dialect: Dialect = Dialect.SQLITE,
) -> dict[str, Stand]:
    """How these estates stand at a pair of moments; `day` is its day (ISO)."""
    asked = {"estates": listed(estates), **_of(pair, "b")}
    here = among_texts(dialect, "one.estate_id", "estates")
    numbers = reader(f"SELECT id FROM {_TABLE} one WHERE {here} AND {alive('one', 'b')}", asked)
    only = {BOARD.name: [int(record["id"]) for record in numbers]}
    query = BoardQuery(day=date.fromisoformat(day), groups=True)
    statement = board.select(query)
    read = shadowed(reader, pair, only, dialect)
    rows = {
        str(record["estate_id"]): board.row_of(record)
        for record in read(statement.sql, statement.parameters)
    }
    due: dict[str, list[DueDay]] = {}
    for record in reader(
        f"SELECT estate_id, kind, ordinal, due_on FROM {table_of(DEADLINES)} one"
        f" WHERE {here} AND {alive('one', 'b')} ORDER BY due_on, kind, ordinal",
        asked,
    ):
        one = DueDay(record["kind"], record["ordinal"], record["due_on"])
        due.setdefault(str(record["estate_id"]), []).append(one)
    return {estate: Stand(rows.get(estate), tuple(due.get(estate, ()))) for estate in estates}


def _of(pair: Pair, side: str) -> dict[str, Value]:
    return {f"{name}_{side}": value for name, value in pair.parameters.items()}


def _gone() -> str:
    """It held the first pair, and none of the estate's holds the second."""
    other = f"SELECT 1 FROM {_TABLE} o WHERE o.estate_id = one.estate_id AND {alive('o', 'b')}"
    is_there = f"{alive('one', 'a')} AND NOT ({alive('one', 'b')})"
    # Not "NOT EXISTS", for which PostgreSQL would first list every estate that is there.
    return f"{is_there} AND ({other} LIMIT 1) IS NULL"


def _filters(query: BoardQuery, parameters: dict[str, Value]) -> str:
    """What at least one rectangle of the estate at either pair must meet."""
    holds: list[str] = []
    if query.step is not None:
        parameters["step"] = step_number(str(choice("step", query.step, Step)))
        parameters["group_step"] = step_number(str(query.step)) + GROUP
        holds.append("side.first IN (:step, :group_step)")
    if not query.groups:
        parameters["group"] = GROUP
        holds.append("side.first < :group")
    if query.status is not None:
        parameters["status"] = status_number(str(query.status))
        holds.append("side.second = :status")
    if query.municipality is not None:
        place = folded("municipality", query.municipality)
        parameters["place"] = containing(places_text((place,)))
        holds.append("side.lies_in LIKE :place ESCAPE '!'")
    if not holds:
        return "1 = 1"
    if holds == ["side.first < :group"]:
        return "one.first < :group"
    return (
        f"EXISTS (SELECT 1 FROM {_TABLE} side WHERE side.estate_id = one.estate_id"
        f" AND ({alive('side', 'a')} OR {alive('side', 'b')}) AND {' AND '.join(holds)})"
    )
