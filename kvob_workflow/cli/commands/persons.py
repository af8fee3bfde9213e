"""Which commands are about persons? The directory, erasure by two, access, and cleaning up."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.privacy.directory import PersonDetails

_OWNER_ALONE = 0o600


@dataclass(eq=False)
class PersonUnclear(Invalid):
    """A person has at least a name."""

    code: ClassVar[str] = "person-unclear"
    nl: ClassVar[str] = (
        "Geef --name, of een JSON-object op de invoer met '-': name, email, phone, organisation, "
        "function; allemaal tekst."
    )
    en: ClassVar[str] = (
        "Give --name, or a JSON object on the input with '-': name, email, phone, organisation, "
        "function; all of them texts."
    )


@dataclass(frozen=True, slots=True)
class KeysMade:
    """Where the keys are."""

    keys: str
    master_key: str


@entrance(
    "person init",
    Text("Het sleutelbestand en de hoofdsleutel maken", "Make the key file and the master key"),
    Section.KEEP,
    about=Text(
        "Eenmalig. Bewaar de hoofdsleutel elders dan de reservekopieën: wie alles samen heeft, "
        "kan namen lezen.",
        "Once. Keep the master key elsewhere than the backups: whoever has all of them can read "
        "names.",
    ),
)
def init(desk: Desk) -> None:
    """The files for names."""
    files = desk.engine.make_keys()
    made = KeysMade(str(files.keys), str(files.master))
    desk.give(made, lambda screen: screen.line(f"{made.keys}\n{made.master_key}"))
    desk.say(
        f"Bewaar {made.master_key} elders dan de reservekopieën, en wijs ernaar met "
        "KVOB_MASTER_KEY.",
        f"Keep {made.master_key} elsewhere than the backups, and point to it with KVOB_MASTER_KEY.",
    )


@entrance("person add", Text("Een persoon toevoegen", "Add a person"), Section.KEEP)
def add(
    desk: Desk,
    *,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    works_for: str | None = None,
    function: str | None = None,
    known_as: str | None = None,
    stdin: bool = False,
) -> None:
    """A new person under a random id."""
    from kvob_workflow.privacy.directory import PersonDetails

    if stdin:
        details = _details_on_stdin()
    elif name is not None:
        details = PersonDetails(name, email, phone, works_for, function)
    else:
        raise PersonUnclear
    id = desk.reading_engine.persons.add(details, person=known_as)
    desk.give({"person": id}, lambda screen: screen.line(id))


def _details_on_stdin() -> PersonDetails:
    from kvob_workflow.cli.commands.reading_input import object_on_stdin
    from kvob_workflow.privacy.directory import PersonDetails

    given = object_on_stdin()
    known = {field.name for field in fields(PersonDetails)}
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    if "name" not in texts or len(texts) < len(given) or not texts.keys() <= known:
        raise PersonUnclear
    return PersonDetails(**texts)


@entrance("person show", Text("Een persoon tonen", "Show a person"), Section.KEEP)
def show(desk: Desk, who: str) -> None:
    """What the directory knows of somebody."""
    from kvob_workflow.cli.screens.persons import draw_persons, person_document

    found = desk.reading_engine.persons.show(who)
    desk.give(person_document(found), lambda screen: draw_persons(screen, [found]))


@entrance("person list", Text("Alle personen", "Every person"), Section.KEEP)
def list_(desk: Desk) -> None:
    """Everybody in the directory."""
    from kvob_workflow.cli.screens.persons import draw_persons, person_document

    found = list(desk.reading_engine.persons)
    documents = [person_document(one) for one in found]
    desk.give(documents, lambda screen: draw_persons(screen, found))


@entrance("person find", Text("Personen zoeken", "Look persons up"), Section.KEEP)
def find(desk: Desk, part: str) -> None:
    """By e-mail address, or by a part of the name."""
    from kvob_workflow.cli.screens.persons import draw_persons, person_document

    found = desk.reading_engine.persons.find(part)
    documents = [person_document(one) for one in found]
    desk.give(documents, lambda screen: draw_persons(screen, found))


@entrance("person change", Text("Een persoon wijzigen", "Change a person"), Section.KEEP)
def change(
    desk: Desk,
    who: str,
    *,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    works_for: str | None = None,
    function: str | None = None,
) -> None:
    """Details that have changed; names in events stay as they were."""
    from kvob_workflow.cli.screens.persons import draw_persons, person_document

    found = desk.reading_engine.persons.change(
        who, name=name, email=email, phone=phone, organisation=works_for, function=function
    )
    desk.give(person_document(found), lambda screen: draw_persons(screen, [found]))


@entrance(
    "person erase",
    Text("Verzoeken om een persoon te wissen", "Ask that a person be erased"),
    Section.KEEP,
    about=Text(
        "Stelt het wissen voor; een ander geeft akkoord met 'kvob person approve'. Toets eerst of "
        "een bewaarplicht of uitzondering geldt.",
        "Proposes the erasure; somebody else approves with 'kvob person approve'. First check "
        "whether a duty to keep or an exception applies.",
    ),
)
def erase(desk: Desk, who: str, *, basis: str) -> None:
    """The first of two persons."""
    from kvob_domain.estate.events.oversight import ErasureBasis
    from kvob_workflow.cli.option_choices import chosen
    from kvob_workflow.cli.screens.persons import draw_erasures

    ground = chosen("--basis", basis, ErasureBasis)
    asked = desk.reading_engine.propose_erasure(who, ground)
    desk.give(asked, lambda screen: draw_erasures(screen, [asked]))
    call = f"kvob person approve {asked.id} --person …"
    desk.say(
        f"Een tweede persoon geeft akkoord met: {call}", f"A second person approves with: {call}"
    )


@entrance(
    "person approve",
    Text("Akkoord geven en wissen", "Approve and erase"),
    Section.KEEP,
    about=Text(
        "Vernietigt de sleutels; dit kan niet ongedaan worden gemaakt.",
        "Destroys the keys; this cannot be undone.",
    ),
)
def approve(desk: Desk, request: str, *, backup_days: int | None = None) -> None:
    """The second of two persons."""
    from kvob_workflow.cli.screens.persons import draw_erased

    report = desk.reading_engine.erase((request,), backup_days=days_of(backup_days))
    desk.give(report, lambda screen: draw_erased(screen, report))


@entrance("person decline", Text("Wissen weigeren", "Decline an erasure"), Section.KEEP)
def decline(desk: Desk, request: str, *, why: str) -> None:
    """On an exception of the law."""
    from kvob_workflow.cli.option_choices import chosen
    from kvob_workflow.cli.screens.persons import draw_erasures
    from kvob_workflow.privacy.erasing import ErasureException

    found = desk.reading_engine.decline_erasure(request, chosen("--why", why, ErasureException))
    desk.give(found, lambda screen: draw_erasures(screen, [found]))


@entrance("person erasures", Text("Verzoeken tot wissen", "Requests to erase"), Section.KEEP)
def erasures(desk: Desk) -> None:
    """Who asked, who decided, and when."""
    from kvob_workflow.cli.screens.persons import draw_erasures

    found = desk.reading_engine.erasures()
    desk.give(found, lambda screen: draw_erasures(screen, found))


@entrance(
    "person export",
    Text("Alles wat van een persoon bekend is", "Everything that is known of a person"),
    Section.KEEP,
    about=Text(
        "Antwoord op een verzoek om inzage (AVG art. 15).",
        "Answers a request for access (GDPR art. 15).",
    ),
)
def export(desk: Desk, who: str, *, out: str | None = None, yes: bool = False) -> None:
    """Directory, events, keys, requests and deliveries."""
    from kvob_workflow.cli.screens.persons import access_document, draw_access

    found = desk.reading_engine.export_person(who)
    document = access_document(found)
    if out is None:
        desk.give(document, lambda screen: draw_access(screen, found))
        return
    from kvob_workflow.cli.output_files import write_whole
    from kvob_workflow.jsonable import jsonable

    text = json.dumps(jsonable(document, desk.language), ensure_ascii=False, indent=2)
    write_whole(out, (text.encode(), b"\n"), replace=yes, mode=_OWNER_ALONE)
    path = os.fspath(Path(out).resolve())
    desk.give({"written": path}, lambda screen: screen.line(path))


def days_of(given: int | None) -> int:
    """For how many days backups of the key file are kept."""
    from kvob_workflow.privacy.erasing import BACKUP_DAYS

    return BACKUP_DAYS if given is None else max(given, 0)


ENTRANCES = (
    init,
    add,
    show,
    list_,
    find,
    change,
    erase,
    approve,
    decline,
    erasures,
    export,
)
