"""How does the access log look? One question a line, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.clock import AMSTERDAM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.access import Entry
    from kvob_workflow.cli.screens.screen import Screen

_NOTHING: Final = Text("Er is niets vastgelegd dat hierbij past.", "Nothing logged fits this.")
_ADVICE: Final = Text(
    "Vraag met minder beperkingen, of zonder --estate, --who en --since.",
    "Ask with fewer filters, or without --estate, --who and --since.",
)


def draw_entries(screen: Screen, entries: Sequence[Entry]) -> None:
    """Who asked what, and when in the Netherlands."""
    if not entries:
        phrases.nothing(screen, _NOTHING, _ADVICE)
        return
    columns = [
        Column(screen.choose("Wanneer", "When"), fixed=True),
        Column(screen.choose("Wie", "Who")),
        Column(screen.choose("Ingang", "Entrance")),
        Column(screen.choose("Vraag", "Question")),
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Regels", "Rows"), right=True),
    ]
    draw_table(screen, columns, [Section(None, [_row(one) for one in entries])])
    screen.line()
    one, many = Text("vraag", "question"), Text("vragen", "questions")
    screen.line(phrases.count(screen, len(entries), one, many), "bold")


def _row(entry: Entry) -> Row:
    asked = " ".join(f"{name}={value}" for name, value in entry.asked.items())
    return [
        cell(f"{entry.at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}"),
        cell(entry.person[:13]),
        cell(entry.entrance, "dim"),
        cell(f"{entry.question} {asked}".rstrip()),
        cell(entry.estate or ""),
        cell("" if entry.rows is None else str(entry.rows)),
    ]
