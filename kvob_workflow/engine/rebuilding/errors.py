"""What can go wrong with a rebuild? (tree: `kvob_workflow.engine.errors`)

KvobError
├── Invalid:  ViewUnknown, ViewNotSendable
├── NotFound: NoRebuild, NothingToUndo
└── Conflict: RebuildUnderWay, RebuildUnfinished, RebuildCancelled
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(eq=False)
class ViewUnknown(Invalid):
    """No view has this name."""

    code: ClassVar[str] = "view-unknown"
    nl: ClassVar[str] = "Er is geen overzicht '{name}'. Kies uit: {possible}."
    en: ClassVar[str] = "There is no view '{name}'. Choose from: {possible}."
    name: str
    possible: tuple[str, ...]


@dataclass(eq=False)
class ViewNotSendable(Invalid):
    """Several processes were asked for, and they cannot be given the code of a host's view."""

    code: ClassVar[str] = "view-not-sendable"
    nl: ClassVar[str] = (
        "Overzicht '{name}' kan niet door andere processen worden gemaakt: zijn 'rows' moet een "
        "functie op het hoogste niveau van een module zijn. Gebruik één proces."
    )
    en: ClassVar[str] = (
        "Other processes cannot make view '{name}': its 'rows' must be a function at the top level "
        "of a module. Use one process."
    )
    name: str


@dataclass(eq=False)
class NoRebuild(NotFound):
    """Nothing is being rebuilt, or nothing ever was."""

    code: ClassVar[str] = "no-rebuild"
    nl: ClassVar[str] = (
        "Er is geen herbouw om dit mee te doen. Begin er een met 'kvob projection rebuild'."
    )
    en: ClassVar[str] = (
        "There is no rebuild to do this with. Begin one with 'kvob projection rebuild'."
    )


@dataclass(eq=False)
class NothingToUndo(NotFound):
    """The tables of before are not there, or not those of the last rebuild."""

    code: ClassVar[str] = "nothing-to-undo"
    nl: ClassVar[str] = (
        "Er zijn geen eerdere tabellen om naar terug te gaan: na de laatste herbouw zijn zij "
        "opgeruimd of al teruggezet. 'kvob projection rebuild' bouwt ze opnieuw."
    )
    en: ClassVar[str] = (
        "There are no earlier tables to go back to: they were cleared after the last rebuild, or "
        "traded back already. 'kvob projection rebuild' builds them anew."
    )


@dataclass(eq=False)
class RebuildUnderWay(Conflict):
    """Another process or thread works on a rebuild now."""

    code: ClassVar[str] = "rebuild-under-way"
    nl: ClassVar[str] = (
        "Een ander werkt nu aan een herbouw ({views}). Wacht tot die klaar is, of breek hem af "
        "met 'kvob projection cancel'."
    )
    en: ClassVar[str] = (
        "Somebody else works on a rebuild now ({views}). Wait until it is done, or break it off "
        "with 'kvob projection cancel'."
    )
    views: tuple[str, ...]


@dataclass(eq=False)
class RebuildUnfinished(Conflict):
    """A rebuild of other views was broken off, and nobody works on it."""

    code: ClassVar[str] = "rebuild-unfinished"
    nl: ClassVar[str] = (
        "Een herbouw van {views}, begonnen op {started_at}, is niet af. Maak die eerst af met "
        "'kvob projection rebuild --resume', of breek hem af met 'kvob projection cancel'."
    )
    en: ClassVar[str] = (
        "A rebuild of {views}, begun at {started_at}, is unfinished. Finish it first with "
        "'kvob projection rebuild --resume', or break it off with 'kvob projection cancel'."
    )
    views: tuple[str, ...]
    started_at: datetime


@dataclass(eq=False)
class RebuildCancelled(Conflict):
    """Somebody broke the rebuild off; the live tables are as they were."""

    code: ClassVar[str] = "rebuild-cancelled"
    nl: ClassVar[str] = (
        "De herbouw is afgebroken, door een ander. De overzichten zijn zoals zij waren; begin "
        "opnieuw met 'kvob projection rebuild'."
    )
    en: ClassVar[str] = (
        "The rebuild was broken off, by somebody else. The views are as they were; begin anew "
        "with 'kvob projection rebuild'."
    )
    number: int
