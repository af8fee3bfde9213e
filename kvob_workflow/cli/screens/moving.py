"""How do a copied store and a backup look? What is equal, table by table, and the log's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.moving import Backup, CopyReport


def draw_copy(screen: Screen, report: CopyReport) -> None:
    """Each table with its rows, then the verdict."""
    for one in report.tables:
        if one.is_equal:
            told = f"{one.table}: {one.rows} {screen.choose('gelijk', 'equal')}"
            screen.line(f"{told}  {one.checksum[:16]}", "dim")
        else:
            told = screen.choose("VERSCHILT vanaf", "DIFFERS from")
            where = one.first_difference
            screen.line(f"{one.table}: {one.rows} / {one.copied}  {told} {where}")
    if report.head is None:
        screen.line(screen.choose("De opslagen zijn niet gelijk.", "The stores are not equal."))
        return
    head = report.head
    root = f"log-{head.log}, {head.entries}, {head.root}"
    screen.line(
        screen.choose(
            f"Gelijk. Het bewijslogboek aan beide kanten: {root}",
            f"Equal. The proof log on both sides: {root}",
        )
    )


def draw_backup(screen: Screen, made: Backup) -> None:
    """What the backup holds."""
    screen.line(
        screen.choose(
            f"{made.file}: {made.events} gebeurtenissen tot en met positie {made.last_position}, "
            f"bewijslogboek {made.log} met {made.log_entries} regels, {made.size} bytes; nagelezen "
            "en gelijk.",
            f"{made.file}: {made.events} events up to position {made.last_position}, proof log "
            f"{made.log} with {made.log_entries} entries, {made.size} bytes; read back and equal.",
        )
    )
