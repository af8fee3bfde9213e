"""How do the measures look? By owner, because an owner asks what is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.values import MeasureTag, Progress
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from kvob_projections.measures import MeasureQuery, MeasureRow
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen

_EMPTY: Final = Text("Er zijn geen maatregelen gevonden.", "No measures were found.")
_ADVICE: Final = Text(
    "Maatregelen komen uit een vastgesteld plan (kvob adopt-plan); laat anders een filter weg.",
    "Measures come from an adopted plan (kvob adopt-plan); else leave out a filter.",
)


def draw_measures(screen: Screen, page: Page[MeasureRow], query: MeasureQuery) -> None:
    """The page of measures."""
    if not page.items:
        phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    draw_table(screen, _columns(screen), _sections(screen, page, query))
    assert query.day is not None
    one, many = Text("maatregel", "measure"), Text("maatregelen", "measures")
    told = phrases.count(screen, len(page.items), one, many)
    phrases.footer(screen, page, told, query.day)


def _columns(screen: Screen) -> list[Column]:
    return [
        Column(screen.choose("Maatregel", "Measure")),
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Eigenaar", "Owner")),
        Column(screen.choose("Voortgang", "Progress"), fixed=True),
        Column(screen.choose("Uiterlijk", "Due"), fixed=True),
    ]


def _sections(screen: Screen, page: Page[MeasureRow], query: MeasureQuery) -> list[Section]:
    if query.sort:
        return [Section(None, [_row(screen, item, item.owner) for item in page.items])]
    owners: dict[str, Section] = {}
    for item in page.items:
        section = owners.setdefault(item.owner, Section(item.owner))
        section.rows.append(_row(screen, item, ""))
    return [owners[owner] for owner in sorted(owners, key=str.casefold)]


def _row(screen: Screen, item: MeasureRow, owner: str) -> Row:
    tag = f" ({screen.words(MeasureTag(item.tag).words)})" if item.tag else ""
    late = screen.choose(" over tijd", " overdue") if item.overdue else ""
    return [
        cell(f"{item.measure}  {item.text}{tag}"),
        cell(f"{item.estate}, {item.municipality}"),
        cell(owner),
        cell(screen.words(Progress(item.progress).words)),
        cell(f"{item.due_on or ''}{late}", "bold red" if late else ""),
    ]
