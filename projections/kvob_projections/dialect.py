"""Which SQL does a store understand? Two dialects; nearly every query is one text for both.

What differs: how a list of values is given, here, and how rectangles are found: `trees` for
SQLite, `boxes` for PostgreSQL.
"""

import json
import re
from collections.abc import Sequence
from enum import StrEnum


class Dialect(StrEnum):
    """The SQL of SQLite or that of PostgreSQL."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


def among_numbers(dialect: Dialect, column: str, name: str) -> str:
    """The condition that a column is one of the numbers in a `listed` parameter."""
    if dialect is Dialect.SQLITE:
        return f"{column} IN (SELECT value FROM json_each(:{name}))"
    # Not as a subquery: the planner then knows how many there are.
    return f"{column} = ANY (CAST(translate(:{name}, '[]', '{{}}') AS bigint[]))"


def among_texts(dialect: Dialect, column: str, name: str) -> str:
    """The condition that a column is one of the texts in a `listed` parameter."""
    if dialect is Dialect.SQLITE:
        return f"{column} IN (SELECT value FROM json_each(:{name}))"
    return f"{column} = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST(:{name} AS jsonb))))"


def listed(values: Sequence[int] | Sequence[str]) -> str:
    """Values as one parameter."""
    return json.dumps(list(values))


def in_postgres(statement: str) -> str:
    """A statement that makes a table or an index, with PostgreSQL's types.

    Texts sort by byte there too, and numbers have the 64 bits that SQLite's have.
    """
    texts = re.sub(r"\bTEXT\b", 'text COLLATE "C"', statement)
    return re.sub(r"\bINTEGER\b", "bigint", texts)
