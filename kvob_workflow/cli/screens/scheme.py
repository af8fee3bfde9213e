"""How do the scheme's editions look, and the report of a migration?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from kvob_domain.words import Text
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.scheme.sourced import Sourced
    from kvob_workflow import MigrationLine
    from kvob_workflow.cli.commands.scheme import EditionLine
    from kvob_workflow.cli.screens.screen import Screen

_CERTAINTIES: Final = {
    "stated": Text("genoemd", "stated"),
    "observed": Text("waargenomen", "observed"),
    "inferred": Text("afgeleid", "inferred"),
}


def draw_editions(screen: Screen, lines: Sequence[EditionLine]) -> None:
    """The editions, the one in force today marked in words."""
    columns = [
        Column(screen.choose("Schemaversie", "Edition"), fixed=True),
        Column(screen.choose("Titel", "Title")),
        Column(screen.choose("Geldt van", "In force from"), fixed=True),
        Column(screen.choose("tot", "until"), fixed=True),
        Column(screen.choose("Waarden", "Values"), fixed=True, right=True),
        Column(""),
    ]
    rows: list[Row] = [
        [
            cell(line.id),
            cell(screen.words(line.title)),
            cell(line.in_force_from or ""),
            cell(line.in_force_until or ""),
            cell(str(line.values)),
            cell(screen.choose("geldt nu", "in force") if line.in_force_today else "", "green"),
        ]
        for line in lines
    ]
    draw_table(screen, columns, [Section(None, rows)])
    screen.line()
    screen.line(
        screen.choose(
            "Wat een versie niet zegt, komt uit 'practice'. Bronnen: kvob scheme show VERSIE",
            "What an edition does not say comes from 'practice'. Sources: kvob scheme show EDITION",
        ),
        "dim",
    )


def draw_terms(
    screen: Screen, edition: str, title: Text, known: Sequence[tuple[str, Sourced[object]]]
) -> None:
    """Every value with who says so."""
    screen.heading(f"{screen.words(title)} ({edition})")
    for name, sourced in known:
        screen.line(f"{name}: {_value(sourced.value)}")
        certainty = screen.words(_CERTAINTIES[sourced.certainty])
        screen.whole(f"    {sourced.holder}, {certainty}: {sourced.source}", "dim")


def _value(value: object) -> str:
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value)
        return ", ".join(f"{key} → {one}" for key, one in pairs.items())
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in cast("tuple[object, ...]", value))
    return str(value)


def draw_migration(screen: Screen, lines: Sequence[MigrationLine], *, applied: bool) -> None:
    """What the other edition asks of every running cycle."""
    if not lines:
        screen.line(
            screen.choose("Geen lopende cyclus is erbij betrokken.", "No cycle is concerned.")
        )
        return
    columns = [
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Van", "From")),
        Column(screen.choose("Naar", "To")),
        Column(screen.choose("Komt erbij", "Opens")),
        Column(screen.choose("Vervalt", "Closes")),
        Column(screen.choose("Geweigerd omdat", "Refused because")),
    ]
    draw_table(screen, columns, [Section(None, [_line(screen, line) for line in lines])])
    screen.line()
    refused = sum(line.refusal is not None for line in lines)
    told = screen.choose(
        f"{len(lines)} cycli, {refused} geweigerd.", f"{len(lines)} cycles, {refused} refused."
    )
    trial = screen.choose(
        " Er is niets geschreven; voer uit met --apply.", " Nothing was written; --apply does it."
    )
    screen.line(told + ("" if applied else trial), "bold")


def _line(screen: Screen, line: MigrationLine) -> Row:
    return [
        cell(f"{line.estate}, {line.municipality}"),
        cell(line.from_edition or "-"),
        cell(line.to_edition or "-"),
        cell(", ".join(screen.words(code.words) for code in line.opens)),
        cell(", ".join(screen.words(code.words) for code in line.closes)),
        cell(line.refusal.message(screen.language) if line.refusal else "", "red"),
    ]
