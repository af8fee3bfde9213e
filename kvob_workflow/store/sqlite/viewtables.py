"""Do the view tables fit this release, and do they show every event?

`kvob_meta` keeps each view's schema number as `view:<name>`, and `unfilled:<name>` from the
moment a table is made beside events that it does not show, until a rebuild takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store.faults import StoreTooNew
from kvob_workflow.store.rebuilding import OLD
from kvob_workflow.store.sqlite.beside import beside
from kvob_workflow.store.sqlite.rows import quoted
from kvob_workflow.store.sqlite.schema import meta, rows_remade, set_meta

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from kvob_projections.view import View

_UNFILLED = "unfilled:"


def is_prepared(connection: sqlite3.Connection, views: Sequence[View], store: str) -> bool:
    """Whether every view's table is there with the view's schema number.

    Raises:
        StoreTooNew: a newer release made one of the tables.
    """
    numbers = [(view, meta(connection, f"view:{view.name}") or 0) for view in views]
    for view, number in numbers:
        if number > view.schema:
            reason = f"view {view.name} has schema {number}, this release knows {view.schema}"
            raise StoreTooNew(store, reason)
    return all(number == view.schema for view, number in numbers)


def check_columns(connection: sqlite3.Connection, views: Iterable[View]) -> None:
    """Asks for every column, so that a damaged description of a table is met when opening.

    Raises:
        sqlite3.OperationalError: a table or a column is not there.
    """
    for view in views:
        table = quoted(view.table)
        # SQLite takes an unknown name in quotes for a text, unless its table stands before it.
        columns = ", ".join(f"{table}.{quoted(column)}" for column in view.columns)
        connection.execute(f"SELECT {columns} FROM {table} LIMIT 0")


def prepare(
    connection: sqlite3.Connection, views: Sequence[View], store: str, *, followed: bool = False
) -> list[str]:
    """Makes the tables that are missing, within a transaction; answers the names of their views.

    One of an older schema stays as it is until a rebuild replaces it; without events there is
    nothing that it could show. A `followed` one is made anew, and filled by its follower.
    """
    made: list[str] = []
    if is_prepared(connection, views, store):
        return made
    rows_remade(connection)
    events = connection.execute("SELECT EXISTS (SELECT 1 FROM stored_events)").fetchone()[0]
    for view in views:
        number = meta(connection, f"view:{view.name}")
        if number == view.schema or (events and number is not None and not followed):
            continue
        made.append(view.name)
        # The table of before a rebuild has the names of the first indexes, and is of no use now.
        for table in (view.table, beside(view.name, OLD)):
            connection.execute(f"DROP TABLE IF EXISTS {quoted(table)}")
        for statement in view.ddl:
            connection.execute(statement)
        for name in (view.name, beside(view.name, OLD, "")):
            connection.execute("DELETE FROM behind WHERE view = ?", (name,))
        set_meta(connection, f"view:{view.name}", view.schema)
        if events and not followed:
            set_meta(connection, _UNFILLED + view.name, 1)
    return made


def unfilled(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of views whose tables do not show every event."""
    found = connection.execute(
        "SELECT name FROM kvob_meta WHERE name GLOB 'unfilled:*' ORDER BY name"
    )
    return tuple(name.removeprefix(_UNFILLED) for (name,) in found)


def mark_filled(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Notes that these views show every event."""
    connection.executemany(
        "DELETE FROM kvob_meta WHERE name = ?", [(_UNFILLED + name,) for name in names]
    )
