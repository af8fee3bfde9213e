"""How do persons look? The directory, erasures and what remains."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.personal import ERASED_WORDS, Erased, Opened, Unopened
from kvob_domain.words import Text
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.privacy.directory import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.privacy.directory import Found
    from kvob_workflow.privacy.erasing import ErasureReport, Remain, ScrubReport
    from kvob_workflow.privacy.exporting import Access
    from kvob_workflow.store import Erasure

_MOST_TEXTS: Final = 20
_UNKNOWN: Final = Text("onbekend", "unknown")


def person_document(found: Found) -> dict[str, object]:
    """A person for JSON."""
    if isinstance(found, Person):
        return {"person": found.id, **asdict(found.details)}
    if isinstance(found, Erased):
        return {"person": found.person, "erased": True, "on": found.on}
    return {"person": found.person, "fault": found.fault}


def draw_persons(screen: Screen, found: Sequence[Found]) -> None:
    """One person a line."""
    if not found:
        screen.line(screen.choose("Niemand gevonden.", "Nobody found."))
        return
    titles = (
        Text("Kenmerk", "Id"),
        Text("Naam", "Name"),
        Text("E-mail", "E-mail"),
        Text("Telefoon", "Telephone"),
        Text("Organisatie", "Organisation"),
        Text("Functie", "Function"),
    )
    columns = [Column(screen.words(title), fixed=not at) for at, title in enumerate(titles)]
    draw_table(screen, columns, [Section(None, [_person_row(screen, one) for one in found])])


def _person_row(screen: Screen, one: Found) -> Row:
    if isinstance(one, Person):
        told = [getattr(one.details, field.name) or "" for field in fields(one.details)]
        return [cell(one.id), *(cell(text) for text in cast("list[str]", told))]
    words = ERASED_WORDS if isinstance(one, Erased) else one.fault.words
    return [cell(one.person), cell(screen.words(words), "dim"), *(cell("") for _ in range(4))]


def draw_erasures(screen: Screen, found: Sequence[Erasure]) -> None:
    """One request a line."""
    from kvob_domain.estate.events.oversight import ErasureBasis
    from kvob_workflow.privacy.erasing import ErasureException

    if not found:
        screen.line(screen.choose("Er zijn geen verzoeken.", "There are no requests."))
        return
    rows: list[Row] = []
    for one in found:
        status = screen.words(one.status.words)
        if one.exception:
            status += f": {screen.words(ErasureException(one.exception).words)}"
        who = " / ".join(person for person in (one.proposer, one.decided_by) if person)
        basis = screen.words(ErasureBasis(one.basis).words)
        rows.append([cell(one.id), cell(one.person), cell(basis), cell(status), cell(who)])
    titles = (
        Text("Verzoek", "Request"),
        Text("Persoon", "Person"),
        Text("Grond", "Ground"),
        Text("Stand", "Status"),
        Text("Door", "By"),
    )
    columns = [Column(screen.words(title), fixed=at < 2) for at, title in enumerate(titles)]
    draw_table(screen, columns, [Section(None, rows)])


def draw_erased(screen: Screen, report: ErasureReport) -> None:
    """Who was erased, which texts somebody must read, and what remains."""
    for one in report.erased:
        estates, keys = len(one.estates), one.keys_destroyed
        screen.line(
            screen.choose(
                f"{one.person}: gewist; {keys} sleutels vernietigd; {estates} terreinen noemen "
                "de persoon",
                f"{one.person}: erased; {keys} keys destroyed; {estates} estates mention the "
                "person",
            )
        )
    if report.free_texts:
        screen.line()
        screen.line(
            screen.choose("Vrije tekst om na te lezen", "Free text that somebody must read"), "bold"
        )
        for text in report.free_texts[:_MOST_TEXTS]:
            screen.line(f"{text.estate} {text.version} {text.field}")
        more = len(report.free_texts) - _MOST_TEXTS
        if more > 0:
            screen.line(screen.choose(f"en nog {more}; zie --json", f"and {more} more; see --json"))
    draw_remains(screen, report.remains)


def draw_scrub(screen: Screen, report: ScrubReport) -> None:
    """What was cleaned up, and what remains."""
    before, after = report.store.bytes_before, report.store.bytes_after
    screen.line(
        screen.choose(
            f"Opslag herschreven: {before} naar {after} bytes",
            f"Store rewritten: {before} to {after} bytes",
        )
    )
    if report.store.log_emptied is False:
        screen.line(
            screen.choose(
                "Het logbestand is nog in gebruik; herhaal dit als niemand meer leest.",
                "The log is still in use; repeat this when nobody reads any more.",
            )
        )
    if report.keys_rewritten:
        screen.line(screen.choose("Sleutelbestand herschreven", "Key file rewritten"))
    draw_remains(screen, report.remains)


def draw_remains(screen: Screen, remains: Sequence[Remain]) -> None:
    """What is out of reach, and until when."""
    screen.line()
    screen.line(screen.choose("Wat elders blijft", "What remains elsewhere"), "bold")
    rows: list[Row] = [
        [
            cell(screen.words(one.where)),
            cell(
                screen.choose("tot ", "until ")
                + (str(one.until) if one.until else screen.words(_UNKNOWN))
            ),
            cell(screen.words(one.what)),
        ]
        for one in remains
    ]
    draw_table(
        screen,
        [Column(""), Column("", fixed=True), Column("")],
        [Section(None, rows)],
        titled=False,
    )


def access_document(found: Access) -> dict[str, object]:
    """Everything known of a person, for JSON."""
    return {
        "person": found.person,
        "directory": None if found.known is None else person_document(found.known),
        "mentions": found.mentions,
        "keys": found.keys,
        "requests": found.requests,
        "deliveries": found.deliveries,
    }


def draw_access(screen: Screen, found: Access) -> None:
    """Everything known of a person."""
    screen.heading(found.person)
    if found.known is not None:
        draw_persons(screen, [found.known])
        screen.line()
    rows: list[Row] = [
        [
            cell(one.on),
            cell(screen.words(one.title)),
            cell(", ".join(one.roles)),
            cell(", ".join(_opened(screen, name) for name in one.names)),
            cell(f"{one.estate} {one.version}", "dim"),
        ]
        for one in found.mentions
    ]
    if rows:
        draw_table(screen, [Column("") for _ in rows[0]], [Section(None, rows)], titled=False)
    for key in found.keys:
        told = f"{key.purpose} {key.version}  {key.fingerprint}  {key.created_on}"
        screen.line(f"{screen.choose('sleutel', 'key')}: {told}", "dim")
    if found.requests:
        draw_erasures(screen, found.requests)


def _opened(screen: Screen, name: Opened) -> str:
    if isinstance(name, Erased):
        return screen.words(ERASED_WORDS)
    return screen.words(name.fault.words) if isinstance(name, Unopened) else name
