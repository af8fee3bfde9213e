"""How does a heat map look? Numbers in shaded cells; the number says it all, the shade helps."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text as Styled

    from kvob_projections.heat_map import HeatMap
    from kvob_workflow.cli.screens.screen import Screen

_SHADES: Final = ("\N{LIGHT SHADE}", "\N{MEDIUM SHADE}", "\N{DARK SHADE}", "\N{FULL BLOCK}")
_STYLES: Final = ("", "yellow", "dark_orange", "bold red")
_EMPTY: Final = Text("Er vervalt niets in deze maanden.", "Nothing falls due in these months.")
_ADVICE: Final = Text(
    "Kies andere maanden (--from 2027-01 --until 2027-12) of een andere soort (--kind reminder).",
    "Choose other months (--from 2027-01 --until 2027-12) or another kind (--kind reminder).",
)
_NAME: Final = 22
_CELL: Final = 9


def draw_heat_map(screen: Screen, found: HeatMap) -> None:
    """The map; months that do not fit beside each other go below each other."""
    screen.heading(f"{phrases.deadline(screen, found.kind)}")
    if not found.rows:
        phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    for part in _parts(screen, len(found.months)):
        _draw(screen, found, part)
        screen.line()
    many = phrases.count(
        screen, found.total, Text("termijn", "deadline"), Text("termijnen", "deadlines")
    )
    screen.line(f"{many}.", "bold")
    if sum(row.total for row in found.rows) != found.total:
        note = Text(
            "Een terrein in meer gemeenten telt in elk daarvan, en eenmaal in het totaal.",
            "An estate in several municipalities counts in each, and once in the total.",
        )
        screen.line(screen.words(note), "dim")


def _parts(screen: Screen, months: int) -> Iterator[Sequence[int]]:
    width = screen.width
    most = months if width is None else max(1, (width - _NAME - _CELL) // _CELL)
    numbers = iter(range(months))
    while part := list(islice(numbers, most)):
        yield part


def _draw(screen: Screen, found: HeatMap, part: Sequence[int]) -> None:
    highest = max(max(row.counts) for row in found.rows)
    titles = [f"{found.months[number]:%Y-%m}" for number in part]
    columns = [
        Column(screen.choose("Gemeente", "Municipality")),
        *(Column(title, fixed=True, right=True) for title in titles),
        Column(screen.choose("Totaal", "Total"), fixed=True, right=True),
    ]
    rows = [
        [
            cell(row.municipality),
            *(_shaded(row.counts[number], highest) for number in part),
            cell(str(row.total)),
        ]
        for row in found.rows
        if any(row.counts[number] for number in part)
    ]
    together = [
        cell(screen.choose("Samen", "All"), "bold"),
        *(cell(str(found.counts[number]), "bold") for number in part),
        cell(str(found.total), "bold"),
    ]
    draw_table(screen, columns, [Section(None, [*rows, together])])


def _shaded(count: int, highest: int) -> Styled:
    if not count:
        return cell("·", "dim")
    shade = min(len(_SHADES) - 1, (count * len(_SHADES) - 1) // highest)
    return cell(f"{_SHADES[shade]} {count}", _STYLES[shade])
