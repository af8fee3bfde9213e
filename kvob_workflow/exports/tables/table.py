"""What is a table? Columns with headings in both languages, and rows of plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from kvob_domain.words import Text

Value = str | bool | int | float | date | None
"""What a cell holds. Flags are words for people, days are days; nothing where nobody knows."""


class Column(NamedTuple):
    """A column; `width` in characters of a spreadsheet."""

    heading: Text
    width: int = 14


class Table(NamedTuple):
    """A table; texts of its rows are in one language. `rows` can be gone through once."""

    title: Text
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Value, ...]]


class About(NamedTuple):
    """Of what a table is: for whoever finds the file years later.

    `made_at` is aware. `on` is the day asked, `known_at` (aware) as it was known then; None as it
    is known now. `filters` is what was asked in the words of the query box, `source` the address
    of the list.
    """

    made_at: datetime
    on: date
    known_at: datetime | None = None
    filters: str = ""
    source: str = ""
