"""What stands beside the live tables in a schema? Tables of a rebuild, its progress, its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_projections.view import set_aside
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.store.followers import HOLD, SHOW
from kvob_workflow.store.port import SCHEME_MARK
from kvob_workflow.store.postgres.rows import RowWriter, mark_behind, quoted
from kvob_workflow.store.postgres.schema import (
    MARK,
    meta,
    run,
)
from kvob_workflow.store.postgres.texts import sql_of
from kvob_workflow.store.rebuild_rows import (
    MOVE,
    changes_of,
    marks_of,
    move_of,
)
from kvob_workflow.store.rebuilding import (
    Rebuild,
    RebuildStatus,
    RebuildTaken,
    Shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvob_projections.view import View
    from kvob_workflow.store.postgres.connections import Connection
    from kvob_workflow.store.rebuilding import Made

LAST: Final = "SELECT coalesce(max(notification_id), 0) FROM stored_events"
UNMARK: Final = "DELETE FROM behind WHERE view = %s"
REMARK: Final = "UPDATE behind SET view = %s WHERE view = %s"


def schemas_of(connection: Connection, views: Sequence[View]) -> dict[str, int]:
    """The schema numbers of the live tables that are there."""
    there = [view for view in views if exists(connection, view.table)]
    return {view.name: meta(connection, f"view:{view.name}") or 0 for view in there}


def move(connection: Connection, now: Rebuild, was: RebuildStatus = "building") -> None:
    """Says how far a rebuild is.

    Raises:
        RebuildTaken: it has another claim or status.
    """
    if connection.execute(sql_of(MOVE), move_of(now, was)).rowcount != 1:
        raise RebuildTaken


def check_data(connection: Connection, mark: int | None) -> None:
    """Looks whether the live rows were made with these scheme data.

    Raises:
        SchemeDataDiffer: they were not.
    """
    if meta(connection, MARK + SCHEME_MARK) != mark:
        raise SchemeDataDiffer


def hold_followers(writer: Connection, names: Iterable[str]) -> dict[str, Shown]:
    """What the tables of the followed views among these show; none of them moves meanwhile."""
    held: dict[str, Shown] = {}
    for name in sorted(names):  # in the order in which followers move
        for row in writer.execute(sql_of(HOLD), (name,)).fetchall():
            held[name] = Shown(*row)
    return held


def show(writer: Connection, shown: Mapping[str, Shown]) -> None:
    """Notes what the tables of followed views show from now on."""
    for name, one in shown.items():
        writer.execute(sql_of(SHOW), (*one, name))


def beside(name: str, word: str, prefix: str = "view_") -> str:
    """The name of a view beside its live one, or of its table."""
    return f"{prefix}{name}__{word}"


def exists(connection: Connection, table: str) -> bool:
    """Whether there is such a table."""
    found = connection.execute("SELECT to_regclass(%s)", (quoted(table),)).fetchone()
    return found is not None and found[0] is not None


def rename(connection: Connection, table: str, to: str) -> None:
    """Gives a table another name, if it is there."""
    if exists(connection, table):
        run(connection, (f"ALTER TABLE {quoted(table)} RENAME TO {quoted(to)}",))


def drop(connection: Connection, name: str, word: str) -> None:
    """Takes a table beside the live one away, with its marks."""
    run(connection, (f"DROP TABLE IF EXISTS {quoted(beside(name, word))}",))
    connection.execute(UNMARK, (beside(name, word, ""),))


def replace_rows(writer: Connection, now: Rebuild, views: Sequence[View], made: Made) -> None:
    """Replaces the rows of estates beside the live tables."""
    rows = RowWriter()
    for view in views:
        aside = set_aside(view, now.word, now.number)
        rows.write(writer, changes_of(view, aside, made), {})
        mark_behind(writer, marks_of(view, made, now.word))


def number(connection: Connection, query: str) -> int:
    """The number that a query answers."""
    return int(connection.execute(query.encode()).fetchall()[0][0])
