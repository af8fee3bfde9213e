"""How long does a cycle take, and how far did it come? One row per cycle, from start to decision.

A first cycle runs from the kickoff to the award, also where an estate begins anew; a renewal
from the evaluation of the term to its award. Of a cycle that sources tell without its beginning,
nobody knows the start: it is there, with a gap.
"""

from dataclasses import dataclass, field
from typing import Final

from kvob_domain.estate.state import Estate, Move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.passages import counts, folded_body, span_of
from kvob_projections.stored import iso
from kvob_projections.sureness import Sureness, days_in
from kvob_projections.view import Row, View, table_ddl

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "counted": "INTEGER NOT NULL",
    "renewal": "INTEGER NOT NULL",
    "outcome": "TEXT NOT NULL",
    "step": "TEXT NOT NULL",
    "furthest": "INTEGER NOT NULL",
    "started_on": "TEXT",
    "closed_on": "TEXT",
    "days": "INTEGER",
    "sureness": "TEXT NOT NULL",
    "reason": "TEXT",
    "acted_on": "TEXT",
    "edition": "TEXT",
    "body_folded": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "ordinal")

LINE: Final = (
    Step.KICKOFF,
    Step.INVENTORY,
    Step.ACTION_PLAN,
    Step.COVENANT,
    Step.AWARD,
    Step.EVALUATION,
)
"""The steps of a first cycle, in order; the last one is entered by the award."""
_BEGINS: Final = (Step.KICKOFF, Step.RECERTIFICATION)


@dataclass(slots=True)
class Cycle:
    """A cycle; `begin` is None where nobody knows how it began, `end` while it runs.

    `replaced`: the next one began without an end or an award of this one on record.
    """

    renewal: bool
    begin: Move | None
    last: Move
    furthest: int
    end: Move | None = None
    replaced: bool = False
    moves: list[Move] = field(default_factory=list[Move])

    @property
    def outcome(self) -> str:
        """How it stands: open, awarded or ended."""
        if self.end is None:
            return "ended" if self.replaced else "open"
        return "ended" if self.end.step is Step.ENDED else "awarded"

    @property
    def days(self) -> int | None:
        """From the start to the decision; None unless both days are known."""
        if self.begin is None or self.end is None:
            return None
        return days_in(span_of(self.begin), span_of(self.end))

    @property
    def sureness(self) -> Sureness:
        """Whether its duration counts, and why not."""
        if self.begin is None:
            return Sureness.GAP
        if self.end is None:
            return Sureness.OPEN
        return Sureness.ESTIMATED if self.days is None else Sureness.EXACT


def cycles_of(estate: Estate) -> list[Cycle]:
    """The cycles of an estate, in order."""
    renewals = {one.version for one in estate.certificates if one.renewal}
    found: list[Cycle] = []
    running: Cycle | None = None
    for move in estate.moves:
        if move.step in (Step.EVALUATION, Step.ENDED):
            if running is None and move.step is Step.EVALUATION:
                running = Cycle(move.version in renewals, None, move, 0)
                found.append(running)
            if running is not None:
                _close(running, move)
            running = None
        elif running is None or move.step in _BEGINS:
            if running is not None:
                running.replaced = True
            begin = move if move.step in _BEGINS else None
            running = Cycle(move.step is Step.RECERTIFICATION, begin, move, _rank(move.step))
            running.moves.append(move)
            found.append(running)
        else:
            running.moves.append(move)
            running.last, running.furthest = move, max(running.furthest, _rank(move.step))
    return found


def _close(running: Cycle, move: Move) -> None:
    running.end = move
    running.moves.append(move)
    if move.step is Step.EVALUATION:
        running.last, running.furthest = move, _rank(Step.EVALUATION)


def _rank(step: Step) -> int:
    """Where a step stands on the line, from 1; 0 for a step beside it."""
    return LINE.index(step) + 1 if step in LINE else 0


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book  # a cycle is what happened, whatever the scheme
    counted = counts(estate)
    return tuple(
        _row(estate, counted, ordinal, cycle)
        for ordinal, cycle in enumerate(cycles_of(estate), start=1)
    )


def _row(estate: Estate, counted: int, ordinal: int, cycle: Cycle) -> Row:
    begin, end = cycle.begin, cycle.end
    return (
        estate.id,
        ordinal,
        counted,
        1 if cycle.renewal else 0,
        cycle.outcome,
        cycle.last.step.value,
        cycle.furthest,
        None if begin is None else iso(begin.day),
        None if end is None else iso(end.day),
        cycle.days,
        cycle.sureness.value,
        None if end is None or end.reason is None else end.reason.value,
        iso(estate.acted_on) if cycle.outcome == "open" else None,
        (end or cycle.last).edition,
        folded_body((end or cycle.last).body),
        (begin or cycle.last).version,
    )


CYCLES: Final = View(
    name="cycles",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_cycles", _COLUMNS, _KEY),
        "CREATE INDEX view_cycles_decided ON view_cycles"
        " (counted, renewal, outcome, sureness, days, closed_on, edition, body_folded, estate_id)",
        "CREATE INDEX view_cycles_started ON view_cycles"
        " (counted, renewal, furthest, step, outcome, started_on, closed_on, acted_on, edition,"
        " body_folded, estate_id)",
    ),
    rows=_rows,
)
