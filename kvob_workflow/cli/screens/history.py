"""How does a history look? One event a line, in the order in which things happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from kvob_domain.actor import Role
from kvob_domain.estate.values import FactKind
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.details import FACT_WORDS, said_of
from kvob_workflow.cli.screens.names import with_names
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text as Styled

    from kvob_domain.estate.state import Estate
    from kvob_domain.personal import Opened
    from kvob_workflow import HistoryEntry
    from kvob_workflow.cli.screens.details import Details
    from kvob_workflow.cli.screens.screen import Screen

_UNDATED: Final = Text("onbekend", "unknown")
_FACTS: Final = ("kvob.estate:past-fact-recorded.v1", "kvob.estate:provenance-added.v1")


def draw_history(
    screen: Screen,
    estate: Estate,
    entries: Sequence[HistoryEntry],
    names: Mapping[str, Opened] | None = None,
) -> None:
    """What has happened to the estate; `names` are those in its record, by seal."""
    if names:
        opened = (with_names(entry.details, names, screen.language) for entry in entries)
        entries = [
            replace(entry, details=cast("Details", details))
            for entry, details in zip(entries, opened, strict=True)
        ]
    screen.heading(f"{estate.name}, {estate.municipality}")
    columns = [
        Column(screen.choose("Nr", "No"), fixed=True),
        Column(screen.choose("Dag", "Day"), fixed=True),
        Column(screen.choose("Wat", "What")),
        Column(screen.choose("Bijzonderheden", "Particulars")),
        Column(screen.choose("Wie of bron", "Who or source")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, entry) for entry in entries])])
    screen.line()
    one, many = Text("gebeurtenis", "event"), Text("gebeurtenissen", "events")
    told = phrases.count(screen, len(entries), one, many)
    screen.line(f"{told}; {screen.choose('kenmerk', 'id')} {estate.id}", "bold")


def _row(screen: Screen, entry: HistoryEntry) -> Row:
    day = cell(entry.on or screen.words(_UNDATED), "" if entry.on else "dim")
    what = cell(title(screen, entry))
    if entry.via:
        group = screen.choose(f"(van groep {entry.via})", f"(of group {entry.via})")
        what = lines(what, cell(group, "dim"))
    particulars = cell(said_of(entry.topic, entry.details, screen.language))
    if entry.corrected_by is not None:
        particulars = lines(particulars, cell(_corrected(screen, entry), "dim"))
    return [
        # By its number an event is corrected; one of a group has its number there.
        cell("" if entry.via else str(entry.version), "dim"),
        day,
        what,
        particulars,
        _who(screen, entry),
    ]


def _corrected(screen: Screen, entry: HistoryEntry) -> str:
    """By which correction, and what stood there first."""
    by = entry.corrected_by
    if entry.withdrawn:
        return screen.choose(f"(nooit gebeurd, zie {by})", f"(never happened, see {by})")
    first = entry.said_first or {}
    said = said_of(entry.topic, first, screen.language)
    day = str(first.get("on", "")) or screen.words(_UNDATED)
    was = f"{day}; {said}" if said else day
    return screen.choose(
        f"(gecorrigeerd door {by}; eerst: {was})", f"(corrected by {by}; first: {was})"
    )


def title(screen: Screen, entry: HistoryEntry) -> str:
    """What happened; of a fact from elsewhere the fact itself, not that it was recorded."""
    if entry.topic in _FACTS:
        fact = cast("Details", entry.details["fact"])
        words = screen.words(FACT_WORDS[FactKind(fact["kind"])])
        again = screen.choose(" (nog een bron)", " (another source)")
        return words + (again if entry.topic == _FACTS[1] else "")
    return screen.words(entry.title)


def _who(screen: Screen, entry: HistoryEntry) -> Styled:
    source = _source(entry)
    if source:
        # The host is enough to know whose word it is; --json has the whole address.
        return cell(urlsplit(source).hostname or source, "dim")
    role = screen.words(Role(entry.role).words)
    return cell(f"{entry.by} ({role})" if entry.by else role, "dim")


def _source(entry: HistoryEntry) -> str:
    holder = cast("Details", entry.details.get("fact", entry.details))
    provenance: Details | None = holder.get("provenance")
    return str(provenance["source"]) if provenance else ""
