"""What do the views show of one estate, field by field, and which events made a field so?

`Seen` gives every field of every view for a state, as the queries do. `trail` names the events
at which a field changed; `needed` the few events that are enough for what it shows now. Both
hold for any field of any view, because they only fold and look.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import board, deadlines, measures, register
from kvob_projections.board import BOARD, BoardRow
from kvob_projections.deadlines import DEADLINES, DueRow
from kvob_projections.measures import MEASURES, MeasureRow
from kvob_projections.register import REGISTER, RegisterRow
from kvob_projections.view import Row, Value, View

SeenRow = BoardRow | RegisterRow | DueRow | MeasureRow
Look = Callable[[Estate], object]
_Columns = dict[str, Value]
# What names a measure or a deadline is asked for most often under the field that moves.
USUAL_FIELD: Final = {"due": "due_on", "measures": "progress"}


class Address(NamedTuple):
    """Where a value stands: the view, the row ("" where an estate has one), the field."""

    view: str
    row: str
    field: str

    def __str__(self) -> str:
        return ".".join(part for part in self if part)


class Seen:
    """What the views show on one civil day (Europe/Amsterdam) for states of one estate."""

    def __init__(self, book: SchemeBook, day: date) -> None:
        """Rows are kept while the parts of the state that they depend on are the same objects."""
        self._book = book
        self._day = day.isoformat()
        self._kept: dict[str, tuple[tuple[object, ...], list[_Columns]]] = {}

    def value(self, address: Address, estate: Estate) -> object:
        """What stands at an address; None where there is no such row."""
        for label, row in self._rows_of(address.view, estate, address.row):
            if label == address.row:
                return getattr(row, address.field)
        return None

    def rows(self, estate: Estate) -> Iterator[tuple[str, str, SeenRow]]:
        """Every row of every view, with the view's name and the row's label."""
        for view in ("board", "register", "due", "measures"):
            for label, row in self._rows_of(view, estate):
                yield view, label, row

    def values(self, estate: Estate) -> dict[Address, object]:
        """Every field of every row, in the order of the views; of rows with one label the first."""
        found: dict[Address, object] = {}
        for view, label, row in self.rows(estate):
            for field in fields(row):
                found.setdefault(Address(view, label, field.name), getattr(row, field.name))
        return found

    def _rows_of(
        self, view: str, estate: Estate, only: str | None = None
    ) -> Iterable[tuple[str, SeenRow]]:
        if not estate.exists:
            return ()
        if view == "board":
            return [("", self._board(estate))]
        if view == "register":
            return self._register(estate)
        return self._due(estate, only) if view == "due" else self._measures(estate, only)

    def _board(self, estate: Estate) -> BoardRow:
        held = self._held(estate)
        due = min(
            (
                (str(one["due_on"]), str(one["kind"]), one["ordinal"])
                for one in self._columns(DEADLINES, estate)
                if str(one["due_on"]) >= self._day
            ),
            default=None,
        )
        record: _Columns = {
            **(held or dict.fromkeys(REGISTER.columns)),
            **self._columns(BOARD, estate)[0],
            "status": self._status(held),
            "next_due": None if due is None else f"{due[0]} {due[1]}",
        }
        return board.row_of(record)

    def _register(self, estate: Estate) -> list[tuple[str, SeenRow]]:
        held = self._held(estate)
        if held is None:
            return []
        record: _Columns = {**_own(estate), **held, "status": self._status(held)}
        return [("", register.row_of(record))]

    def _due(self, estate: Estate, only: str | None) -> Iterator[tuple[str, SeenRow]]:
        own = _own(estate)
        told: set[str] = set()
        for columns in sorted(self._columns(DEADLINES, estate), key=_by_due_day):
            due_on, moot_on = str(columns["due_on"]), columns["moot_on"]
            if due_on < self._day and moot_on is not None and str(moot_on) <= self._day:
                continue  # no list shows it any more
            label = f"{columns['kind']}:{columns['ordinal']}"
            if label in told:
                label = f"{label}@{due_on}"
            told.add(label)
            if only not in (None, label):
                continue
            record: _Columns = {**own, **columns, "overdue": due_on < self._day}
            yield label, deadlines.row_of(record)

    def _measures(self, estate: Estate, only: str | None) -> Iterator[tuple[str, SeenRow]]:
        own = _own(estate)
        for columns in self._columns(MEASURES, estate):
            if only not in (None, columns["measure"]):
                continue
            due_on = columns["due_on"]
            late = due_on is not None and str(due_on) < self._day
            is_open = columns["progress"] in ("planned", "started")
            record: _Columns = {**own, **columns, "overdue": late and is_open}
            yield str(columns["measure"]), measures.row_of(record)

    def _held(self, estate: Estate) -> _Columns | None:
        """The period that holds the day, as `standing.PERIOD_ON_DAY` finds it."""
        for columns in self._columns(REGISTER, estate):
            until = columns["until_day"]
            if str(columns["from_day"]) <= self._day and (until is None or str(until) > self._day):
                return columns
        return None

    def _status(self, held: _Columns | None) -> str:
        """The status on the day, as `standing.STATUS` compares it."""
        if held is None:
            return Status.NONE.value
        standing, expires_on = held["standing"], held["expires_on"]
        if standing == Status.WITHDRAWN.value:
            return Status.WITHDRAWN.value
        if expires_on is not None and str(expires_on) <= self._day:
            return Status.EXPIRED.value
        if held["valid_from"] is None or expires_on is None:
            return Status.UNKNOWN.value
        return str(standing)

    def _columns(self, view: View, estate: Estate) -> list[_Columns]:
        parts = tuple(_part(estate, part) for part in view.reads) or (estate,)
        kept = self._kept.get(view.name)
        if kept is not None and all(a is b for a, b in zip(kept[0], parts, strict=True)):
            return kept[1]
        made = [_named(view, row) for row in view.rows(estate, self._book)]
        self._kept[view.name] = parts, made
        return made


def trail(history: Sequence[Recorded], look: Look) -> list[tuple[Recorded, object]]:
    """The events at which the value changed, in the order of the fold, with the value after it.

    Events stand as their corrections tell them. Before the first event the value is None.
    """
    changes: list[tuple[Recorded, object]] = []
    before: object = None
    state: Estate | None = None
    for recorded in in_order(effective(history)):
        state = evolve(Estate(recorded.estate) if state is None else state, recorded)
        value = look(state)
        if value != before:
            changes.append((recorded, value))
            before = value
    return changes


def needed(
    history: Sequence[Recorded], look: Look, changes: Sequence[tuple[Recorded, object]]
) -> frozenset[int]:
    """The versions of the events that are enough for the value, with the registration.

    Without any one of them the others do not give the value. Where several such sets exist, it
    is one of events at which the value changed, and of later ones. A correction is there also
    where leaving it out of the whole history changes the value, as one does that withdrew an
    event, and the others give the value beside it.
    """
    value = look(fold(history[0].estate, history))
    ground = [one for one in history if isinstance(one.event, EstateRegistered)]
    others = [one for one in history if not isinstance(one.event, EstateRegistered)]
    changed = {recorded.version for recorded, _ in changes}

    def holds(kept: Sequence[Recorded]) -> bool:
        return look(fold(history[0].estate, [*ground, *kept])) == value

    def counts(one: Recorded) -> bool:
        return one.version in changed or isinstance(one.event, EventCorrected)

    telling = [one for one in others if counts(one)]
    if not holds(telling):
        telling = [*(one for one in others if not counts(one)), *telling]
    fewest = _fewest(telling, holds)
    pinned: list[Recorded] = []
    for one in others:
        if isinstance(one.event, EventCorrected) and one not in fewest:
            without = [other for other in others if other is not one]
            if not holds(without) and holds([*fewest, *pinned, one]):
                pinned.append(one)
    if pinned:  # beside them an event may no longer be needed
        fewest = _fewest(list(fewest), lambda kept: holds([*kept, *pinned]))
    if fewest or pinned:
        return frozenset(one.version for one in (*fewest, *pinned))
    # The registration alone is enough; the event that made it so once more tells people more.
    last = [one for one in others if changes and one.version == changes[-1][0].version]
    return frozenset(one.version for one in (last if last and holds(last) else ground))


def _fewest(
    events: list[Recorded], holds: Callable[[Sequence[Recorded]], bool]
) -> Sequence[Recorded]:
    """Leave out what can go, in halves, quarters and so on; at the end nothing more can."""
    kept, size = events, max(len(events), 1)
    while True:
        before, start = len(kept), 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if holds(fewer):
                kept = fewer
            else:
                start += size
        if size == 1 and len(kept) == before:
            return kept
        size = max(size // 2, 1)


def _own(estate: Estate) -> _Columns:
    """What every list shows of the estate itself, as its columns of the board."""
    return {
        "estate_id": estate.id,
        "estate": estate.name,
        "municipality": estate.municipality,
        "kind": estate.kind.value,
    }


def _part(estate: Estate, path: str) -> object:
    found: object = estate
    for name in path.split("."):
        found = getattr(found, name)
    return found


def _named(view: View, row: Row) -> _Columns:
    return dict(zip(view.columns, row, strict=True))


def _by_due_day(columns: _Columns) -> tuple[str, str, int]:
    return str(columns["due_on"]), str(columns["kind"]), int(str(columns["ordinal"]))
