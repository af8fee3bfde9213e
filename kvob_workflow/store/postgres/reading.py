"""How does a query that SQLite understands run on PostgreSQL? Its places are named anew, once.

`:name` becomes psycopg's own form, a percent sign is doubled, a cast (`::`) and whatever stands in
quotes or comments stays. Rows are asked by name and by number, as those of SQLite are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, overload

from psycopg import ClientCursor, ProgrammingError, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from psycopg import Cursor

    from kvob_projections.view import Value
    from kvob_workflow.store.postgres.connections import Connection, Connections

_QUERIES_KEPT: Final = 1024
_COMMENTS: Final = ("--", "/*")
# What is to be left alone comes first: texts, names, comments, casts; then a place.
_TOKEN: Final = re.compile(
    r"""
      (?<![\w$])[eE]'(?:[^'\\]|\\.|'')*'
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | (?<![\w$])\$(?P<quote>\w*)\$.*?\$(?P=quote)\$
    | --[^\n]*
    | /\*.*?\*/
    | ::
    | (?<![0-9\]]):(?P<place>[A-Za-z_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)


class StoredRow:
    """A row of an answer: its values by number or by the column's name, in order when gone over."""

    __slots__ = ("_numbers", "_values")

    def __init__(self, values: Sequence[Any], numbers: Mapping[str, int]) -> None:
        """`numbers` are the places of the columns; of two with one name the first counts."""
        self._values = tuple(values)
        self._numbers = numbers

    @overload
    def __getitem__(self, key: slice, /) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, key: int | str, /) -> Any: ...
    def __getitem__(self, key: int | str | slice, /) -> Any:
        """The value of a column.

        Raises:
            IndexError: there is no such column.
        """
        if not isinstance(key, str):
            return self._values[key]
        try:
            return self._values[self._numbers[key]]
        except KeyError:
            raise IndexError(f"no column {key}") from None

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoredRow):
            return NotImplemented
        return self._values == other._values and self.keys() == other.keys()

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return f"StoredRow({dict(zip(self.keys(), self._values, strict=False))})"

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self._numbers)


@lru_cache(maxsize=_QUERIES_KEPT)
def translated(sql: str) -> str:
    """A query with places `:name` in the form of psycopg.

    Raises:
        psycopg.ProgrammingError: it is more than one statement, as SQLite refuses too.
    """
    # The server would carry out a second statement, and it might end the transaction.
    bare = _TOKEN.sub(lambda token: " " if token[0][:2] in _COMMENTS else "x", sql)
    if ";" in bare.rstrip("; \t\r\n"):
        raise ProgrammingError("a query is one statement")
    parts: list[str] = []
    begin = 0
    for token in _TOKEN.finditer(sql):
        parts.append(sql[begin : token.start()].replace("%", "%%"))
        place = token["place"]
        parts.append(token[0].replace("%", "%%") if place is None else f"%({place})s")
        begin = token.end()
    parts.append(sql[begin:].replace("%", "%%"))
    return "".join(parts)


def stored_rows(cursor: Cursor[Any]) -> Callable[[Sequence[Any]], StoredRow]:
    """A row factory of psycopg."""
    numbers: dict[str, int] = {}
    for number, column in enumerate(cursor.description or ()):
        numbers.setdefault(column.name, number)
    return lambda values: StoredRow(values, numbers)


def ask(connections: Connections, sql: str, parameters: Mapping[str, Value]) -> list[StoredRow]:
    """The rows of a query of the caller's; nothing can be written.

    The server plans it for the values at hand: one plan for all of them would, say, walk a whole
    list for a municipality that hardly occurs.
    """

    def run(connection: Connection) -> list[StoredRow]:
        # Values go as literals: a parameter has no type where nothing but NULL is near it.
        with ClientCursor(connection, row_factory=stored_rows) as cursor:
            # As bytes: text is taken only where it is written out in the program.
            return cursor.execute(translated(sql).encode(), parameters).fetchall()

    return connections.reading(run, callers_sql=True)


def ask_for_host(
    connections: Connections, sql: str, parameters: Mapping[str, Value], most: int
) -> list[StoredRow]:
    """The first rows of a query that a host wrote; whatever it tries, nothing is written or stays.

    After its first query a transaction that only reads cannot become one that writes. Its end
    undoes what was set; locks of the session are let go of by themselves.
    """

    def run(connection: Connection) -> list[StoredRow]:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute("SET TRANSACTION READ ONLY")
                return _first(connection, sql, parameters, most)
        except errors.ReadOnlySqlTransaction as error:  # of the query, not of the server
            raise ProgrammingError("a query cannot write") from error
        finally:
            if not connection.closed:
                connection.execute("SELECT pg_advisory_unlock_all()")

    return connections.reading(run, callers_sql=True)


def _first(
    connection: Connection, sql: str, parameters: Mapping[str, Value], most: int
) -> list[StoredRow]:
    asked = ClientCursor(connection).mogrify(translated(sql).encode(), parameters)
    bounded = f"SELECT * FROM ({asked}\n) AS asked".replace("%", "%%") + " LIMIT %(most)s"
    with connection.cursor(row_factory=stored_rows) as cursor:
        # With a value beside it the server itself refuses more than one statement.
        return cursor.execute(bounded.encode(), {"most": most}, prepare=False).fetchall()
