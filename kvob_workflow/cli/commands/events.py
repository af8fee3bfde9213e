"""Which commands are about the events themselves? List, schema, check, AsyncAPI; no store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.events import Report

_INDEX: Final = "index.json"


@entrance(
    "events list",
    Text("Alle gebeurtenissen", "All events that are kept"),
    Section.KEEP,
    about=Text(
        "Met de versie die elke gebeurtenis bracht en de opdrachten waaruit zij volgt; met --json "
        "ook waar persoonsgegevens kunnen staan.",
        "With the release that brought each event and the commands that give it; with --json also "
        "where personal data may stand.",
    ),
)
def list_(desk: Desk) -> None:
    """Every event, with its words, its release and its causes."""
    from kvob_workflow.cli.screens.events import draw_events
    from kvob_workflow.events import catalogue

    entries = catalogue()
    desk.give(entries, lambda screen: draw_events(screen, entries))


@entrance(
    "events schema",
    Text("De JSON Schema's van de gebeurtenissen", "The JSON Schemas of the events"),
    Section.KEEP,
    about=Text(
        "Van wat is opgeslagen, in JSON Schema 2020-12. Zonder --out een document, dat op zichzelf "
        "staat.",
        "Of what is stored, in JSON Schema 2020-12. Without --out one document, which needs no "
        "other.",
    ),
)
def schema(
    desk: Desk, event: str | None = None, *, out: str | None = None, yes: bool = False
) -> None:
    """One schema, all of them, or one file for each in a folder."""
    from kvob_workflow.events import all_bundled, bundled

    if out is not None:
        _write(desk, event, Path(out), replace=yes)
        return
    document = all_bundled() if event is None else bundled(event)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    desk.give(document, lambda _: sys.stdout.writelines((text,)))


@entrance(
    "events check",
    Text("Is alles wat ooit is uitgebracht nog te lezen?", "Can all that was released be read?"),
    Section.KEEP,
    about=Text(
        "Vergelijkt de klassen en upcasts met elke uitgebrachte vorm; exitcode 3 als er iets "
        "ontbreekt. Voor wie kvob wijzigt.",
        "Compares classes and upcasts with every released form; exit code 3 when something is "
        "missing. For whoever changes kvob.",
    ),
)
def check(desk: Desk) -> ExitCode:
    """The verdict on every topic, and what is wrong."""
    from kvob_workflow.events import check as checked

    return tell(desk, checked())


@entrance(
    "events asyncapi",
    Text("Het AsyncAPI-document van wat uitgaat", "The AsyncAPI document of what goes out"),
    Section.KEEP,
    about=Text(
        "Versie 3.0: webhooks, de stroom, en elke gebeurtenis als CloudEvent.",
        "Version 3.0: webhooks, the stream, and every event as a CloudEvent.",
    ),
)
def asyncapi(desk: Desk) -> None:
    """One document that needs no other."""
    from kvob_workflow.cloud_events.asyncapi import asyncapi_document

    document = asyncapi_document()
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    desk.give(document, lambda _: sys.stdout.writelines((text,)))


def tell(desk: Desk, report: Report) -> ExitCode:
    """Give a report; 3 where something released could no longer be read."""
    from kvob_workflow.cli.screens.events import draw_report

    document = {
        "topics": report.topics,
        "flaws": [
            {"code": one.flaw, "topic": one.topic, "said": one.said, "message": one.message}
            for one in report.flaws
        ],
    }
    desk.give(document, lambda screen: draw_report(screen, report))
    return ExitCode.REJECTED if report.flaws else ExitCode.OK


def _write(desk: Desk, event: str | None, folder: Path, *, replace: bool) -> None:
    """Nothing is written when one of the files is there and may not be replaced."""
    from kvob_workflow.cli.output_files import OutputExists, OutputUnwritable, write_whole
    from kvob_workflow.events import catalogue, entry_of, schema_of

    entries = catalogue() if event is None else (entry_of(event),)
    files: dict[str, object] = {_file_of(one.topic): schema_of(one.topic) for one in entries}
    files[_INDEX] = {
        "events": [
            {"id": one.topic, "file": _file_of(one.topic), "name": one.name, "since": one.since}
            for one in entries
        ]
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(str(folder), error.strerror or str(error)) from None
    for name in files:
        if not replace and (folder / name).exists():
            raise OutputExists(str(folder / name))
    for name, document in files.items():
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        write_whole(str(folder / name), [text.encode()], replace=replace)
    desk.say(f"{len(files)} bestanden in {folder}", f"{len(files)} files in {folder}")
    if desk.as_json:
        desk.give({"folder": str(folder), "files": sorted(files)}, lambda _: None)


def _file_of(topic: str) -> str:
    return f"{topic.partition(':')[2]}.schema.json"


ENTRANCES: Final = (list_, schema, check, asyncapi)
"""In the order of the help page."""
