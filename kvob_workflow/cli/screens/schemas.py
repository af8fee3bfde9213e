"""How does the layout of a store look? Its number, and that of each view."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_workflow.cli.screens.screen import Screen


def draw_schemas(screen: Screen, found: int | None, known: int, views: Mapping[str, int]) -> None:
    """What the store has beside what this release makes."""
    if found is not None:
        screen.line(screen.choose(f"Deze opslag: schema {found}", f"This store: schema {found}"))
    made = screen.choose("Deze versie maakt schema", "This release makes schema")
    screen.line(f"{made} {known}")
    for name, number in views.items():
        screen.line(f"{name}: {number}", "dim")
    screen.line(
        screen.choose(
            "De SQL voor PostgreSQL: --print voor de tabellen, --roles voor de rollen.",
            "The SQL for PostgreSQL: --print for the tables, --roles for the roles.",
        )
    )
