"""How do view rows reach their tables? Only what changed, and never at the events' expense.

All views share a savepoint; when a row is refused, each is written again under one of its own.
A row that is refused for what it contains is rolled back with the other rows of that estate in
that view, and the pair is marked in `behind`; everything else of the append stands. A failing
store is no row fault: it ends the whole transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psycopg

from kvob_workflow.store.port import Behind
from kvob_workflow.store.postgres.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from kvob_domain.ids import EstateId
    from kvob_projections.view import Row, View
    from kvob_workflow.store.port import RowChange
    from kvob_workflow.store.postgres.connections import Connection

_MARK = (
    "INSERT INTO behind (view, estate, error, at_version) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (view, estate) DO UPDATE SET error = excluded.error,"
    " at_version = excluded.at_version"
)
_CLEAR = "DELETE FROM behind WHERE view = %s AND estate = ANY (%s)"
_LAST_VERSION = "SELECT max(originator_version) FROM stored_events WHERE originator_id = %s"
_TYPES = (
    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
    " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped"
)
# A value that does not fit, a broken constraint, a row that an index or a page cannot hold; a
# type that cannot become the column's, a table or a column that is not there.
_ROW_FAULTS = ("22", "23", "54")
_ROW_FAULT_STATES = frozenset({"42804", "42846", "42P01", "42703"})
# From here on COPY is faster than arrays of values.
_MANY = 1_000
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def is_row_fault(error: Exception) -> bool:
    """Whether a view row was refused for what it contains.

    psycopg refuses some values before the server sees them, without a state.
    """
    if isinstance(error, OverflowError | UnicodeError):
        return True
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.DataError | psycopg.ProgrammingError)
    return state[:2] in _ROW_FAULTS or state in _ROW_FAULT_STATES


def mark_behind(connection: Connection, marks: Iterable[Behind]) -> None:
    """Notes that views do not show the newest events of estates, within a transaction."""
    for mark in sorted(marks, key=lambda one: (one.view, one.estate)):
        connection.execute(_MARK, (mark.view, mark.estate, mark.error, mark.at_version))


def quoted(name: str) -> str:
    """A name of a table or column, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


class _Statements:
    """The statements of one view, made once; every value goes in as an array."""

    def __init__(self, view: View, types: Mapping[str, str]) -> None:
        self.view = view
        table = quoted(view.table)
        columns = ", ".join(map(quoted, view.columns))
        key = ", ".join(map(quoted, view.key))
        updates = ", ".join(
            f"{quoted(column)} = excluded.{quoted(column)}"
            for column in view.columns
            if column not in view.key
        )
        action = f"DO UPDATE SET {updates}" if updates else "DO NOTHING"
        self.upsert = (
            f"INSERT INTO {table} ({columns}) SELECT * FROM {_unnest(view.columns, types)}"
            f" ON CONFLICT ({key}) {action}"
        ).encode()
        self.delete = (
            f"DELETE FROM {table} WHERE ({key}) IN (SELECT * FROM {_unnest(view.key, types)})"
        ).encode()
        self.copy = f"COPY {table} ({columns}) FROM STDIN".encode()
        self.delete_all = f"DELETE FROM {table} WHERE {quoted(view.key[0])} = ANY (%s)".encode()


def _unnest(columns: Sequence[str], types: Mapping[str, str]) -> str:
    arrays = ", ".join(f"%s::{types[column]}[]" for column in columns)
    return f"unnest({arrays})"


