"""How are rows set in columns? One set of widths for a whole screen, whatever its sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text as Styled

from kvob_workflow.cli.screens.screen import QUIET, STRONG
from kvob_workflow.cli.terminal import harmless

if TYPE_CHECKING:
    from kvob_workflow.cli.screens.screen import Screen

GAP: Final = 2
_LONGEST_WORD: Final = 22


@dataclass(frozen=True, slots=True)
class Column:
    """A column. A fixed one (a date, a number) is never wrapped."""

    title: str
    fixed: bool = False
    right: bool = False


Row = Sequence[Styled]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading of their own; None for a table without headings."""

    heading: str | None
    rows: list[Row] = field(default_factory=list[Row])


def cell(text: str = "", style: str = "") -> Styled:
    """The content of one cell, without what a terminal would obey; line breaks stay."""
    return Styled(harmless(text), style=style)


def lines(*parts: Styled) -> Styled:
    """Several parts below each other in one cell; empty ones are left out."""
    return Styled("\n").join([part for part in parts if part.plain])


def draw_table(
    screen: Screen,
    columns: Sequence[Column],
    sections: Iterable[Section],
    *,
    titled: bool = True,
) -> None:
    """All sections below one line of titles; columns that nothing stands in are left out."""
    found = [section for section in sections if section.rows]
    rows = [row for section in found for row in section.rows]
    used = [
        number
        for number in range(len(columns))
        if number == 0 or any(row[number].plain for row in rows)
    ]
    shown = [columns[number] for number in used]
    widths = _widths(shown, [[row[number] for number in used] for row in rows], screen.width)
    if titled:
        titles = [Styled(column.title, style=QUIET) for column in shown]
        _draw(screen, shown, widths, [titles])
    for section in found:
        if section.heading is not None:
            screen.line()
            screen.line(section.heading, STRONG)
        _draw(screen, shown, widths, [[row[number] for number in used] for row in section.rows])


def _draw(
    screen: Screen, columns: Sequence[Column], widths: Sequence[int], rows: Iterable[Row]
) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            width=width,
            no_wrap=column.fixed,
            justify="right" if column.right else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*row)
    screen.draw(table)


def _widths(columns: Sequence[Column], rows: Sequence[Row], available: int | None) -> list[int]:
    """The widths that show most: the widest column that may wrap gives way first."""
    widths = [
        max(
            [cell_len(column.title)]
            + [cell_len(line) for row in rows for line in row[number].plain.split("\n")]
        )
        for number, column in enumerate(columns)
    ]
    if available is None:
        return widths
    least = [_least(column, number, rows) for number, column in enumerate(columns)]
    for _ in range(sum(widths) + GAP * (len(widths) - 1) - available):
        wide = [number for number, width in enumerate(widths) if width > least[number]]
        if not wide:
            break
        widths[max(wide, key=lambda number: widths[number] - least[number])] -= 1
    return widths


def _least(column: Column, number: int, rows: Sequence[Row]) -> int:
    """A column that may wrap keeps its words whole, up to a length."""
    if column.fixed:
        return 10_000
    words = [word for row in rows for word in row[number].plain.split()]
    return max([cell_len(column.title), *(min(cell_len(word), _LONGEST_WORD) for word in words)])
