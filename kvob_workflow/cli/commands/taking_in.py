"""Which commands bring data in? The import of a file, and the demonstration."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.terminal import at_terminal, on_terminal
from kvob_workflow.cli.usage import UsageInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kvob_workflow.cli.desk import Desk


_ONE_FILE: Final = Text(
    "Geef één BESTAND, of - om van de invoer te lezen.",
    "Give one FILE, or - to read from the input.",
)


@entrance(
    "import",
    Text(
        "Geschiedenissen uit een CSV-bestand of werkmap importeren",
        "Import histories from a CSV file or a workbook",
    ),
    Section.KEEP,
    about=Text(
        "Elke rij wordt feit, opmerking, herkend als al aanwezig, of geweigerd met reden. Nog "
        "eens importeren kan geen kwaad. Met - komt het bestand van de invoer. Van een werkmap "
        "(xlsx, ods) wordt één blad gelezen.",
        "Every row becomes a fact, a remark, is recognised as already there, or is rejected with "
        "the reason. Importing again does no harm. With - the file comes from the input. Of a "
        "workbook (xlsx, ods) one sheet is read.",
    ),
)
def import_(
    desk: Desk,
    file: str | None = None,
    *,
    sheet: str | None = None,
    stdin: bool = False,
    dry_run: bool = False,
) -> ExitCode:
    """Import, and report what became of each row."""
    if (file is None) != stdin:
        raise UsageInvalid(_ONE_FILE, "kvob import")
    from kvob_workflow.cli.screens.imported import draw_report
    from kvob_workflow.importing import import_file

    engine = desk.trial_engine if dry_run else desk.engine
    with progress(desk) as tell:
        report = import_file(engine, file or "-", dry_run=dry_run, progress=tell, sheet=sheet)
    desk.give(report.as_dict(desk.language), lambda screen: draw_report(screen, report))
    return ExitCode.ROWS_REJECTED if report.rejected else ExitCode.OK


@contextmanager
def progress(desk: Desk) -> Generator[Callable[[int, float | None], None] | None]:
    """A bar on a terminal, nothing elsewhere: a log has no use for one."""
    if not on_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    rows = "rijen" if desk.language == "nl" else "rows"
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]} " + rows),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rows=0)

        def tell(done: int, share: float | None) -> None:
            if share is None:
                bar.update(task, rows=done)
            else:
                bar.update(task, total=1.0, completed=share, rows=done)

        yield tell


@entrance(
    "demo",
    Text("Rondleiding met echte en verzonnen terreinen", "A tour with real and invented estates"),
    Section.LOOK,
    about=Text(
        "Importeert de meegeleverde feiten in een nieuwe opslag, toont het bord van nu en van "
        "2020-01-15, een geschiedenis, en een verzonnen terrein van begin tot hercertificering. "
        "Aan een terminal, of met --serve, opent daarna het bord in de browser, tot Ctrl-C.",
        "Imports the facts that come along into a new store, shows the board of now and of "
        "2020-01-15, a history, and an invented estate from its start to its renewal. At a "
        "terminal, or with --serve, the board is served afterwards, until Ctrl-C.",
    ),
)
def demo(desk: Desk, *, serve: bool = False) -> None:
    """The tour."""
    from kvob_workflow.cli.touring import tour

    tour(desk, serves=serve or (at_terminal() and not desk.as_json))
