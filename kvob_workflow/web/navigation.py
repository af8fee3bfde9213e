"""Which parts do the pages have? What stands in the bar at the top, for who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.mandates import Scope
from kvob_domain.words import Text

if TYPE_CHECKING:
    from kvob_workflow.web.asking import Frame


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the bar; `covers` are the first parts of the paths that belong to it."""

    path: str
    words: Text
    scope: Scope
    covers: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page belongs here."""
        if path == self.path:
            return True
        return any(path == one or path.startswith(f"{one}/") for one in self.covers)


SECTIONS: Final = (
    Section("/", Text("Vandaag", "Today"), Scope.ESTATES_READ, ("/stuck",)),
    Section("/board", Text("Bord", "Board"), Scope.ESTATES_READ, ("/board",)),
    Section(
        "/estates",
        Text("Terreinen", "Estates"),
        Scope.ESTATES_READ,
        ("/estates", "/do", "/several"),
    ),
    Section(
        "/deadlines",
        Text("Termijnen", "Deadlines"),
        Scope.ESTATES_READ,
        ("/deadlines", "/heat-map", "/calendar"),
    ),
    Section("/differences", Text("Vergelijken", "Compare"), Scope.HISTORY_READ, ("/differences",)),
    Section("/report", Text("Rapport", "Report"), Scope.STATISTICS_READ, ("/report",)),
    Section("/import", Text("Invoer", "Import"), Scope.PAST_RECORD, ("/import",)),
    Section("/operation", Text("Beheer", "Operation"), Scope.OPERATION_READ, ("/operation",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A section as the page shows it."""

    href: str
    words: Text
    is_current: bool


def sections_for(frame: Frame) -> tuple[Entry, ...]:
    """The sections that who looks may see."""
    return tuple(
        Entry(frame.links.to(one.path), one.words, one.holds(frame.links.path))
        for one in SECTIONS
        if frame.may(one.scope)
    )
