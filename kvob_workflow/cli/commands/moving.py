"""Which commands move a store, or back it up? `kvob store copy` and `kvob store backup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.output_files import OutputExists, OutputUnwritable

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk

_TELL_EVERY: Final = 100_000


@entrance(
    "store copy",
    Text(
        "Een opslag kopiëren: bestand of PostgreSQL, beide kanten op",
        "Copy a store: file or PostgreSQL, both ways",
    ),
    Section.KEEP,
    about=Text(
        "Stop eerst alles wat in de bron schrijft. Het doel moet leeg zijn, of een kopie die "
        "werd afgebroken: die gaat verder waar zij was. Aan het eind wordt alles vergeleken; "
        "verschilt er iets met --verify-only, dan is de exitcode 8.",
        "First stop everything that writes to the source. The target must be empty, or a copy "
        "that was interrupted: it goes on where it was. Everything is compared at the end; with "
        "--verify-only the exit code is 8 when something differs.",
    ),
)
def copy(desk: Desk, source: str, target: str, *, verify_only: bool = False) -> ExitCode:
    """Copy and compare, or compare alone."""
    from kvob_workflow.cli.screens.moving import draw_copy
    from kvob_workflow.moving import compare_stores, copy_store

    done = 0

    def told(table: str, rows: int) -> None:
        nonlocal done
        before, done = done, done + rows
        if before // _TELL_EVERY != done // _TELL_EVERY:
            desk.say(f"{done} rijen gekopieerd ({table})", f"{done} rows copied ({table})")

    if verify_only:
        report = compare_stores(source, target)
    else:
        report = copy_store(source, target, told=told)
    document = {
        "equal": report.is_equal,
        "source": report.source,
        "target": report.target,
        "went_on": report.went_on,
        "head": report.head,
        "tables": report.tables,
    }
    desk.give(document, lambda screen: draw_copy(screen, report))
    return ExitCode.OK if report.is_equal else ExitCode.CHANGED


@entrance(
    "store backup",
    Text("Een reservekopie van de opslag", "A backup of the store"),
    Section.KEEP,
    about=Text(
        "Ook terwijl anderen schrijven. De kopie wordt nagelezen en vergeleken voor zij haar naam "
        "krijgt. Sleutelbestand, hoofdsleutel, wislijst en bewijsstukken zitten er niet in. Voor "
        "PostgreSQL noemt de opdracht wat u wel moet geven.",
        "Also while others write. The copy is read back and compared before it gets its name. "
        "Key file, master key, list of erasures and documents are not in it. For PostgreSQL the "
        "command names what to give instead.",
    ),
)
def backup(desk: Desk, file: str, *, yes: bool = False) -> None:
    """A copy of a file in one moment of it."""
    from kvob_workflow.cli.screens.moving import draw_backup
    from kvob_workflow.moving import back_up

    try:
        made = back_up(desk.settings.store, Path(file), replace=yes)
    except FileExistsError:
        raise OutputExists(file) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        raise OutputUnwritable(file, str(error)) from None
    desk.give(made, lambda screen: draw_backup(screen, made))


ENTRANCES: Final = (copy, backup)
"""In the order of the help page."""
