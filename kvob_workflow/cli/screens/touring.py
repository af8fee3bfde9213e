"""How does a life told step by step look? What happened, and in between what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_workflow.cli.screens.details import said_of
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines
from kvob_workflow.cli.words import SCREEN_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.cli.touring import StepTaken


def draw_walked(screen: Screen, steps: Sequence[StepTaken]) -> None:
    """Every step in order."""
    columns = [
        Column(screen.choose("Dag", "Day"), fixed=True),
        Column(screen.choose("Wat", "What")),
        Column(screen.choose("Bijzonderheden", "Particulars")),
        Column(screen.choose("Wie", "Who"), fixed=True),
    ]
    rows: list[Row] = []
    for step in steps:
        if step.refusal is not None:
            rows.append(_refused(screen, step))
        rows += [_happened(screen, recorded) for recorded in (*step.notices, *step.events)]
    draw_table(screen, columns, [Section(None, rows)])
    refused = sum(step.refusal is not None for step in steps)
    screen.line()
    screen.line(
        screen.choose(
            f"{len(steps)} opdrachten, waarvan {refused} geweigerd.",
            f"{len(steps)} commands, {refused} of them refused.",
        ),
        "bold",
    )


def _happened(screen: Screen, recorded: Recorded) -> Row:
    event = recorded.event
    details = event.model_dump(mode="json", exclude_none=True, exclude={"on"})
    said = said_of(event.TOPIC, details, screen.language)
    title = screen.words(EVENT_WORDS[type(event)])
    return [cell(event.occurred.text), cell(title), cell(said), cell(recorded.by or "", "dim")]


def _refused(screen: Screen, step: StepTaken) -> Row:
    assert step.refusal is not None
    titles = {name_of(command): command.TITLE for command in ALL_COMMANDS}
    refused = screen.words(SCREEN_WORDS["rejected"])
    reasons = [
        cell(f"{one.message(screen.language)} [{one.code}]", "red") for one in step.refusal.all()
    ]
    return [
        cell(step.on),
        cell(f"{refused}: {screen.words(titles[step.command])}", "bold red"),
        lines(*reasons),
        cell(step.person, "dim"),
    ]
