"""Which commands are about evidence documents? Add one, list those of an estate, check them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.option_choices import chosen
from kvob_workflow.malformed import malformed

if TYPE_CHECKING:
    from kvob_domain.estate.commands.documents import RegisterDocument
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.documents import DocumentFolder, Kept, Measured


@entrance(
    "document add",
    Text("Een bewijsstuk vastleggen, met zijn hash", "Put a document on record, with its hash"),
    Section.KEEP,
    about=Text(
        "Berekent de SHA-256 van het bestand. Met --keep komt een kopie in de map van "
        "bewijsstukken; anders wordt alleen onthouden waar het ligt en wat zijn hash is.",
        "Computes the SHA-256 of the file. With --keep a copy goes into the folder of documents; "
        "else only its place and its hash are remembered.",
    ),
)
def add(
    desk: Desk,
    estate: str,
    file: str,
    *,
    title: str | None = None,
    about: int | None = None,
    requirement: str | None = None,
    keep: bool = False,
    address: str | None = None,
    on: date | None = None,
    dry_run: bool = False,
) -> None:
    """Hash the file, keep it where that is asked, and carry out `RegisterDocument`."""
    from kvob_workflow.cli.screens.outcome import show_outcome
    from kvob_workflow.documents import measured, media_type_of

    engine = desk.reading_engine
    path = Path(file)
    body: dict[str, object] = {
        "estate": engine.find(estate),
        "on": on or engine.today(),
        "title": title or _printable(path.name),
        "media_type": media_type_of(path.name),
        "about": about,
        "requirement": _requirement(requirement),
        "address": address or (None if keep else _printable(str(path.absolute()))),
    }
    if not keep:
        command = _command(body, measured(path))
        show_outcome(desk, engine, command, engine.do(command, dry_run=dry_run))
        return
    with _folder(desk).taking(path) as incoming:
        command = _command(body, incoming.measured)
        outcome = engine.do(command, dry_run=True)  # what is refused is not kept
        if not dry_run:
            _tell_kept(desk, incoming.keep())
            outcome = engine.do(command)
    show_outcome(desk, engine, command, outcome)


@entrance(
    "document list",
    Text("De bewijsstukken van een terrein", "Documents of an estate"),
    Section.KEEP,
)
def list_(desk: Desk, estate: str) -> None:
    """Every document on record."""
    from kvob_workflow.cli.screens.documents import draw_documents

    engine = desk.reading_engine
    state = engine.state(engine.find(estate))
    documents = [one._asdict() for one in state.documents]
    desk.give(documents, lambda screen: draw_documents(screen, state))


@entrance(
    "document check",
    Text("Zijn alle bewijsstukken er nog, onveranderd?", "Are all documents there, unchanged?"),
    Section.KEEP,
    about=Text(
        "Leest elk bewijsstuk opnieuw en vergelijkt de hash. Wat op het netwerk ligt, wordt niet "
        "opgehaald.",
        "Reads every document again and compares the hash. What lies on the network is not "
        "fetched.",
    ),
)
def check(desk: Desk, estate: str = "") -> ExitCode:
    """The report; the exit code says whether anything is not as recorded."""
    from kvob_workflow.cli.screens.documents import draw_check
    from kvob_workflow.documents import check as check_documents

    one = None if not estate else desk.reading_engine.find(estate)
    url = "memory:" if desk.missing_store() else desk.settings.store
    with closing(desk.open_store(url)) as store:
        report = check_documents(store, _folder(desk), one)
    desk.give(report, lambda screen: draw_check(screen, report))
    return ExitCode.OK if report.is_sound else ExitCode.ROWS_REJECTED


def _tell_kept(desk: Desk, kept: Kept) -> None:
    if kept == "restored":
        desk.say(
            "De bewaarde kopie was beschadigd en is vervangen.",
            "The kept copy was damaged and has been replaced.",
        )


def _folder(desk: Desk) -> DocumentFolder:
    from kvob_workflow.documents import folder_of

    return folder_of(desk.settings.store, desk.settings.documents)


def _command(body: dict[str, object], found: Measured) -> RegisterDocument:
    from kvob_domain.estate.commands.documents import RegisterDocument

    try:
        return RegisterDocument.model_validate({**body, **found._asdict()})
    except ValidationError as error:
        raise malformed("document add", error, lambda path: f"--{path}") from None


def _requirement(given: str | None) -> str | None:
    from kvob_domain.estate.requirement_codes import RequirementCode

    return None if given is None else chosen("--requirement", given, RequirementCode)


def _printable(text: str) -> str:
    """A name as it can stand on record: no control characters, no bytes that are no text."""
    readable = text.encode("utf-8", "replace").decode()
    return "".join(one if one.isprintable() else "?" for one in readable)
