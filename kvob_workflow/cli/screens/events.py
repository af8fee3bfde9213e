"""How does the catalogue of events look, and the report on what was released?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.events import EventEntry, Report


def draw_events(screen: Screen, entries: Sequence[EventEntry]) -> None:
    """Every event on a line; an older topic says as what it is read."""
    columns = [
        Column(screen.choose("Gebeurtenis", "Event")),
        Column(screen.choose("Kenmerk", "Topic"), fixed=True),
        Column(screen.choose("Sinds", "Since"), fixed=True),
        Column(screen.choose("Opdrachten", "Commands")),
    ]
    rows: list[Row] = []
    for entry in entries:
        given = ", ".join(name.replace("_", "-") for name in entry.commands)
        older = f" → {_short(entry.read_as)}" if entry.read_as != entry.topic else ""
        rows.append(
            [
                cell(screen.words(entry.title)),
                cell(_short(entry.topic) + older),
                cell(entry.since or screen.choose("volgende", "next")),
                cell(given or screen.choose("het programma zelf", "the program itself"), "dim"),
            ]
        )
    draw_table(screen, columns, [Section(None, rows)])


def draw_report(screen: Screen, report: Report) -> None:
    """What changed since the releases, then the flaws; one line when all is well."""
    for one in report.topics:
        verdict = screen.words(one.verdict.words) if one.verdict else None
        if one.since is None:
            screen.line(f"{one.topic}: {screen.choose('nieuw', 'new')}")
        elif one.differences or verdict is None:
            read_as = one.read_as or screen.choose("niets", "nothing")
            told = verdict or screen.choose(f"gelezen als {read_as}", f"read as {read_as}")
            screen.line(f"{one.topic} ({one.since}): {told}")
            for difference in one.differences:
                screen.line(f"  {difference}", "dim")
    for flawed in report.flaws:
        screen.line(screen.words(flawed.message), "red")
    if not report.flaws:
        count = sum(one.since is not None for one in report.topics)
        screen.line(
            screen.choose(
                f"Alle {count} uitgebrachte vormen zijn te lezen.",
                f"All {count} released forms can be read.",
            ),
            "green",
        )


def _short(topic: str) -> str:
    return topic.partition(":")[2]
