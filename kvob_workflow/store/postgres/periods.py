"""How does PostgreSQL keep the rectangles? A table for each view, changed for many estates at once.

Who moves `period_state` holds its row until the commit, so that of several nodes one writes and
the others find that somebody was faster. The tables stay when the rectangles go: a role that may
not make tables can still empty them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import psycopg

from kvob_domain.ids import EstateId
from kvob_projections import PERIOD_VIEWS
from kvob_projections.dialect import Dialect
from kvob_projections.periods import stored_row, table_of
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
from kvob_workflow.store.postgres.period_tables import FIRST_TABLE, LAYOUT, rectangle_statements
from kvob_workflow.store.postgres.rows import is_row_fault
from kvob_workflow.store.postgres.schema import ROW_STATE, run
from kvob_workflow.store.postgres.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kvob_projections.view import View
    from kvob_workflow.store.postgres.connections import Connection, Connections

_STATE: Final = "SELECT fingerprint, position, cursor FROM period_state"
# Nobody else begins, drops or moves on meanwhile; readers are not kept waiting.
_ALONE: Final = "LOCK TABLE period_state IN SHARE ROW EXCLUSIVE MODE"
_MOVE: Final = (
    "UPDATE period_state SET fingerprint = %s, position = %s, cursor = %s"
    " WHERE fingerprint = %s AND position = %s AND cursor IS NOT DISTINCT FROM %s"
)
_BEGIN: Final = (
    "INSERT INTO period_state (one, fingerprint, position, cursor)"
    " SELECT 1, %s, coalesce(max(notification_id), 0), '' FROM stored_events"
)
_TOUCHED: Final = (
    "SELECT notification_id, originator_id, originator_version FROM stored_events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
_ESTATES: Final = (
    "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id > %s"
    " ORDER BY originator_id LIMIT %s"
)
_LAST: Final = "SELECT max(originator_version) FROM stored_events WHERE originator_id = %s"
_FREE: Final = "DELETE FROM period_parked WHERE estate = ANY (%s)"
_PARK: Final = (
    "INSERT INTO period_parked (estate, error) VALUES (%s, %s)"
    " ON CONFLICT (estate) DO UPDATE SET error = excluded.error"
)
_PARKED: Final = "SELECT estate, error FROM period_parked ORDER BY estate"
# Without figures about a table that grows, the whole of it would be read for 500 estates.
_BY_INDEX: Final = (
    "SELECT set_config('enable_hashjoin', 'off', true),"
    " set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)"
)
_MANY: Final = 1000
_TABLES: Final = ", ".join(table_of(view) for view in PERIOD_VIEWS)


class Periods:
    """The part of the store that keeps what was known when."""

    _connections: Connections
    dialect = Dialect.POSTGRES

    def period_state(self) -> PeriodState | None:
        """See the port."""
        found = self._connections.reading(lambda reader: reader.execute(_STATE).fetchone())
        return None if found is None else PeriodState(*found)

    def begin_periods(self, fingerprint: int) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute(_ALONE)
            found = writer.execute(_STATE).fetchone()
            if found is not None and found[0] == fingerprint:
                return
            _empty(writer)
            _prepare(writer)
            writer.execute(_BEGIN, (fingerprint,))

    def drop_periods(self) -> None:
        """See the port."""
        with self._connections.write() as writer:
            writer.execute(_ALONE)
            _empty(writer)

    def row_state(self) -> RowState:
        """See the port."""
        position, remade = self._rows(ROW_STATE)[0]
        return RowState(position or 0, remade or 0)

    def touched_after(self, position: int, limit: int) -> list[Touched]:
        """See the port."""
        found = self._rows(_TOUCHED, position, limit)
        return [Touched(rowid, EstateId(estate), version) for rowid, estate, version in found]

    def last_version(self, estate: EstateId) -> int:
        """See the port."""
        newest: int | None = self._rows(_LAST, estate)[0][0]
        return newest or 0

    def estates_after(self, estate: str, limit: int) -> list[EstateId]:
        """See the port."""
        return [EstateId(one) for (one,) in self._rows(_ESTATES, estate, limit)]

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
                _write(writer, changes)
            except (psycopg.Error, OverflowError, UnicodeError) as error:
                if not is_row_fault(error):
                    raise
                raise RectangleRefused(type(error).__name__) from error
            writer.execute(_FREE, ([change.estate for change in changes],))
            for one in parked:
                writer.execute(_PARK, (one.estate, sendable(one.error)))
        if state.cursor is None and expected.cursor is not None:
            self._settle()
        return True

    def parked(self) -> list[Parked]:
        """See the port."""
        return [Parked(EstateId(estate), error) for estate, error in self._rows(_PARKED)]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        asked = query.encode()
        sent = sendable(list(values))
        return self._connections.reading(lambda reader: reader.execute(asked, sent).fetchall())

    def _settle(self) -> None:
        """After a build: figures for the planner, and an index alone answers what lies in it.

        A table that somebody else is tidying up is left to them, one of another owner is left out.
        """
        many = self._rows("SELECT max(id) > %s FROM period_board", _MANY)
        if many != [(True,)]:
            return
        with self._connections.maintenance() as keeper:  # minutes over millions of estates
            keeper.execute(f"VACUUM (ANALYZE, SKIP_LOCKED) {_TABLES}".encode())


class _Work(NamedTuple):
    """What is to be done to one table."""

    removed: list[int]
    closed: list[tuple[int, int]]
    added: list[Rectangle]


def _prepare(writer: Connection) -> None:
    """Make the tables, unless they are there in the layout of this release."""
    layout = "SELECT obj_description(to_regclass(%s))"
    if writer.execute(layout, (FIRST_TABLE,)).fetchone() != (LAYOUT,):
        run(writer, rectangle_statements())


def _empty(writer: Connection) -> None:
    found = writer.execute("SELECT to_regclass(%s)", (FIRST_TABLE,)).fetchone()
    if found != (None,):
        writer.execute(f"TRUNCATE {_TABLES}".encode())
    writer.execute("DELETE FROM period_state")
    writer.execute("DELETE FROM period_parked")


def _write(writer: Connection, changes: Sequence[PeriodChange]) -> None:
    if not changes:
        return
    writer.execute(_BY_INDEX)
    by_view: dict[str, dict[EstateId, list[Rectangle]]] = {view.name: {} for view in PERIOD_VIEWS}
    for change in changes:
        for one in change.rectangles:
            by_view[one.span.view].setdefault(change.estate, []).append(_sent(one))
    for view in PERIOD_VIEWS:
        _change(writer, view, _work(writer, view, changes, by_view[view.name]))


def _sent(one: Rectangle) -> Rectangle:
    """A rectangle as its row comes back, so that what goes on is known again."""
    span = one.span
    row = tuple(sendable(value) for value in span.row)
    place = span.place._replace(rank=sendable(span.place.rank), places=sendable(span.place.places))
    return one._replace(span=span._replace(row=row, place=place))


def _work(
    writer: Connection,
    view: View,
    changes: Sequence[PeriodChange],
    own: dict[EstateId, list[Rectangle]],
) -> _Work:
    """What is new, after those that were there are closed or taken away."""
    work = _Work([], [], [])
    found = _found(writer, view, changes)
    for change in changes:
        rectangles = own.get(change.estate, [])
        goes_on = {one.span: one.known_until for one in rectangles if one.known_from < 0}
        for row in found.get(change.estate, ()):
            *_, known_from, known_until = row
            if change.since is None or known_from >= change.since:
                work.removed.append(row[0])
                continue
            until = goes_on.pop(_span_of(view, row), None)
            if until is None:
                raise RectanglesDiffer(change.estate)
            if until != known_until:
                work.closed.append((row[0], until))
        if goes_on:
            raise RectanglesDiffer(change.estate)
        work.added.extend(one for one in rectangles if one.known_from >= 0)
    return work


def _found(
    writer: Connection, view: View, changes: Sequence[PeriodChange]
) -> dict[EstateId, list[tuple[Any, ...]]]:
    asked = (
        "SELECT kept.* FROM unnest(%s::text[], %s::bigint[]) AS asked (estate, since)"
        f" JOIN {table_of(view)} AS kept"
        " ON kept.estate_id = asked.estate AND kept.known_until >= asked.since"
    )
    estates = [change.estate for change in changes]
    since = [-1 if change.since is None else change.since for change in changes]
    found: dict[EstateId, list[tuple[Any, ...]]] = {}
    for row in writer.execute(asked.encode(), (estates, since)):
        found.setdefault(EstateId(row[1]), []).append(row)
    return found


def _span_of(view: View, row: tuple[Any, ...]) -> Span:
    """The span of a stored row."""
    width = 1 + len(view.columns)
    seen_from, seen_until = row[width + 4 : width + 6]
    place = Place(*row[width : width + 4])
    return Span(view.name, tuple(row[1:width]), place, seen_from, seen_until)


def _change(writer: Connection, view: View, work: _Work) -> None:
    table = table_of(view)
    if work.removed:
        writer.execute(f"DELETE FROM {table} WHERE id = ANY (%s)".encode(), (work.removed,))
    if work.closed:
        closed = (
            f"UPDATE {table} SET known_until = ends.at"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS ends (id, at)"
            f" WHERE {table}.id = ends.id"
        )
        numbers, ends = zip(*work.closed, strict=True)
        writer.execute(closed.encode(), (list(numbers), list(ends)))
    if not work.added:
        return
    newest = writer.execute(f"SELECT coalesce(max(id), 0) FROM {table}".encode()).fetchone()
    first = 1 if newest is None else newest[0] + 1
    with writer.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for number, one in enumerate(work.added, start=first):
            copy.write_row(stored_row(number, one))
