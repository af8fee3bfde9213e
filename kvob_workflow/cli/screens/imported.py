"""How does the report of an import look? Four counts that add up, then every rejected row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Section, cell, draw_table

if TYPE_CHECKING:
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.importing import ImportReport

_COUNTS: Final = (
    ("accepted", Text("vastgelegd als feit", "recorded as facts")),
    ("remarks", Text("bewaard als opmerking", "kept as remarks")),
    ("duplicates", Text("waren al bekend", "were on record already")),
)
_REJECTED: Final = Text("geweigerd", "rejected")
_SHOWN: Final = 50
"""Rejected rows that are shown; --json has them all."""


def draw_report(screen: Screen, report: ImportReport) -> None:
    """What became of the rows."""
    rows = phrases.count(screen, report.rows, Text("rij", "row"), Text("rijen", "rows"))
    about = phrases.count(
        screen,
        report.estates,
        Text("terrein of groep", "estate or group"),
        Text("terreinen en groepen", "estates and groups"),
    )
    title = screen.choose(f"{rows} over {about}", f"{rows} about {about}")
    trial = screen.choose("Proefdraai: ", "Trial run: ") if report.dry_run else ""
    screen.line(trial + title, "bold")
    table = [
        [cell(str(getattr(report, name))), cell(screen.words(words))] for name, words in _COUNTS
    ]
    refused = len(report.rejected)
    table.append([cell(str(refused)), cell(screen.words(_REJECTED), "bold red" if refused else "")])
    columns = [Column("", right=True), Column("")]
    draw_table(screen, columns, [Section(None, [*table])], titled=False)
    for notice in report.notices:
        screen.line(screen.words(notice.text))
    if refused:
        _rejected(screen, report)


def _rejected(screen: Screen, report: ImportReport) -> None:
    screen.line()
    columns = [
        Column(screen.choose("Rij", "Row"), fixed=True, right=True),
        Column(screen.choose("Reden", "Reason")),
        Column("Code"),
    ]
    rows = [
        [cell(str(one.row)), cell(one.error.message(screen.language)), cell(one.error.code, "dim")]
        for one in report.rejected[:_SHOWN]
    ]
    draw_table(screen, columns, [Section(None, [*rows])])
    left = len(report.rejected) - _SHOWN
    if left > 0:
        screen.line(
            screen.choose(
                f"En nog {left}; --json toont ze alle.", f"And {left} more; --json shows them all."
            )
        )
