"""How does an estate that moved stand in a list? What it went from and to, and by which events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.web.telling.differing import deadline_label, lines_in
from kvob_workflow.web.telling.labels import label_of
from kvob_workflow.web.telling.saying import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_projections.board import BoardRow
    from kvob_workflow.engine.past import MovedRow
    from kvob_workflow.web.telling.saying import Teller

_APART: Final = frozenset({"estate_id", "next_due_on", "next_due_kind"})
_CAME: Final = Text("Nieuw", "New")
_WENT: Final = Text("Niet meer in de lijst", "No longer in the list")
_SHOWN: Final = ("step", "status", "level")
_EXPIRY: Final = "expiry"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that moved: its label, what it was, what it is."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """An estate that moved. Without events only time has passed."""

    row: MovedRow
    note: str
    moves: tuple[Move, ...]


def moved_line(row: MovedRow, teller: Teller) -> MovedLine:
    """A row of the comparison of all estates, in words."""
    note = ""
    if row.before is None or row.after is None:
        note = (_CAME if row.before is None else _WENT).of(teller.language)
    return MovedLine(row, note, (*_moves(row, teller), *_deadlines(row, teller)))


def _moves(row: MovedRow, teller: Teller) -> Iterator[Move]:
    before, after = row.before, row.after
    has_expiry = any(one.kind == _EXPIRY for one in row.deadlines)  # which tells the same day
    names = row.changed if before is not None and after is not None else _SHOWN
    for name in names:
        if name in _APART or (name == "expires_on" and has_expiry):
            continue
        was, now = _side(before, name, teller), _side(after, name, teller)
        if was != now:
            yield Move(label_of(name).of(teller.language), was, now)


def _side(row: BoardRow | None, name: str, teller: Teller) -> str:
    lines = () if row is None else lines_in(name, getattr(row, name), teller)
    return "; ".join(lines) or NOTHING


def _deadlines(row: MovedRow, teller: Teller) -> Iterator[Move]:
    for change in row.deadlines:
        was, now = (lines_in("due_on", day, teller) for day in (change.before, change.after))
        text = (was[0] if was else NOTHING, now[0] if now else NOTHING)
        yield Move(deadline_label(change, teller), *text)
