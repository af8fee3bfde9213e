"""How does the diary look? By month, the earliest first; what is late stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import MONTHS, Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from kvob_projections.deadlines import DueQuery, DueRow
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen

_EMPTY: Final = Text("Er vervalt niets in deze periode.", "Nothing falls due in this period.")
_ADVICE: Final = Text(
    "Kijk verder vooruit (--within 2y), of toon ook wat al verstreken is (--overdue).",
    "Look further ahead (--within 2y), or show what is overdue as well (--overdue).",
)


def draw_due(screen: Screen, page: Page[DueRow], query: DueQuery) -> None:
    """The page of the diary."""
    if not page.items:
        phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    sections = _sections(screen, page, query)
    draw_table(screen, _columns(screen), sections)
    assert query.day is not None
    one, many = Text("termijn", "deadline"), Text("termijnen", "deadlines")
    told = phrases.count(screen, len(page.items), one, many)
    until = screen.choose(f" t/m {query.until}", f" to {query.until}") if query.until else ""
    phrases.footer(screen, page, f"{told}{until}, {screen.choose('gezien', 'seen')}", query.day)
    phrases.notes(screen, [row for section in sections for row in section.rows])


def _columns(screen: Screen) -> list[Column]:
    day = Column(screen.choose("Dag", "Day"), fixed=True)
    what = Column(screen.choose("Wat", "What"))
    estate = Column(screen.choose("Terrein", "Estate"))
    if screen.is_narrow:
        return [day, what, estate, Column(screen.choose("Regel van", "Rule of"))]
    municipality = Column(screen.choose("Gemeente", "Municipality"))
    return [day, what, estate, municipality, Column(screen.choose("Waarom", "Why"))]


def _sections(screen: Screen, page: Page[DueRow], query: DueQuery) -> list[Section]:
    if query.sort:
        return [Section(None, [_row(screen, item) for item in page.items])]
    late = Section(screen.choose("Over tijd", "Overdue"))
    months: dict[str, Section] = {}
    for item in page.items:
        if item.overdue:
            late.rows.append(_row(screen, item))
            continue
        month = f"{screen.words(MONTHS[item.due_on.month - 1])} {item.due_on.year}"
        months.setdefault(month, Section(month)).rows.append(_row(screen, item))
    return [late, *months.values()]


def _row(screen: Screen, item: DueRow) -> Row:
    mark = f" {phrases.ESTIMATED}" if item.estimated else ""
    day = cell(f"{item.due_on}{mark}", "bold red" if item.overdue else "")
    what = cell(phrases.deadline(screen, item.kind))
    if screen.is_narrow:
        name = cell(f"{item.estate}, {item.municipality}")
        return [day, what, name, cell(item.holder, "dim")]
    why = cell(phrases.why(screen, item), "dim")
    return [day, what, cell(item.estate), cell(item.municipality), why]
