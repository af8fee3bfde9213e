"""How do view rows reach their tables? Only what changed, and never at the events' expense.

All views share a savepoint; when a row is refused, each is written again under one of its own.
A row that is refused for what it contains is rolled back with the other rows of that estate in
that view, and the pair is marked in `behind`; everything else of the append stands. A failing
store is no row fault: it ends the whole transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_workflow.store.port import Behind
from kvob_workflow.store.sqlite.failures import is_row_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvob_domain.ids import EstateId
    from kvob_projections.view import Row, View
    from kvob_workflow.store.port import RowChange

_MARK = (
    "INSERT INTO behind (view, estate, error, at_version) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (view, estate) DO UPDATE SET error = excluded.error,"
    " at_version = excluded.at_version"
)
_CLEAR = "DELETE FROM behind WHERE view = ? AND estate = ?"
_ANY_MARK = "SELECT EXISTS (SELECT 1 FROM behind WHERE view = ?)"
_LAST_VERSION = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?"


def mark_behind(connection: sqlite3.Connection, marks: Iterable[Behind]) -> None:
    """Notes that views do not show the newest events of estates, within a transaction."""
    connection.executemany(
        _MARK, [(mark.view, mark.estate, mark.error, mark.at_version) for mark in marks]
    )


def quoted(name: str) -> str:
    """A name of a table or column, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class _Statements:
    """The statements of one view, made once."""

    view: View
    upsert: str
    delete: str
    delete_all: str

    @classmethod
    def of(cls, view: View) -> _Statements:
        table = quoted(view.table)
        columns = ", ".join(map(quoted, view.columns))
        places = ", ".join("?" * len(view.columns))
        key = ", ".join(map(quoted, view.key))
        updates = ", ".join(
            f"{quoted(column)} = excluded.{quoted(column)}"
            for column in view.columns
            if column not in view.key
        )
        action = f"DO UPDATE SET {updates}" if updates else "DO NOTHING"
        matches = " AND ".join(f"{quoted(column)} = ?" for column in view.key)
        return cls(
            view,
            f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({key}) {action}",
            f"DELETE FROM {table} WHERE {matches}",
            f"DELETE FROM {table} WHERE {quoted(view.key[0])} = ?",
        )


class RowWriter:
    """Writes row changes within a transaction that somebody else has begun."""

    def __init__(self) -> None:
        self._statements: dict[str, _Statements] = {}

    def write(
        self, cursor: sqlite3.Cursor, changes: Iterable[RowChange], versions: Mapping[EstateId, int]
    ) -> tuple[Behind, ...]:
        """Writes the changes; answers the pairs of view and estate that were refused.

        `versions` are the estates' newest versions; others are looked up when needed.
        """
        by_view: dict[str, list[RowChange]] = {}
        for change in changes:
            by_view.setdefault(change.view.name, []).append(change)
        if self._attempt(cursor, *by_view.values()) is None:
            return ()
        # A row was refused: each view again, under a savepoint of its own.
        behind: list[Behind] = []
        for of_view in by_view.values():
            if self._attempt(cursor, of_view) is not None:
                behind += self._one_by_one(cursor, of_view, versions)
        return tuple(behind)

    def _one_by_one(
        self, cursor: sqlite3.Cursor, changes: Sequence[RowChange], versions: Mapping[EstateId, int]
    ) -> list[Behind]:
        """Finds the estates whose rows are refused, after all rows of a view were rolled back."""
        by_estate: dict[str, list[RowChange]] = {}
        for change in changes:
            by_estate.setdefault(change.estate, []).append(change)
        behind: list[Behind] = []
        for of_estate in by_estate.values():
            error = self._attempt(cursor, of_estate)
            if error is not None:
                behind.append(_mark(cursor, of_estate[0], error, versions))
        return behind

    def _attempt(self, cursor: sqlite3.Cursor, *views: Sequence[RowChange]) -> Exception | None:
        """Writes changes, view by view, under one savepoint; answers why they were refused."""
        cursor.execute("SAVEPOINT view_rows")
        try:
            for changes in views:
                self._apply_in_order(cursor, changes)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            # On a full disk SQLite has ended the transaction: the savepoint is gone with it.
            if not (cursor.connection.in_transaction and is_row_fault(error)):
                raise
            cursor.execute("ROLLBACK TO view_rows")
            cursor.execute("RELEASE view_rows")
            return error
        cursor.execute("RELEASE view_rows")
        return None

    def _apply_in_order(self, cursor: sqlite3.Cursor, changes: Sequence[RowChange]) -> None:
        if len({change.estate for change in changes}) == len(changes):
            self._apply(cursor, changes)
            return
        for change in changes:  # two commands on one estate: the later one has the last word
            self._apply(cursor, (change,))

    def _apply(self, cursor: sqlite3.Cursor, changes: Sequence[RowChange]) -> None:
        statements = self._statements_of(changes[0].view)
        replaced = [(change.estate,) for change in changes if change.replace_all]
        deletes = [key for change in changes if not change.replace_all for key in change.deletes]
        upserts = [row for change in changes for row in change.upserts]
        if replaced:
            cursor.executemany(statements.delete_all, replaced)
        if deletes:
            cursor.executemany(statements.delete, deletes)
        if upserts:
            cursor.executemany(statements.upsert, upserts)
        if replaced:
            _clear(cursor, statements.view.name, replaced)

    def _statements_of(self, view: View) -> _Statements:
        statements = self._statements.get(view.name)
        if statements is None or statements.view is not view:
            statements = self._statements[view.name] = _Statements.of(view)
        return statements


def _clear(cursor: sqlite3.Cursor, view: str, estates: Sequence[Row]) -> None:
    """Takes away the marks of estates whose rows were replaced; there hardly ever are any."""
    if cursor.execute(_ANY_MARK, (view,)).fetchone()[0]:
        cursor.executemany(_CLEAR, [(view, estate) for (estate,) in estates])


def _mark(
    cursor: sqlite3.Cursor, change: RowChange, error: Exception, versions: Mapping[EstateId, int]
) -> Behind:
    version = versions.get(change.estate)
    if version is None:
        version = cursor.execute(_LAST_VERSION, (change.estate,)).fetchone()[0] or 0
    behind = Behind(change.view.name, change.estate, _described(error), version)
    cursor.execute(_MARK, (behind.view, behind.estate, behind.error, behind.at_version))
    return behind


def _described(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "UnicodeError: a text that is not Unicode"  # its own words repeat the text
    return f"{type(error).__name__}: {error}"
