"""What can go wrong in the engine itself? (tree: `kvob_workflow.errors`, `kvob_domain.errors`)

KvobError
├── (of rebuilds of views: kvob_workflow.engine.rebuilding.errors)
├── Rejected:    RefusedForEstate, RefusedInOneGo, KnownAsOtherKind
├── Conflict:    EstateChanged
├── NotFound:    EstateNotFound, EstateNameAmbiguous
├── Invalid:     EstateNamedTwice, NotInOneGo, CommandIdMalformed (command_ids)
└── Unavailable: ClockBehind, NoticeImpossible, ViewUnreadable, PastNotWorkedOut,
                 ProjectionNotKept, GapUnconfirmed (gap)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound, Rejected, Unavailable
from kvob_domain.words import Language, Text


@dataclass(eq=False)
class EstateNotFound(NotFound):
    """No estate has this id or name."""

    code: ClassVar[str] = "estate-not-found"
    nl: ClassVar[str] = (
        "Terrein '{text}' is hier niet bekend. Zoek het op met 'kvob board --text', "
        "of meld het aan met 'kvob register-estate'."
    )
    en: ClassVar[str] = (
        "Estate '{text}' is not known here. Look it up with 'kvob board --text', "
        "or register it with 'kvob register-estate'."
    )
    text: str


@dataclass(eq=False)
class EstateNameAmbiguous(NotFound):
    """Several municipalities have an estate of this name."""

    code: ClassVar[str] = "estate-name-ambiguous"
    nl: ClassVar[str] = (
        "Er zijn meer terreinen die '{text}' heten. Noem ook de gemeente: {candidates}."
    )
    en: ClassVar[str] = (
        "Several estates are called '{text}'. Name the municipality as well: {candidates}."
    )
    text: str
    candidates: tuple[str, ...]


@dataclass(eq=False)
class EstateChanged(Conflict):
    """The estate is not at the version that the giver of a command has seen."""

    code: ClassVar[str] = "estate-changed"
    nl: ClassVar[str] = (
        "Terrein {estate} is intussen gewijzigd: u zag versie {expected}, het is nu versie "
        "{current}. Lees het terrein opnieuw, en geef de opdracht weer als zij dan nog klopt."
    )
    en: ClassVar[str] = (
        "Estate {estate} has changed meanwhile: you saw version {expected}, it is at version "
        "{current} now. Read the estate again, and give the command again if it still fits."
    )
    estate: str
    expected: int
    current: int


@dataclass(eq=False)
class EstateNamedTwice(Invalid):
    """A joint act names an estate twice."""

    code: ClassVar[str] = "estate-named-twice"
    nl: ClassVar[str] = "Terrein {estate} staat twee keer in de opdracht. Noem het een keer."
    en: ClassVar[str] = "Estate {estate} is named twice in the command. Name it once."
    estate: str


@dataclass(eq=False)
class KnownAsOtherKind(Rejected):
    """A source speaks of a group where an estate of that name is known, or the reverse."""

    code: ClassVar[str] = "known-as-other-kind"
    nl: ClassVar[str] = (
        "'{name}' is hier bekend als {known}. Verbeter de kolom 'group', of geef de groep een "
        "eigen naam."
    )
    en: ClassVar[str] = (
        "'{name}' is known here as {known}. Correct the column 'group', or give the group a name "
        "of its own."
    )
    name: str
    known: Text


@dataclass(eq=False)
class RefusedForEstate(Rejected):
    """One estate of a joint act is refused, so none is written."""

    code: ClassVar[str] = "refused-for-estate"
    nl: ClassVar[str] = "{estate}: {reason} Er is voor geen enkel terrein iets geschreven."
    en: ClassVar[str] = "{estate}: {reason} Nothing was written for any of the estates."
    estate: str
    reason: Rejected

    def message(self, language: Language = "en") -> str:
        """The reason in the language asked for, with the estate in front."""
        template = self.nl if language == "nl" else self.en
        return template.format(estate=self.estate, reason=self.reason.message(language))


@dataclass(eq=False)
class NotInOneGo(Invalid):
    """Commands that cannot be carried out together."""

    code: ClassVar[str] = "not-in-one-go"
    nl: ClassVar[str] = (
        "In één keer gaan alleen opdrachten over één terrein, en geen aanmelding, correctie, "
        "akkoord of handeling van meer terreinen. Geef ze na elkaar."
    )
    en: ClassVar[str] = (
        "Only commands about one estate go together, and no registration, correction, approval "
        "or act of several estates. Give them one after another."
    )


@dataclass(eq=False)
class RefusedInOneGo(Rejected):
    """One of several commands is refused, so none is carried out; `number` counts from 1."""

    code: ClassVar[str] = "refused-in-one-go"
    nl: ClassVar[str] = "Opdracht {number}: {reason} Er is niets geschreven."
    en: ClassVar[str] = "Command {number}: {reason} Nothing was written."
    number: int
    reason: Rejected

    def message(self, language: Language = "en") -> str:
        """The reason in the language asked for, with the number in front."""
        template = self.nl if language == "nl" else self.en
        return template.format(number=self.number, reason=self.reason.message(language))


@dataclass(eq=False)
class ClockBehind(Unavailable):
    """The clock of this machine is behind the newest event of the estate."""

    code: ClassVar[str] = "clock-behind"
    nl: ClassVar[str] = (
        "De klok van deze machine ({now}) loopt achter op de laatste vastlegging ({last}). "
        "Zet de klok goed en herhaal de opdracht. Is de klok goed, dan is dat onder een verkeerde "
        "klok vastgelegd: zie 'kvob history'."
    )
    en: ClassVar[str] = (
        "The clock of this machine ({now}) is behind the last record ({last}). "
        "Set the clock right and repeat the command. If it is right, that was recorded under a "
        "wrong clock: see 'kvob history'."
    )
    now: datetime
    last: datetime


@dataclass(eq=False)
class NoticeImpossible(Unavailable):
    """What an estate is owed cannot be worked out; the sweep goes on with the others."""

    code: ClassVar[str] = "notice-impossible"
    nl: ClassVar[str] = (
        "Voor terrein {estate} is niet uit te rekenen wat vervalt ({reason}). Kijk met "
        "'kvob history {estate}' of een datum onmogelijk is, en meld dit als gebrek."
    )
    en: ClassVar[str] = (
        "What falls due for estate {estate} cannot be worked out ({reason}). Look with "
        "'kvob history {estate}' whether a date is impossible, and report this as a defect."
    )
    estate: str
    reason: str


@dataclass(eq=False)
class ViewUnreadable(Unavailable):
    """A stored row of a view has a value that nothing of ours wrote: the file is damaged."""

    code: ClassVar[str] = "view-unreadable"
    nl: ClassVar[str] = (
        "Een rij van een overzicht is beschadigd ({reason}). Schrijf niet meer in deze opslag en "
        "zet een reservekopie terug."
    )
    en: ClassVar[str] = (
        "A row of a view is damaged ({reason}). Write to this store no more and restore a backup."
    )
    reason: str


@dataclass(eq=False)
class PastNotWorkedOut(Unavailable):
    """Lists about the past lack the newest events, and whoever asks may not write."""

    code: ClassVar[str] = "past-not-worked-out"
    nl: ClassVar[str] = (
        "De lijsten over vroeger lopen achter en hier kan alleen worden gelezen ({reason}). Geef "
        "'kvob periods build' waar geschreven mag worden, of laat daar 'kvob run' lopen, en vraag "
        "het opnieuw. Eén terrein kan wel: 'kvob estate TERREIN --on DAG'."
    )
    en: ClassVar[str] = (
        "The lists about the past lag behind, and here one can only read ({reason}). Give "
        "'kvob periods build' where writing is allowed, or let 'kvob run' run there, and ask "
        "again. One estate does work: 'kvob estate ESTATE --on DAY'."
    )
    reason: str


@dataclass(eq=False)
class ProjectionNotKept(Unavailable):
    """A followed projection lacks the newest events, and whoever asks may not write."""

    code: ClassVar[str] = "projection-not-kept"
    nl: ClassVar[str] = (
        "Het overzicht {name} loopt achter of wordt nog opgebouwd, en hier kan alleen worden "
        "gelezen ({reason}). Laat 'kvob run' lopen waar geschreven mag worden, kijk met "
        "'kvob projection status' hoe ver het is, en vraag het dan opnieuw."
    )
    en: ClassVar[str] = (
        "The projection {name} lags behind or is being built, and here one can only read "
        "({reason}). Let 'kvob run' run where writing is allowed, see with "
        "'kvob projection status' how far it is, and then ask again."
    )
    name: str
    reason: str
