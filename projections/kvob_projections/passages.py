"""How long was an estate in each step? One row per stay in a step, open ones too.

Read next: `cycles` (from the start of a cycle to its decision) and `statistics`.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from kvob_domain.estate.state import Estate, Move
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.stored import iso
from kvob_projections.sureness import Span, Sureness, days_in
from kvob_projections.view import Row, View, table_ddl

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "counted": "INTEGER NOT NULL",
    "step": "TEXT NOT NULL",
    "entered_on": "TEXT",
    "left_on": "TEXT",
    "next_step": "TEXT",
    "days": "INTEGER",
    "sureness": "TEXT NOT NULL",
    "edition": "TEXT",
    "body_folded": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "ordinal")

_FOLLOWS: Final = {
    Step.KICKOFF: Step.INVENTORY,
    Step.INVENTORY: Step.ACTION_PLAN,
    Step.ACTION_PLAN: Step.COVENANT,
    Step.COVENANT: Step.AWARD,
    Step.AWARD: Step.EVALUATION,
    Step.EVALUATION: Step.RECERTIFICATION,
    Step.RECERTIFICATION: Step.EVALUATION,
}
"""The step that comes next in the lifecycle; a stay that ends otherwise hides steps."""


def counts(estate: Estate) -> int:
    """1 for an estate; 0 for a group or another area, which figures leave out unless asked."""
    return 1 if estate.kind is EstateKind.ESTATE else 0


def folded_body(body: str | None) -> str:
    """A certification body in the form in which names are compared; '' where none is known."""
    return normal_name(body) if body else ""


def span_of(move: Move) -> Span:
    """The days on which a step can have been entered."""
    return Span(move.day, move.latest)


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book  # a stay is what happened, whatever the scheme
    return tuple(_stays(estate))


def _stays(estate: Estate) -> Iterator[Row]:
    counted = counts(estate)
    pairs = zip_longest(estate.moves, estate.moves[1:])
    for ordinal, (entered, left) in enumerate(pairs, start=1):
        if entered.step in IDLE_STEPS:
            continue
        days = None if left is None else days_in(span_of(entered), span_of(left))
        sureness = _sureness(entered, left, days)
        yield (
            estate.id,
            ordinal,
            counted,
            entered.step.value,
            iso(entered.day),
            None if left is None else iso(left.day),
            None if left is None else left.step.value,
            days if sureness is Sureness.EXACT else None,
            sureness.value,
            entered.edition,
            folded_body(entered.body),
            entered.version,
        )


def _sureness(entered: Move, left: Move | None, days: int | None) -> Sureness:
    if left is None:
        return Sureness.OPEN
    if left.step is not Step.ENDED and left.step is not _FOLLOWS[entered.step]:
        return Sureness.GAP
    return Sureness.ESTIMATED if days is None else Sureness.EXACT


PASSAGES: Final = View(
    name="passages",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_passages", _COLUMNS, _KEY),
        # All that a figure asks, in the order in which it is counted: no table row is read.
        "CREATE INDEX view_passages_counted ON view_passages"
        " (counted, step, sureness, days, left_on, entered_on, next_step, edition, body_folded,"
        " estate_id)",
    ),
    rows=_rows,
)
