"""How does a sweep look? How much was announced, what is held back, and when the next day is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Section, cell, draw_table

if TYPE_CHECKING:
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine import SweepReport
    from kvob_workflow.notices import DispatchReport

_NOTHING: Final = Text("Er was geen kennisgeving te doen.", "Nothing was due.")
_NEVER: Final = Text("Er loopt verder geen termijn.", "No other deadline is running.")


def draw_sweep(screen: Screen, report: SweepReport) -> None:
    """What was given, what is held, and the next day."""
    screen.line(given_line(screen, report), "bold")
    if report.held:
        _held(screen, report)
    screen.line(next_line(screen, report))


def given_line(screen: Screen, report: SweepReport) -> str:
    """How many notices for how many estates."""
    if report.given == 0:
        return screen.words(_NOTHING)
    notices = phrases.count(
        screen,
        report.given,
        Text("kennisgeving gedaan", "notice given"),
        Text("kennisgevingen gedaan", "notices given"),
    )
    about = phrases.estates(screen, report.estates)
    return screen.choose(f"{notices}, over {about}.", f"{notices}, about {about}.")


def next_line(screen: Screen, report: SweepReport) -> str:
    """The next day on which something falls due."""
    if report.next_due_on is None:
        return screen.words(_NEVER)
    day = report.next_due_on.isoformat()
    return screen.choose(f"Eerstvolgende termijn: {day}.", f"Next deadline: {day}.")


def ring_line(screen: Screen, report: SweepReport | None, sent: DispatchReport | None) -> str:
    """What a ring did, in one line that begins with the instant (UTC) of its sweep."""
    parts: list[str] = []
    if report is not None:
        at = report.swept_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        parts += [at, given_line(screen, report), next_line(screen, report)]
    if sent is not None and (sent.sent or sent.retried or sent.failed):
        parts.append(
            screen.choose(
                f"Berichten: {sent.sent} verzonden, {sent.retried} later opnieuw, "
                f"{sent.failed} opgegeven.",
                f"Messages: {sent.sent} sent, {sent.retried} tried again later, "
                f"{sent.failed} given up.",
            )
        )
    return " ".join(parts)


def _held(screen: Screen, report: SweepReport) -> None:
    screen.line()
    estates = phrases.estates(screen, len(report.held))
    screen.line(
        screen.choose(
            f"{estates}: kennisgeving lukte niet; de volgende keer wordt het weer geprobeerd.",
            f"{estates}: no notice could be given; the next sweep tries again.",
        ),
        "bold red",
    )
    columns = [
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Reden", "Reason")),
        Column("Code"),
    ]
    rows = [
        [
            cell(str(one.estate)),
            cell(one.error.message(screen.language)),
            cell(one.error.code, "dim"),
        ]
        for one in report.held
    ]
    draw_table(screen, columns, [Section(None, [*rows])])
    screen.line()
