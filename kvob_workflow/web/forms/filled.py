"""What stands in a form? Texts by the names of its inputs; rows are numbered in these names.

    "reason" -> "...", "figures.year" -> "2025", "measures.2.owner" -> "Gemeente"

Whatever came is kept as it came, however wrong. Read next: `reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_ROWS: Final = 1000
"""Rows of one list that a form shows; the largest plan of measures has some hundred."""
_LONGEST_NAME: Final = 120
_ROW: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
ROW_WAS: Final = "was"
"""A hidden part of a row: which row of the record it was, see `correcting`."""
GIVEN: Final = frozenset({"id", "progress", "severity", ROW_WAS})
"""What a new row has filled in already; alone it does not make a row."""


def joined(name: str, part: str | int) -> str:
    """The name of an input within another; a single value of a row is named by its row alone."""
    return f"{name}.{part}" if name and part != "" else f"{name}{part}"


@dataclass(frozen=True)
class Filled:
    """The texts of a form. `rows_of` gives the numbers of the rows that it has of a list."""

    values: Mapping[str, str] = field(default_factory=dict[str, str])
    _rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Filled:
        """What these inputs hold; of a name that comes twice the first counts."""
        values: dict[str, str] = {}
        for name, text in pairs:
            if len(name) <= _LONGEST_NAME:
                values.setdefault(name, text.replace("\r\n", "\n").replace("\r", "\n"))
        return cls(values, _numbered(values))

    def text(self, name: str) -> str:
        """What stands in an input; empty where it is not there."""
        return self.values.get(name, "")

    def rows_of(self, name: str) -> tuple[int, ...]:
        """The numbers of the rows of a list, in order; they need not be consecutive."""
        return self._rows.get(name, ())

    def holds(self, name: str) -> bool:
        """Whether anything is filled in at, or below, a name."""
        below = f"{name}."
        return any(
            text.strip()
            for one, text in self.values.items()
            if one == name or one.startswith(below)
        )

    def but(self, changes: Mapping[str, str]) -> Filled:
        """The same with other texts in these inputs."""
        return Filled.of({**self.values, **changes}.items())

    def only_where_empty(self, changes: Mapping[str, str], lists: Iterable[str]) -> Filled:
        """The same, with these texts where nothing is typed; a list is taken as a whole."""
        full = {name: self._is_typed_in(name) for name in lists}
        kept = {
            name: text
            for name, text in self.values.items()
            if full.get(name.partition(".")[0], True)
        }
        taken = {
            name: text
            for name, text in changes.items()
            if not kept.get(name, "").strip() and not full.get(name.partition(".")[0])
        }
        return Filled.of({**kept, **taken}.items())

    def _is_typed_in(self, name: str) -> bool:
        """Whether a list has more than what a new row has by itself."""
        below = f"{name}."
        return any(
            text.strip() and one.rpartition(".")[2] not in GIVEN
            for one, text in self.values.items()
            if one.startswith(below)
        )

    def with_row(self, name: str, inner: Iterable[str]) -> Filled:
        """The same with an empty row at the end of a list."""
        numbers = self.rows_of(name)
        if len(numbers) >= MOST_ROWS:
            return self
        row = joined(name, (numbers[-1] + 1) if numbers else 0)
        return self.but({joined(row, one): "" for one in inner})

    def without_row(self, row: str) -> Filled:
        """The same without a row such as "measures.2"."""
        below = f"{row}."
        kept = {
            name: text
            for name, text in self.values.items()
            if name != row and not name.startswith(below)
        }
        return Filled.of(kept.items())

    def without(self, *names: str) -> Filled:
        """The same without these inputs."""
        return replace(
            self, values={name: text for name, text in self.values.items() if name not in names}
        )


def _numbered(values: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name in values:
        parts = name.split(".")
        for place, part in enumerate(parts):
            if place and _ROW.fullmatch(part):
                found.setdefault(".".join(parts[:place]), set()).add(int(part))
    return {name: tuple(sorted(numbers)) for name, numbers in found.items()}
