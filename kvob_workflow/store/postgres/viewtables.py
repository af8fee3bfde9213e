"""Do the view tables fit this release, and do they show every event?

`kvob_meta` keeps each view's schema number as `view:<name>`, and `unfilled:<name>` from the
moment a table is made beside events that it does not show, until a rebuild takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store.faults import StoreTooNew
from kvob_workflow.store.postgres.append_function import function_statement
from kvob_workflow.store.postgres.beside import beside
from kvob_workflow.store.postgres.locks import lock_all_estates, lock_events
from kvob_workflow.store.postgres.period_tables import rectangle_statements
from kvob_workflow.store.postgres.rows import quoted
from kvob_workflow.store.postgres.schema import (
    inside_schema,
    made_schema,
    meta,
    rows_remade,
    run,
    set_meta,
    table_statements,
    translated_ddl,
)
from kvob_workflow.store.rebuilding import OLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvob_projections.view import View
    from kvob_workflow.store.postgres.connections import Connection

_UNFILLED = "unfilled:"


def view_statements(view: View) -> list[str]:
    """The statements that make a view's table and what belongs to it."""
    return [*map(translated_ddl, view.ddl), *view.on_postgres, function_statement(view)]


def schema_sql(schema: str, views: Sequence[View]) -> Iterator[str]:
    """Every statement that makes an empty store, for a keeper to run in one transaction."""
    yield made_schema(schema)
    yield inside_schema(schema)
    yield from table_statements()
    for view in views:
        yield from view_statements(view)
        yield f"INSERT INTO kvob_meta (name, number) VALUES ('view:{view.name}', {view.schema})"
    for statement in rectangle_statements():  # who may make no tables can then ask about the past
        if not statement.startswith("DROP"):
            yield statement


def is_prepared(connection: Connection, views: Sequence[View], store: str) -> bool:
    """Whether every view's table is there with the view's schema number.

    Raises:
        StoreTooNew: a newer release made one of the tables.
    """
    found = connection.execute("SELECT name, number FROM kvob_meta WHERE name LIKE 'view:%'")
    numbers: dict[str, int] = dict(found.fetchall())
    for view in views:
        number = numbers.get(f"view:{view.name}", 0)
        if number > view.schema:
            reason = f"view {view.name} has schema {number}, this release knows {view.schema}"
            raise StoreTooNew(store, reason)
    return all(numbers.get(f"view:{view.name}") == view.schema for view in views)


def check_columns(connection: Connection, views: Iterable[View]) -> None:
    """Asks for every column, so that a table that somebody changed is met when opening.

    Raises:
        psycopg.ProgrammingError: a table or a column is not there.
    """
    asked = [
        f"SELECT {', '.join(map(quoted, view.columns))} FROM {quoted(view.table)} LIMIT 0"
        for view in views
    ]
    run(connection, asked)


def prepare(
    connection: Connection, views: Sequence[View], store: str, *, followed: bool = False
) -> list[str]:
    """Makes the tables that are missing, within a transaction; answers the names of their views.

    One of an older schema stays as it is until a rebuild replaces it; without events there is
    nothing that it could show. A `followed` one is made anew, and filled by its follower.
    """
    made: list[str] = []
    if is_prepared(connection, views, store):
        return made
    # No event may come in between: it would be in no view, and nobody would know. The estates
    # first, as in every append, so that nobody who writes rows waits for us while we wait.
    lock_all_estates(connection)
    lock_events(connection)
    rows_remade(connection)
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM stored_events)").fetchone()
    for view in views:
        number = meta(connection, f"view:{view.name}")
        if number == view.schema or (found == (True,) and number is not None and not followed):
            continue
        made.append(view.name)
        # The table of before a rebuild has the names of the first indexes, and is of no use now.
        tables = (view.table, beside(view.name, OLD))
        run(connection, [f"DROP TABLE IF EXISTS {quoted(table)}" for table in tables])
        run(connection, view_statements(view))
        for name in (view.name, beside(view.name, OLD, "")):
            connection.execute("DELETE FROM behind WHERE view = %s", (name,))
        set_meta(connection, f"view:{view.name}", view.schema)
        if found == (True,) and not followed:
            set_meta(connection, _UNFILLED + view.name, 1)
    return made


def unfilled(connection: Connection) -> tuple[str, ...]:
    """The names of views whose tables do not show every event."""
    found = connection.execute(
        "SELECT name FROM kvob_meta WHERE name LIKE 'unfilled:%' ORDER BY name"
    )
    return tuple(name.removeprefix(_UNFILLED) for (name,) in found)


def mark_filled(connection: Connection, names: Iterable[str]) -> None:
    """Notes that these views show every event."""
    kept = [_UNFILLED + name for name in names]
    connection.execute("DELETE FROM kvob_meta WHERE name = ANY (%s)", (kept,))
