"""Which estates stand otherwise at another pair of moments? Their rectangles tell, unfolded.

An estate has moved where another rectangle of the board holds the second pair than the first.
Each counts once: by its rectangle at the second pair, or at the first where it is gone. The tree
finds them where they are few; where they are many, a walk in order of name has a page full soon.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import board
from kvob_projections.board import BOARD, BoardQuery, BoardRow
from kvob_projections.deadlines import DEADLINES
from kvob_projections.estates import choice, containing, folded, places_text
from kvob_projections.paging import Reader
from kvob_projections.past import COUNTED, FEW
from kvob_projections.periods import FACETS, Pair, day_beside, shadowed, table_of, trees_of
from kvob_projections.places import GROUP, status_number, step_number
from kvob_projections.view import Value

_TABLE: Final = table_of(BOARD)
_TREE: Final = trees_of(BOARD)[FACETS.index("group")]


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


def moved(reader: Reader, a: Pair, b: Pair, query: BoardQuery) -> MovedEstates:
    """The estates that stand otherwise at `b` than at `a`.

    `groups`, `municipality`, `step` and `status` hold for one of the two sides at least: a change
    into or out of what is asked for is one too.
    """
    parameters = {**_of(a, "a"), **_of(b, "b")}
    matches = _filters(query, parameters)
    candidates, days = _candidates(a, b, query.groups)
    few = reader(candidates, {**parameters, **days, "few": FEW + 1})
    source = f"{_TABLE} one INDEXED BY {_TABLE}_rank"
    if len(few) <= FEW:
        listed = ", ".join(str(record["id"]) for record in few)
        source, matches = f"{_TABLE} one NOT INDEXED", f"{matches} AND one.id IN ({listed})"
    holds = f"({_alive('one', 'b')} AND NOT ({_alive('one', 'a')}) OR {_gone()}) AND {matches}"
    page = {"limit": -1 if query.limit is None else query.limit, "offset": query.offset}
    found = reader(
        f"SELECT one.estate_id AS estate FROM {source} WHERE {holds}"
        " ORDER BY one.rank LIMIT :limit OFFSET :offset",
        {**parameters, **page},
    )
    total = query.offset + len(found)
    if query.limit is not None and (len(found) == query.limit or (query.offset and not found)):
        counted = f"SELECT 1 AS one FROM {source} WHERE {holds} LIMIT {COUNTED + 1}"
        count = reader(f"SELECT COUNT(*) AS total FROM ({counted})", parameters)
        total = int(count[0]["total"])
    return MovedEstates(tuple(str(record["estate"]) for record in found), total)


def stands(reader: Reader, pair: Pair, day: str, estates: Sequence[str]) -> dict[str, Stand]:
    """How these estates stand at a pair of moments; `day` is its day (ISO)."""
    asked = {"estates": json.dumps(list(estates)), **_of(pair, "b")}
    here = "one.estate_id IN (SELECT value FROM json_each(:estates))"
    numbers = reader(f"SELECT id FROM {_TABLE} one WHERE {here} AND {_alive('one', 'b')}", asked)
    only = {BOARD.name: [int(record["id"]) for record in numbers]}
    query = BoardQuery(day=date.fromisoformat(day), groups=True)
    statement = board.select(query)
    read = shadowed(reader, pair, only)
    rows = {
        str(record["estate_id"]): board.row_of(record)
        for record in read(statement.sql, statement.parameters)
    }
    due: dict[str, list[DueDay]] = {}
    for record in reader(
        f"SELECT estate_id, kind, ordinal, due_on FROM {table_of(DEADLINES)} one"
        f" WHERE {here} AND {_alive('one', 'b')} ORDER BY due_on, kind, ordinal",
        asked,
    ):
        one = DueDay(record["kind"], record["ordinal"], record["due_on"])
        due.setdefault(str(record["estate_id"]), []).append(one)
    return {estate: Stand(rows.get(estate), tuple(due.get(estate, ()))) for estate in estates}


def _of(pair: Pair, side: str) -> dict[str, Value]:
    return {f"{name}_{side}": value for name, value in pair.parameters.items()}


def _alive(name: str, side: str) -> str:
    return (
        f"{name}.seen_from <= :seen_on_{side} AND {name}.seen_until > :seen_on_{side}"
        f" AND {name}.known_from <= :known_at_{side} AND {name}.known_until > :known_at_{side}"
    )


def _gone() -> str:
    """It held the first pair, and none of the estate's holds the second."""
    other = f"SELECT 1 FROM {_TABLE} o WHERE o.estate_id = one.estate_id AND {_alive('o', 'b')}"
    is_there = f"{_alive('one', 'a')} AND NOT ({_alive('one', 'b')})"
    return f"{is_there} AND NOT EXISTS ({other})"


def _candidates(a: Pair, b: Pair, groups: bool) -> tuple[str, dict[str, Value]]:
    """The rectangles that hold one of the pairs and not the other: four sides for each."""
    parts: list[str] = []
    parameters: dict[str, Value] = {}
    for group in (0, 1) if groups else (0,):
        for side, pair in (("a", a), ("b", b)):
            parameters[f"day_{side}_{group}"] = day_beside(group, pair.seen_on)
        for this, other in (("a", "b"), ("b", "a")):
            day, other_day = f":day_{this}_{group}", f":day_{other}_{group}"
            here = (
                f"t.sf <= {day} AND t.sl >= {day}"
                f" AND t.kf <= :known_second_{this} AND t.kl >= :known_second_{this}"
            )
            exact = f"SELECT 1 FROM {_TABLE} o WHERE o.id = t.id AND {_alive('o', this)}"
            exact += f" AND NOT ({_alive('o', other)})"
            parts += [
                f"SELECT t.id AS id FROM {_TREE} t WHERE {here} AND {beyond} AND EXISTS ({exact})"
                for beyond in (
                    f"t.sf >= {other_day}",
                    f"t.sl <= {other_day}",
                    f"t.kf >= :known_second_{other}",
                    f"t.kl <= :known_second_{other}",
                )
            ]
    # What lies beyond on two sides comes twice, which the list of numbers bears.
    return f"{' UNION ALL '.join(parts)} LIMIT :few", parameters


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
        return "1"
    if holds == ["side.first < :group"]:
        return "one.first < :group"
    return (
        f"EXISTS (SELECT 1 FROM {_TABLE} side WHERE side.estate_id = one.estate_id"
        f" AND ({_alive('side', 'a')} OR {_alive('side', 'b')}) AND {' AND '.join(holds)})"
    )
