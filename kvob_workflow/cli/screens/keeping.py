"""How do the settings and the store's health look?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.settings import Setting
    from kvob_workflow.store.port import Diagnosis

_VERDICTS: Final = {
    "ok": (Text("goed", "good"), "green"),
    "warning": (Text("let op", "note"), "yellow"),
    "fault": (Text("stuk", "broken"), "bold red"),
}


def draw_settings(screen: Screen, settings: Sequence[Setting]) -> None:
    """Each setting with what gave it."""
    columns = [
        Column(screen.choose("Instelling", "Setting")),
        Column(screen.choose("Waarde", "Value")),
        Column(screen.choose("Van", "From")),
    ]
    rows = [
        [
            cell(one.name),
            cell(one.value or "-"),
            cell(screen.choose("standaard", "default") if one.origin == "default" else one.origin),
        ]
        for one in settings
    ]
    draw_table(screen, columns, [Section(None, [*rows])])


def draw_diagnoses(screen: Screen, diagnoses: Sequence[Diagnosis]) -> None:
    """Each finding with its verdict; advice below what needs it."""
    rows: list[Row] = []
    for one in diagnoses:
        words, style = _VERDICTS[one.verdict]
        advice = screen.words(one.advice)
        rows.append(
            [cell(screen.words(words), style), cell(one.name), cell(one.value), cell(advice)]
        )
    columns = [
        Column(screen.choose("Oordeel", "Verdict")),
        Column(screen.choose("Wat", "What")),
        Column(screen.choose("Waarde", "Value")),
        Column(screen.choose("Advies", "Advice")),
    ]
    draw_table(screen, columns, [Section(None, [*rows])])
