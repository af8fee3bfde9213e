"""Which command writes a dossier? `kvob dossier ESTATE --out FILE.zip`."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.output_files import OutputUnwritable, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.dossier import DossierReport

_PIECE = 1 << 20


@dataclass(eq=False)
class OutMissing(Invalid):
    """A dossier goes into a file."""

    code: ClassVar[str] = "out-missing"
    nl: ClassVar[str] = "Noem met --out het bestand om te schrijven, zoals --out dossier.zip."
    en: ClassVar[str] = "Name the file to write with --out, such as --out dossier.zip."


@entrance(
    "dossier",
    Text("Het dossier van een terrein, om zelf na te gaan", "The dossier of an estate, to check"),
    Section.KEEP,
    about=Text(
        "Schrijft één zip: de geschiedenis in gewone taal, de vastgelegde bytes met bewijzen, en "
        "een programma om ze zonder kvob na te gaan. Dezelfde opslag geeft dezelfde bytes.",
        "Writes one zip: the history in plain language, the stored bytes with proofs, and a "
        "program to check them without kvob. The same store gives the same bytes.",
    ),
)
def dossier(
    desk: Desk,
    estate: str,
    *,
    out: str | None = None,
    on: date | None = None,
    pdf: bool = False,
    with_documents: bool = False,
    with_names: bool = False,
    yes: bool = False,
) -> None:
    """One file with everything about an estate."""
    from kvob_workflow.documents import folder_of
    from kvob_workflow.dossier import DossierQuery, write_dossier

    if out is None:
        raise OutMissing
    engine = desk.reading_engine
    folder = folder_of(desk.settings.store, desk.settings.documents) if with_documents else None
    query = DossierQuery(
        estate=engine.find(estate),
        language=desk.language,
        day=on,
        as_pdf=pdf,
        documents=folder,
        names=_names(desk, engine) if with_names else None,
    )
    with closing(desk.open_store()) as store, _scratch(out) as file:
        report = write_dossier(store, engine.book, query, file)
        file.seek(0)
        write_whole(out, _pieces(file), replace=yes)
    desk.give({"out": out, **asdict(report)}, lambda screen: _draw(screen, out, report))


def _names(desk: Desk, engine: Engine) -> Callable[[str], str | None]:
    from kvob_domain.personal import Erased
    from kvob_workflow.privacy.directory import Person
    from kvob_workflow.privacy.errors import PersonUnknown

    def name(person: str) -> str | None:
        try:
            found = engine.persons.show(person)
        except PersonUnknown:
            return None
        if isinstance(found, Person):
            return found.details.name
        return desk.words(Text("gewist", "erased")) if isinstance(found, Erased) else None

    return name


def _scratch(out: str) -> IO[bytes]:
    """A file without a name, on the disk that the dossier goes to."""
    try:
        return tempfile.TemporaryFile(dir=Path(out).absolute().parent)
    except OSError as error:
        raise OutputUnwritable(out, error.strerror or str(error)) from None
    except ValueError as error:  # a path with a NUL
        raise OutputUnwritable(repr(out), str(error)) from None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _draw(screen: Screen, out: str, report: DossierReport) -> None:
    choose = screen.choose
    screen.line(f"{choose('Geschreven', 'Written')}: {out}", "bold")
    screen.line(
        choose(
            f"{report.events} gebeurtenissen, {report.covered} onder een getekend hoofd; "
            f"{report.documents} bewijsstukken, {report.enclosed} bijgevoegd.",
            f"{report.events} events, {report.covered} under a signed head; "
            f"{report.documents} documents, {report.enclosed} enclosed.",
        )
    )
    screen.line(f"SHA-256 MANIFEST: {report.manifest_sha256}")
    if not report.covered:
        screen.line(
            choose(
                "Dit bewijst nog niets. Zet het in het logboek met 'kvob log sequence' (eerst "
                "eenmalig: 'kvob log init').",
                "This proves nothing yet. Put it into the log with 'kvob log sequence' (once "
                "before: 'kvob log init').",
            )
        )
