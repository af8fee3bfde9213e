"""How does SQLite keep the rectangles? A table and its trees for each view, changed together.

What was known does not change, so only rectangles that end at or after an instant are touched:
those that go on keep their row, those that end are closed, new ones are added.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_projections import PERIOD_VIEWS
from kvob_projections.dialect import Dialect
from kvob_projections.periods import (
    dropped_ddl,
    insert_sql,
    period_ddl,
    second_of,
    stored_row,
    table_of,
    tree_rows,
    trees_of,
)
from kvob_projections.places import Place
from kvob_projections.rectangles import Rectangle, Span
from kvob_workflow.store.periods import (
    Parked,
    PeriodChange,
    PeriodState,
    RectangleRefused,
    RectanglesDiffer,
    RowState,
    Touched,
)
from kvob_workflow.store.sqlite.failures import is_row_fault
from kvob_workflow.store.sqlite.schema import ROW_STATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import Row, View
    from kvob_workflow.store.sqlite.connections import Connections

_STATE: Final = "SELECT fingerprint, position, cursor FROM period_state"
_MOVE: Final = (
    "UPDATE period_state SET fingerprint = ?, position = ?, cursor = ?"
    " WHERE fingerprint = ? AND position = ? AND cursor IS ?"
)
_BEGIN: Final = "INSERT OR REPLACE INTO period_state VALUES (1, ?, ?, '')"
_NEWEST: Final = "SELECT coalesce(max(rowid), 0) FROM stored_events"
_TOUCHED: Final = (
    "SELECT rowid, originator_id, originator_version FROM stored_events"
    " WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
_ESTATES: Final = (
    "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id > ?"
    " ORDER BY originator_id LIMIT ?"
)
_LAST: Final = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?"
_PARK: Final = "INSERT OR REPLACE INTO period_parked (estate, error) VALUES (?, ?)"
_PARKED: Final = "SELECT estate, error FROM period_parked ORDER BY estate"


class Periods:
    """The part of the store that keeps what was known when."""

    _connections: Connections
    dialect = Dialect.SQLITE

    def period_state(self) -> PeriodState | None:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_STATE).fetchone()
        return None if found is None else PeriodState(*found)

    def begin_periods(self, fingerprint: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            found = writer.execute(_STATE).fetchone()
            if found is not None and found[0] == fingerprint:
                return
            _drop(writer)
            for statement in period_ddl():
                writer.execute(statement)
            writer.execute(_BEGIN, (fingerprint, writer.execute(_NEWEST).fetchone()[0]))

    def drop_periods(self) -> None:
        """See the port."""
        with self._connections.write() as writer:
            _drop(writer)

    def row_state(self) -> RowState:
        """See the port."""
        with self._connections.read() as reader:
            position, remade = reader.execute(ROW_STATE).fetchone()
        return RowState(position or 0, remade or 0)

    def touched_after(self, position: int, limit: int) -> list[Touched]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_TOUCHED, (position, limit)).fetchall()
        return [Touched(rowid, EstateId(estate), version) for rowid, estate, version in found]

    def last_version(self, estate: EstateId) -> int:
        """See the port."""
        with self._connections.read() as reader:
            newest = reader.execute(_LAST, (estate,)).fetchone()[0]
        return newest or 0

    def estates_after(self, estate: str, limit: int) -> list[EstateId]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_ESTATES, (estate, limit)).fetchall()
        return [EstateId(one) for (one,) in found]

    def keep_periods(
        self,
        expected: PeriodState,
        state: PeriodState,
        changes: Sequence[PeriodChange],
        parked: Sequence[Parked] = (),
    ) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if writer.execute(_MOVE, (*state, *expected)).rowcount != 1:
                return False
            try:
                for view in PERIOD_VIEWS:
                    _write(writer, view, changes)
            except (sqlite3.Error, OverflowError, UnicodeError) as error:
                if not (writer.in_transaction and is_row_fault(error)):
                    raise
                raise RectangleRefused(type(error).__name__) from error
            if writer.execute("SELECT EXISTS (SELECT 1 FROM period_parked)").fetchone()[0]:
                freed = [(change.estate,) for change in changes]
                writer.executemany("DELETE FROM period_parked WHERE estate = ?", freed)
            writer.executemany(_PARK, [(one.estate, one.error) for one in parked])
            return True

    def parked(self) -> list[Parked]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(_PARKED).fetchall()
        return [Parked(EstateId(estate), error) for estate, error in found]


def _drop(writer: sqlite3.Connection) -> None:
    for statement in dropped_ddl():
        writer.execute(statement)
    writer.execute("DELETE FROM period_state")
    writer.execute("DELETE FROM period_parked")


def _write(writer: sqlite3.Connection, view: View, changes: Sequence[PeriodChange]) -> None:
    table = table_of(view)
    number = writer.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    rows: list[Row] = []
    placed: list[tuple[Row, ...]] = []
    for change in changes:
        for one in _added(writer, view, change):
            number += 1
            rows.append(stored_row(number, one))
            placed.append(tree_rows(view, number, one))
    in_table, *in_trees = insert_sql(view)
    writer.executemany(in_table, rows)
    for tree, statement in enumerate(in_trees):
        writer.executemany(statement, [each[tree] for each in placed])


def _added(writer: sqlite3.Connection, view: View, change: PeriodChange) -> list[Rectangle]:
    """The rectangles that are new, after those that were there are closed or taken away."""
    own = [one for one in change.rectangles if one.span.view == view.name]
    found = writer.execute(
        f"SELECT * FROM {table_of(view)} WHERE estate_id = ? AND known_until >= ?",
        (change.estate, -1 if change.since is None else change.since),
    ).fetchall()
    goes_on = {one.span: one.known_until for one in own if one.known_from < 0}
    for row in found:
        *_, known_from, known_until = row
        if change.since is None or known_from >= change.since:
            _remove(writer, view, row[0])
            continue
        until = goes_on.pop(_span_of(view, row), None)
        if until is None:
            raise RectanglesDiffer(change.estate)
        if until != known_until:
            _close(writer, view, row[0], until)
    if goes_on:
        raise RectanglesDiffer(change.estate)
    return [one for one in own if one.known_from >= 0]


def _span_of(view: View, row: sqlite3.Row) -> Span:
    """The span of a stored row."""
    width = 1 + len(view.columns)
    seen_from, seen_until = row[width + 4 : width + 6]
    place = Place(*row[width : width + 4])
    return Span(view.name, tuple(row[1:width]), place, seen_from, seen_until)


def _remove(writer: sqlite3.Connection, view: View, number: object) -> None:
    writer.execute(f"DELETE FROM {table_of(view)} WHERE id = ?", (number,))
    for tree in trees_of(view):
        writer.execute(f"DELETE FROM {tree} WHERE id = ?", (number,))


def _close(writer: sqlite3.Connection, view: View, number: object, until: int) -> None:
    writer.execute(f"UPDATE {table_of(view)} SET known_until = ? WHERE id = ?", (until, number))
    for tree in trees_of(view):
        writer.execute(f"UPDATE {tree} SET kl = ? WHERE id = ?", (second_of(until), number))
