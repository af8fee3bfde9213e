"""What is an inline view? A table, and a pure function from an estate's state to its rows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook

Value = str | int | float | None
Row = tuple[Value, ...]
_LONGEST = 52


@dataclass(frozen=True, slots=True)
class View:
    """One inline view.

    `schema` goes up when columns or rows change, so that a store made by an older release is
    rebuilt. `key` names the columns of the primary key, which are the first columns of the
    table; the first of them is always `estate_id`.
    No column depends on today: what depends on the day asked is computed by the query.
    `reads` names the parts of a state that the rows depend on, so that they are not made anew
    while those parts are the same objects; empty means: make them anew every time.
    `on_postgres` are further statements that PostgreSQL alone needs.
    """

    name: str
    schema: int
    columns: tuple[str, ...]
    key: tuple[str, ...]
    ddl: tuple[str, ...]
    rows: Callable[[Estate, SchemeBook], tuple[Row, ...]]
    reads: tuple[str, ...] = ()
    on_postgres: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The name of the table in the store."""
        return f"view_{self.name}"

    def key_of(self, row: Row) -> Row:
        """The primary key of one row."""
        return row[: len(self.key)]


def table_ddl(table: str, columns: Mapping[str, str], key: tuple[str, ...]) -> str:
    """The statement that makes a table; `columns` are names with their SQL types."""
    lines = [f"{name} {kind}" for name, kind in columns.items()]
    lines.append(f"PRIMARY KEY ({', '.join(key)})")
    return f"CREATE TABLE {table} (\n  " + ",\n  ".join(lines) + "\n)"


def index_ddl(table: str, *columns: str) -> str:
    """The statement that makes an index on these columns."""
    return f"CREATE INDEX {table}_{'_'.join(columns)} ON {table} ({', '.join(columns)})"


def set_aside(view: View, word: str, number: int) -> View:
    """The same view in a table of its own, `view_<name>__<word>`.

    Its indexes bear the number: an index keeps its name when its table takes another one, and
    the next table beside the live one needs names that are free. PostgreSQL would cut a name of
    more than 63 characters, and the number with it, so a long one is shortened before.
    """
    aside = replace(view, name=f"{view.name}__{word}")
    named = re.compile(rf"\b{view.table}(_\w+)?\b")

    def renamed(statement: str) -> str:
        def other(found: re.Match[str]) -> str:
            tail = found.group(1)
            if tail is None:
                return aside.table
            name = f"{view.table}{tail}"
            if len(name) > _LONGEST:
                name = f"{name[: _LONGEST - 9]}_{crc32(name.encode()):08x}"
            return f"{name}__{number}"

        return named.sub(other, statement)

    return replace(
        aside,
        ddl=tuple(map(renamed, view.ddl)),
        on_postgres=tuple(map(renamed, view.on_postgres)),
    )
