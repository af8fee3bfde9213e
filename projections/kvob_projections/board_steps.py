"""How many estates stand in each step, and which are due there first? The columns of the board.

The cards of a step with few estates are sorted; those of a large one are found by walking the
deadlines from the day on, which ends long before all its estates were looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import LISTING, NEXT_DUE, BoardQuery, BoardRow, row_of
from kvob_projections.board_columns import shown_of
from kvob_projections.board_conditions import board_conditions
from kvob_projections.paging import Reader
from kvob_projections.standing import STATUS
from kvob_projections.statement import COUNTED, Conditions, Statement, check_page

FEW: Final = 4_000
"""So many estates of a step are sorted within some 20 ms; measured on SQLite."""
WALKED: Final = 1_500
"""So many deadlines from the day on are looked at for the first cards of large steps."""
# Of a column that no index holds: SQLite then reads the table in the order of its estates, and the
# others beside it, instead of jumping to and fro in the order of names: three times as fast.
_IN_ORDER_OF_ESTATES: Final = "b.version > 0"
_NO_DAY: Final = "9999-12-32"
_FROM_BOARD: Final = "view_board b"
_EARLIEST: Final = (
    "NOT EXISTS (SELECT 1 FROM view_deadlines e WHERE e.estate_id = d.estate_id"
    " AND e.due_on >= :day AND (e.due_on, e.kind, e.ordinal) < (d.due_on, d.kind, d.ordinal))"
)
_IN_ORDER: Final = "ORDER BY step, next_due ASC NULLS LAST, estate_id"
# Most estates outside the evaluation have none: that there is none takes half the time to find.
_NEXT_DUE: Final = (
    "CASE WHEN EXISTS (SELECT 1 FROM view_deadlines f WHERE f.estate_id = b.estate_id"
    f" AND f.due_on >= :day) THEN {NEXT_DUE} END"
)
_REGISTER: Final = LISTING.tables.removeprefix(_FROM_BOARD)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many estates have a code; more than `total` where that is not exact."""

    code: str
    total: int
    total_is_exact: bool


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many estates the board has, by step and by status; every code once, in its order."""

    steps: tuple[Tally, ...]
    statuses: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One step of the board: how many estates stand there, and the first of them."""

    step: Step
    total: int
    total_is_exact: bool
    items: tuple[BoardRow, ...]


def steps_asked(query: BoardQuery) -> tuple[Step, ...]:
    """The steps that a query asks for: one, or all in their order."""
    return tuple(Step) if query.step is None else (Step(query.step),)


def tally(code: str, counted: int) -> Tally:
    """A count as far as lists count."""
    return Tally(code, min(counted, COUNTED), counted <= COUNTED)


