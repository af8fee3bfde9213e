"""How does an explanation look? The value, the events that made it so, the rules behind it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.actor import Role
from kvob_domain.words import Text
from kvob_workflow.cli.screens.details import said_of
from kvob_workflow.cli.screens.history import title
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.explaining import Cause, Explanation, FieldValue

_MOST: Final = 20
_NOTHING: Final = Text("niets", "nothing")
_TRUTH: Final = {True: Text("ja", "yes"), False: Text("nee", "no")}


def draw_fields(screen: Screen, values: Sequence[FieldValue]) -> None:
    """Every field with its value."""
    columns = [
        Column(screen.choose("Veld", "Field"), fixed=True),
        Column(screen.choose("Waarde", "Value")),
    ]
    rows: list[Row] = [[cell(one.address), cell(_shown(screen, one.value))] for one in values]
    draw_table(screen, columns, [Section(None, rows)])


def draw_explanation(screen: Screen, told: Explanation) -> None:
    """The value, then why."""
    screen.heading(f"{told.estate}, {told.municipality}")
    on = screen.choose("op", "on")
    screen.line(f"{told.address} = {_shown(screen, told.value)}  ({on} {told.on})", "bold")
    for rule in told.rules:
        said = ", ".join(part for part in (rule.holder, rule.source) if part)
        screen.line(f"{screen.words(rule.says)}{f' [{said}]' if said else ''}")
    screen.line()
    shown = _worth_showing(told.causes)
    columns = [
        Column("", fixed=True),
        Column(screen.choose("Nr", "No"), fixed=True, right=True),
        Column(screen.choose("Dag", "Day"), fixed=True),
        Column(screen.choose("Wat", "What")),
        Column(screen.choose("Werd", "Became")),
        Column(screen.choose("Vastgelegd", "Recorded"), fixed=True),
        Column(screen.choose("Wie", "Who")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, one) for one in shown])])
    screen.line()
    if hidden := len(told.causes) - len(shown):
        more = screen.choose("eerdere wijzigingen staan in --json.", "earlier changes: see --json.")
        screen.line(f"{hidden} {more}", "dim")
    note = screen.choose(
        "> zonder deze gebeurtenis zou er iets anders staan; de andere gaven eerdere waarden",
        "> without this event another value would stand here; the others gave earlier values",
    )
    screen.line(note, "dim")


def _worth_showing(causes: Sequence[Cause]) -> list[Cause]:
    """What is needed or corrected, and the newest of the other changes."""
    spare = [one for one in causes if not _is_telling(one)]
    left_out = {id(one) for one in spare[: max(len(spare) - _MOST, 0)]}
    return [one for one in causes if id(one) not in left_out]


def _is_telling(cause: Cause) -> bool:
    return cause.needed or cause.corrects is not None or bool(cause.corrected_by)


def _row(screen: Screen, cause: Cause) -> Row:
    event = cause.event
    what = cell(title(screen, event))
    if said := said_of(event.topic, event.details, screen.language):
        what = lines(what, cell(said, "dim"))
    if cause.corrects is not None:
        about = screen.choose(f"corrigeert {cause.corrects}", f"corrects {cause.corrects}")
        what = lines(what, cell(about, "dim"))
    for version in cause.corrected_by:
        by = screen.choose(f"gecorrigeerd door {version}", f"corrected by {version}")
        what = lines(what, cell(by, "dim"))
    role = screen.words(Role(event.role).words)
    return [
        cell(">" if cause.needed else "", "bold"),
        cell(str(event.version)),
        cell(event.on or screen.choose("onbekend", "unknown")),
        what,
        cell(_shown(screen, cause.value) if cause.changed else ""),
        cell(f"{event.recorded_at:%Y-%m-%d %H:%M}Z", "dim"),
        cell(f"{event.by} ({role})" if event.by else role, "dim"),
    ]


def _shown(screen: Screen, value: object) -> str:
    """A value as the other screens write it: codes as they are, lists with commas."""
    if value is None or value == "" or value == ():
        return screen.words(_NOTHING)
    if isinstance(value, bool):
        return screen.words(_TRUTH[value])
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in cast("Iterable[object]", value))
    return str(value.value) if isinstance(value, Enum) else str(value)
