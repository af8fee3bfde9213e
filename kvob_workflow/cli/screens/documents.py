"""How do documents look? A line for each, with its hash; and what a check of them found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines

if TYPE_CHECKING:
    from kvob_domain.estate.state import Document, Estate
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.documents import DocumentFinding, DocumentReport

_ONE: Final = Text("bewijsstuk", "document")
_MANY: Final = Text("bewijsstukken", "documents")
_NONE: Final = Text("Er zijn geen bewijsstukken vastgelegd.", "No documents are on record.")
_ADVICE: Final = Text(
    "Leg er een vast met: kvob document add TERREIN BESTAND --keep",
    "Put one on record with: kvob document add ESTATE FILE --keep",
)


def draw_documents(screen: Screen, estate: Estate) -> None:
    """The documents of an estate."""
    screen.heading(f"{estate.name}, {estate.municipality}")
    if not estate.documents:
        phrases.nothing(screen, _NONE, _ADVICE)
        return
    columns = [
        Column(screen.choose("Dag", "Day"), fixed=True),
        Column(screen.choose("Bewijsstuk", "Document")),
        Column(screen.choose("Bewijst", "Proves")),
        Column(screen.choose("Grootte", "Size"), fixed=True, right=True),
        Column("SHA-256", fixed=True),
    ]
    rows = [_row(screen, document) for document in estate.documents]
    draw_table(screen, columns, [Section(None, rows)])
    screen.line()
    screen.line(f"{phrases.count(screen, len(rows), _ONE, _MANY)}.", "bold")


def _row(screen: Screen, one: Document) -> Row:
    kept = screen.choose("in de map van bewijsstukken", "in the folder of documents")
    proves = [f"{screen.choose('gebeurtenis', 'event')} {one.about}"] if one.about else []
    if one.requirement is not None:
        proves.append(screen.words(one.requirement.words))
    return [
        cell(one.on.isoformat()),
        lines(cell(one.title), cell(one.address or kept, "dim")),
        cell("; ".join(proves)),
        cell(size(screen, one.size_bytes)),
        cell(f"{one.sha256[:16]}…", "dim"),
    ]


def size(screen: Screen, size_bytes: int) -> str:
    """A number of bytes as people say it, in steps of a thousand."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    number, unit = size_bytes / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if number < 999.5:
            break
        number, unit = number / 1000, larger
    shown = f"{number:.0f}" if number >= 10 else f"{number:.1f}"
    return f"{shown.replace('.', ',') if screen.language == 'nl' else shown} {unit}"


def draw_check(screen: Screen, report: DocumentReport) -> None:
    """What a check found: each document that is not the same, and how many there are of each."""
    columns = [
        Column(screen.choose("Uitkomst", "Outcome"), fixed=True),
        Column(screen.choose("Bewijsstuk", "Document")),
        Column(screen.choose("Waar", "Where")),
    ]
    if report.findings:
        draw_table(
            screen, columns, [Section(None, [_found(screen, one) for one in report.findings])]
        )
        screen.line()
    told = sum(report.counts.values())
    looked_at = told - report.counts["not_checked"]
    screen.line(
        screen.choose(
            f"{phrases.count(screen, told, _ONE, _MANY)}, {looked_at} nagekeken: "
            f"{report.faults} niet zoals vastgelegd.",
            f"{phrases.count(screen, told, _ONE, _MANY)}, {looked_at} checked: "
            f"{report.faults} not as recorded.",
        ),
        "bold",
    )


def _found(screen: Screen, one: DocumentFinding) -> Row:
    event = screen.choose(f"gebeurtenis {one.version}", f"event {one.version}")
    told = [cell(one.title), cell(f"{one.estate}, {event}", "dim")]
    told.append(cell(screen.choose("vastgelegd ", "recorded ") + one.sha256, "dim"))
    if one.found_sha256 is not None:
        told.append(cell(screen.choose("gevonden   ", "found    ") + one.found_sha256, "dim"))
    where = lines(cell(one.place), cell(one.reason or "", "dim"))
    return [cell(screen.words(one.outcome.words)), lines(*told), where]
