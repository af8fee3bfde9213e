"""How does the register look? One line per certificate held on the day asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines

if TYPE_CHECKING:
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterQuery, RegisterRow
    from kvob_workflow.cli.screens.screen import Screen

_EMPTY: Final = Text(
    "Op die dag is van geen terrein een certificaat bekend dat aan de vraag voldoet.",
    "On that day no certificate is known that fits the question.",
)
_ADVICE: Final = Text(
    "Vraag een andere dag (--on 2020-01-15), of laat een filter weg.",
    "Ask for another day (--on 2020-01-15), or leave out a filter.",
)


def draw_register(screen: Screen, page: Page[RegisterRow], query: RegisterQuery) -> None:
    """The page of the register, and below it what its marks mean."""
    if not page.items:
        phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    rows = [_row(screen, item) for item in page.items]
    draw_table(screen, _columns(screen), [Section(None, rows)])
    assert query.day is not None
    phrases.footer(screen, page, phrases.estates(screen, len(page.items)), query.day)
    counts = Counter(item.status for item in page.items)
    screen.line(
        ", ".join(
            f"{screen.words(status.words).lower()} {counts[status]}"
            for status in Status
            if counts[status]
        )
    )
    phrases.notes(screen, rows, expired=counts[Status.EXPIRED] > 0)


def _columns(screen: Screen) -> list[Column]:
    estate = Column(screen.choose("Terrein", "Estate"))
    status = Column("Status", fixed=True)
    since = Column(screen.choose("Geldig vanaf", "Valid from"), fixed=True)
    level = Column(screen.choose("Niveau", "Level"), fixed=True)
    number = Column(screen.choose("Nr.", "No."), fixed=True, right=True)
    if screen.is_narrow:
        both = f"Status, {screen.choose('niveau', 'level')}"
        return [estate, Column(both, fixed=True), since, number]
    return [
        estate,
        Column(screen.choose("Gemeente", "Municipality")),
        status,
        since,
        level,
        number,
    ]


def _row(screen: Screen, item: RegisterRow) -> Row:
    status = phrases.certificate(screen, item.status, item.expires_on, item.estimated)
    level = phrases.level(item.level, item.level_derived)
    since = cell(str(item.valid_from) if item.valid_from else "")
    number = cell(str(item.certificate_number))
    if screen.is_narrow:
        name = lines(cell(item.estate), cell(item.municipality, "dim"))
        return [name, lines(status, level), since, number]
    return [cell(item.estate), cell(item.municipality), status, since, level, number]