def counts(reader: Reader, query: BoardQuery) -> BoardCounts:
    """How many estates the query finds, by step and by status.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    by_step = _totals(reader, _step_totals(query))
    by_status = _totals(reader, _status_totals(query))
    return BoardCounts(
        tuple(tally(one.value, by_step.get(one.value, 0)) for one in Step),
        tuple(tally(one.value, by_status.get(one.value, 0)) for one in Status),
    )


def columns(
    reader: Reader, query: BoardQuery, per_step: int, *, few: int = FEW, walked: int = WALKED
) -> tuple[BoardColumn, ...]:
    """Each step with its first cards, those due first in front.

    Steps of more than a `few` estates are looked for among so many `walked` deadlines first.

    Raises:
        Invalid: when the query cannot be answered; see `errors`.
    """
    check_page(per_step, 0)
    totals = _totals(reader, _step_totals(query))
    found = _first_cards(reader, query, totals, per_step, (few, walked))
    rows = _rows(reader, query, [estate for cards in found.values() for estate in cards])
    return tuple(
        BoardColumn(
            step,
            min(totals.get(step, 0), COUNTED),
            totals.get(step, 0) <= COUNTED,
            tuple(rows[estate] for estate in found.get(step, ()) if estate in rows),
        )
        for step in steps_asked(query)
    )


def _totals(reader: Reader, asked: Statement) -> Mapping[str, int]:
    return {row["code"]: int(row["total"]) for row in reader(asked.sql, asked.parameters)}


def _step_totals(query: BoardQuery) -> Statement:
    conditions = board_conditions(query)
    return Statement(
        f"SELECT b.step AS code, COUNT(*) AS total FROM {_FROM_BOARD}{_joined(query)}"
        f"{conditions.where} GROUP BY b.step",
        conditions.parameters,
    )


def _status_totals(query: BoardQuery) -> Statement:
    conditions = board_conditions(query)
    conditions.add(_IN_ORDER_OF_ESTATES)
    return Statement(
        f"SELECT {STATUS} AS code, COUNT(*) AS total FROM {LISTING.tables}"
        f"{conditions.where} GROUP BY 1",
        conditions.parameters,
    )


def _joined(query: BoardQuery) -> str:
    """The register, where a filter asks for what stands in it."""
    held = (query.status, query.level, query.expires_from, query.expires_before)
    return _REGISTER if held != (None,) * len(held) else ""


def _first_cards(
    reader: Reader,
    query: BoardQuery,
    totals: Mapping[str, int],
    per_step: int,
    bounds: tuple[int, int],
) -> Mapping[str, Sequence[str]]:
    """The estates of the first cards, by step."""
    few, walk = bounds
    there = [step.value for step in Step if totals.get(step.value, 0)] if per_step else []
    large = [step for step in there if totals[step] > few]
    found: dict[str, list[str]] = {}
    if large:
        walked = _walked(query, large, per_step, _horizon(reader, query, walk))
        found.update(_by_step(reader, walked))
    sure = {step for step, cards in found.items() if len(cards) >= per_step}
    rest = [step for step in there if step not in sure]
    if rest:
        found.update(_by_step(reader, _sorted(query, rest, per_step)))
    return found


def _by_step(reader: Reader, asked: Statement) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in reader(asked.sql, asked.parameters):
        found.setdefault(row["step"], []).append(row["estate_id"])
    return found


def _horizon(reader: Reader, query: BoardQuery, walk: int) -> str:
    """The first day that the walk does not reach."""
    sql = (
        "SELECT due_on FROM view_deadlines WHERE due_on >= :day"
        " ORDER BY due_on LIMIT 1 OFFSET :walk"
    )
    for row in reader(sql, {"day": board_conditions(query).parameters["day"], "walk": walk}):
        return str(row["due_on"])
    return _NO_DAY


def _walked(query: BoardQuery, steps: Sequence[str], per_step: int, horizon: str) -> Statement:
    conditions = board_conditions(query)
    conditions.add("b.estate_id = d.estate_id")
    conditions.add("d.due_on >= :day AND d.due_on < :horizon", horizon=horizon)
    conditions.add(_EARLIEST)
    _among_steps(conditions, steps)
    # CROSS JOIN: SQLite then begins with the deadlines, of which the days leave few.
    inner = (
        "SELECT b.step AS step, b.estate_id AS estate_id, ROW_NUMBER() OVER (PARTITION BY b.step"
        " ORDER BY d.due_on, d.kind, b.estate_id) AS place"
        f" FROM view_deadlines d CROSS JOIN {_FROM_BOARD}{_joined(query)}{conditions.where}"
    )
    return Statement(
        f"SELECT step, estate_id FROM ({inner}) AS placed WHERE place <= :per_step"
        " ORDER BY step, place",
        {**conditions.parameters, "per_step": per_step},
    )


def _sorted(query: BoardQuery, steps: Sequence[str], per_step: int) -> Statement:
    conditions = board_conditions(query)
    _among_steps(conditions, steps)
    conditions.add(_IN_ORDER_OF_ESTATES)
    dated = (
        f"SELECT b.step AS step, b.estate_id AS estate_id, {_NEXT_DUE} AS next_due"
        f" FROM {_FROM_BOARD}{_joined(query)}{conditions.where}"
    )
    # A part for each step: of a sort with a limit no more is kept than what is shown.
    parts = " UNION ALL ".join(
        f"SELECT * FROM (SELECT step, estate_id, next_due FROM dated WHERE step = :step_{number}"
        f" {_IN_ORDER} LIMIT :per_step) AS part_{number}"
        for number in range(len(steps))
    )
    return Statement(
        f"WITH dated AS MATERIALIZED ({dated}) SELECT step, estate_id FROM ({parts}) AS parts"
        f" {_IN_ORDER}",
        {**conditions.parameters, "per_step": per_step},
    )


def _among_steps(conditions: Conditions, steps: Sequence[str]) -> None:
    named = {f"step_{number}": step for number, step in enumerate(steps)}
    conditions.add(f"b.step IN ({', '.join(f':{name}' for name in named)})", **named)


def _rows(reader: Reader, query: BoardQuery, estates: Sequence[str]) -> Mapping[str, BoardRow]:
    if not estates:
        return {}
    assert query.day is not None  # `board_conditions` refuses a query without one
    shown = shown_of(estates, query.day)
    return {record["estate_id"]: row_of(record) for record in reader(shown.sql, shown.parameters)}
