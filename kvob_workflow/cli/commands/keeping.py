"""Which commands are about `kvob` itself? Diagrams, settings, the store's health, the version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@dataclass(frozen=True, slots=True)
class Version:
    """What is installed here."""

    kvob_workflow: str
    python: str
    sqlite: str


@entrance(
    "diagram",
    Text("De levensloop als Mermaid-diagram", "The lifecycle as a Mermaid diagram"),
    Section.LOOK,
    about=Text(
        "Met een terrein erbij is gemarkeerd waar het nu staat.",
        "With an estate, where it stands now is marked.",
    ),
)
def diagram(desk: Desk, estate: str | None = None) -> None:
    """Both machines, as the engine itself uses them."""
    from kvob_workflow.cli.diagrams import diagrams

    overview = None
    if estate is not None:
        engine = desk.reading_engine
        overview = engine.overview(engine.find(estate))
    drawn = diagrams(
        desk.language,
        overview.step if overview else None,
        overview.status if overview else None,
    )
    desk.give(drawn, lambda screen: print("\n".join(drawn.as_markdown(desk.language))))


@entrance("config show", Text("De instellingen die gelden", "The settings that hold"), Section.KEEP)
def config_show(desk: Desk) -> None:
    """Every setting, its value, and what gave it."""
    from kvob_workflow.cli.screens.keeping import draw_settings

    desk.give(desk.settings.sources, lambda screen: draw_settings(screen, desk.settings.sources))


@entrance(
    "doctor",
    Text("Gezondheid van de opslag", "Health of the store"),
    Section.KEEP,
    about=Text("Eindigt met 6 als er iets stuk is.", "Ends with 6 when something is broken."),
)
def doctor(desk: Desk) -> ExitCode:
    """What a keeper should know, with advice where something is not as it should be."""
    from kvob_workflow.cli.screens.keeping import draw_diagnoses

    found = tuple(desk.reading_engine.doctor())
    desk.give(found, lambda screen: draw_diagnoses(screen, found))
    broken = any(one.verdict == "fault" for one in found)
    return ExitCode.UNAVAILABLE if broken else ExitCode.OK


@entrance("version", Text("De versie van kvob", "The version of kvob"), Section.KEEP)
def version(desk: Desk) -> None:
    """The versions of the package and of what it stands on."""
    import platform
    import sqlite3
    from importlib import metadata

    found = Version(
        metadata.version("kvob_workflow"), platform.python_version(), sqlite3.sqlite_version
    )
    shown = f"kvob {found.kvob_workflow} (Python {found.python}, SQLite {found.sqlite})"
    desk.give(found, lambda screen: screen.line(shown))


@entrance(
    "completion",
    Text("Aanvulling van opdrachten in de shell", "Completion of commands in the shell"),
    Section.KEEP,
    about=Text(
        "Zet de uitvoer in het bestand dat uw shell leest, zoals "
        "~/.local/share/bash-completion/completions/kvob.",
        "Put the output in the file that your shell reads, such as "
        "~/.local/share/bash-completion/completions/kvob.",
    ),
)
def completion(desk: Desk, shell: str = "bash") -> None:
    """The script that completes commands and options."""
    from kvob_workflow.cli.completing import script

    text = script(shell, desk.language)
    desk.give({"shell": shell, "script": text}, lambda screen: print(text))