class RowWriter:
    """Writes row changes within a transaction that somebody else has begun."""

    def __init__(self) -> None:
        self._statements: dict[str, _Statements] = {}

    def write(
        self,
        connection: Connection,
        changes: Iterable[RowChange],
        versions: Mapping[EstateId, int],
        begun: Set[EstateId] = frozenset(),
    ) -> tuple[Behind, ...]:
        """Writes the changes; answers the pairs of view and estate that were refused.

        `versions` are the estates' newest versions; others are looked up when needed. No view has
        rows of estates that have just `begun`.
        """
        by_view: dict[str, list[RowChange]] = {}
        for change in changes:
            by_view.setdefault(change.view.name, []).append(change)
        if not by_view or self._attempt(connection, *by_view.values(), begun=begun) is None:
            return ()
        # A row was refused: each view again, under a savepoint of its own.
        behind: list[Behind] = []
        for of_view in by_view.values():
            error = self._attempt(connection, of_view)
            if error is None:
                continue
            by_estate: dict[str, list[RowChange]] = {}
            for change in of_view:
                by_estate.setdefault(change.estate, []).append(change)
            behind += self._refused(connection, list(by_estate.values()), error, versions)
        return tuple(behind)

    def _refused(
        self,
        connection: Connection,
        estates: Sequence[Sequence[RowChange]],
        error: Exception,
        versions: Mapping[EstateId, int],
    ) -> list[Behind]:
        """Writes the rows of a view that were refused together, but for those that are at fault.

        By halves: one bad row among those of ten thousand estates takes thirty attempts.
        """
        if len(estates) == 1:
            sent = [_sendable(change) for change in estates[0]]
            if sent == list(estates[0]) or self._attempt(connection, sent) is not None:
                return [_mark(connection, estates[0][0], error, versions)]
            return []
        middle = len(estates) // 2
        behind: list[Behind] = []
        for half in (estates[:middle], estates[middle:]):
            refused = self._attempt(connection, [change for one in half for change in one])
            if refused is not None:
                behind += self._refused(connection, half, refused, versions)
        return behind

    def _attempt(
        self,
        connection: Connection,
        *views: Sequence[RowChange],
        begun: Set[EstateId] = frozenset(),
    ) -> Exception | None:
        """Writes changes, view by view, under one savepoint; answers why they were refused."""
        try:
            with connection.transaction():
                for changes in views:
                    self._apply_in_order(connection, changes, begun)
        except (psycopg.Error, OverflowError, UnicodeError) as error:
            if not is_row_fault(error):
                raise
            return error
        return None

    def _apply_in_order(
        self, connection: Connection, changes: Sequence[RowChange], begun: Set[EstateId]
    ) -> None:
        estates = {change.estate for change in changes}
        if len(estates) < len(changes):
            for change in changes:  # two commands on one estate: the later one has the last word
                self._apply(connection, (change,))
            return
        rows = sum(len(change.upserts) for change in changes)
        if rows >= _MANY and estates <= begun:
            self._copy(connection, changes)
        else:
            self._apply(connection, changes)

    def _copy(self, connection: Connection, changes: Sequence[RowChange]) -> None:
        """Writes many rows of estates that have none yet."""
        statements = self._statements_of(connection, changes[0].view)
        upserts = _last_by_key(statements.view, changes)
        _check(statements.view, upserts)
        with connection.cursor() as cursor, cursor.copy(statements.copy) as copy:
            for row in upserts:
                copy.write_row(row)

    def _apply(self, connection: Connection, changes: Sequence[RowChange]) -> None:
        statements = self._statements_of(connection, changes[0].view)
        replaced = [change.estate for change in changes if change.replace_all]
        deletes = [key for change in changes if not change.replace_all for key in change.deletes]
        upserts = _last_by_key(statements.view, changes)
        columns = _check(statements.view, upserts)
        if replaced:
            connection.execute(statements.delete_all, (replaced,))
        if deletes:
            connection.execute(statements.delete, _columns(deletes))
        if upserts:
            connection.execute(statements.upsert, columns)
        if replaced:
            connection.execute(_CLEAR, (statements.view.name, replaced))

    def _statements_of(self, connection: Connection, view: View) -> _Statements:
        statements = self._statements.get(view.name)
        if statements is None or statements.view is not view:
            types: dict[str, str] = dict(
                connection.execute(_TYPES, (quoted(view.table),)).fetchall()
            )
            missing = [column for column in view.columns if column not in types]
            if missing:
                msg = f"{view.table} has no column {missing[0]}"
                raise psycopg.errors.UndefinedColumn(msg)
            statements = self._statements[view.name] = _Statements(view, types)
        return statements


def _sendable(change: RowChange) -> RowChange:
    """The same rows without zero bytes; only asked of rows that were refused."""
    return replace(
        change,
        upserts=tuple(tuple(map(sendable, row)) for row in change.upserts),
        deletes=tuple(tuple(map(sendable, key)) for key in change.deletes),
    )


def _last_by_key(view: View, changes: Sequence[RowChange]) -> list[Row]:
    """One statement may write a row once: of two rows with one key the later one counts."""
    return list({view.key_of(row): row for change in changes for row in change.upserts}.values())


def _columns(rows: Sequence[Row]) -> list[list[Any]]:
    """The rows as arrays, one for each column.

    Raises:
        psycopg.DataError: one row has more values than another.
    """
    try:
        return [list(column) for column in zip(*rows, strict=True)]
    except ValueError as error:
        msg = "rows of different lengths"
        raise psycopg.DataError(msg) from error


def _check(view: View, rows: Sequence[Row]) -> list[list[Any]]:
    """The rows as arrays, after refusing what the server would take in silence.

    Raises:
        psycopg.DataError: a row has not one value for each column.
        OverflowError: a number has more than 64 bits; a text column would take it as a text.
    """
    columns = _columns(rows)
    if rows and len(columns) != len(view.columns):
        msg = f"{len(columns)} values for {len(view.columns)} columns"
        raise psycopg.DataError(msg)
    for column in columns:
        numbers = [value for value in column if value.__class__ is int]
        if numbers and not _SMALLEST <= min(numbers) <= max(numbers) <= _LARGEST:
            msg = "a number of more than 64 bits"
            raise OverflowError(msg)
    return columns


def _mark(
    connection: Connection, change: RowChange, error: Exception, versions: Mapping[EstateId, int]
) -> Behind:
    version = versions.get(change.estate)
    if version is None:
        found = connection.execute(_LAST_VERSION, (change.estate,)).fetchone()
        version = 0 if found is None else found[0] or 0
    behind = Behind(change.view.name, change.estate, _described(error), version)
    mark_behind(connection, (behind,))
    return behind


def _described(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "UnicodeError: a text that is not Unicode"  # its own words repeat the text
    # The lines after the first quote the row, and a text that is no number stands in the first.
    first = (str(error).strip().splitlines() or [""])[0].partition(': "')[0]
    return f"{type(error).__name__}: {first}"
