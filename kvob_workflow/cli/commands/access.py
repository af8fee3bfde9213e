"""Which command tells who looked? `kvob access list`, from the log that KVOB_ACCESS_LOG names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@dataclass(eq=False)
class AccessLogNotSet(Invalid):
    """Nobody said where questions are logged."""

    code: ClassVar[str] = "access-log-not-set"
    nl: ClassVar[str] = (
        "Er is geen inzagelogboek ingesteld. Noem het bestand met KVOB_ACCESS_LOG; vanaf dan "
        "wordt elke vraag daarin vastgelegd."
    )
    en: ClassVar[str] = (
        "No access log is set. Name the file with KVOB_ACCESS_LOG; from then on every question "
        "is logged in it."
    )


@entrance(
    "access list",
    Text("Wie naar welk terrein keek", "Who looked at which estate"),
    Section.KEEP,
    about=Text(
        "Personen staan er onder een pseudoniem; --who met een kenmerk toont waar die persoon "
        "naar keek. Lijsten over veel terreinen, zoals het bord, noemen geen terrein.",
        "Persons stand under a pseudonym; --who with an id shows what that person looked at. "
        "Lists over many estates, such as the board, name no estate.",
    ),
)
def list_(
    desk: Desk,
    *,
    estate: str | None = None,
    who: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """The entries of the log, oldest first."""
    from kvob_workflow.access.entries import entries
    from kvob_workflow.cli.screens.access import draw_entries

    path = desk.settings.access_log
    if path is None:
        raise AccessLogNotSet
    found = None if estate is None else desk.reading_engine.find(estate)
    listed = entries(Path(path), estate=found, person=who, since=since, until=until)
    for line in listed.torn:
        desk.say(
            f"Regel {line} is afgebroken geschreven en telt niet mee.",
            f"Line {line} was cut off while it was written and does not count.",
        )
    desk.give(listed, lambda screen: draw_entries(screen, listed.entries))
