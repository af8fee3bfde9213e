"""Which commands clean up after an erasure? Rewrite the files, wrap the keys anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.commands.persons import days_of
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@dataclass(frozen=True, slots=True)
class MasterKeyMade:
    """The short name of the new master key."""

    master_key: str


@entrance(
    "store scrub",
    Text("De opslag en het sleutelbestand opschonen", "Clean up the store and the key file"),
    Section.KEEP,
    about=Text(
        "Herschrijft beide bestanden zonder vrije ruimte en leegt het logbestand van SQLite.",
        "Rewrites both files without free space and empties SQLite's log.",
    ),
)
def scrub(desk: Desk, *, backup_days: int | None = None) -> None:
    """Nothing that was deleted stays in the files."""
    from kvob_workflow.cli.screens.persons import draw_scrub

    report = desk.reading_engine.scrub(backup_days=days_of(backup_days))
    desk.give(report, lambda screen: draw_scrub(screen, report))


@entrance(
    "store rotate-master-key",
    Text("Alle sleutels onder een nieuwe hoofdsleutel", "Every key under a new master key"),
    Section.KEEP,
)
def rotate_master_key(desk: Desk) -> None:
    """No event is touched."""
    made = MasterKeyMade(desk.reading_engine.rotate_master_key())
    desk.give(made, lambda screen: screen.line(made.master_key))
    desk.say(
        "Vernietig nu ook kopieën van de oude hoofdsleutel.",
        "Now destroy copies of the old master key as well.",
    )
