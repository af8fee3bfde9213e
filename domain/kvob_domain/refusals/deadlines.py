"""Why can a deadline not be moved, waived or announced?"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import Text


@dataclass(eq=False)
class DeadlineNotOpen(Rejected):
    """The estate has no such open deadline: never had, fulfilled, or its trajectory ended."""

    code: ClassVar[str] = "deadline-not-open"
    nl: ClassVar[str] = (
        "Er staat geen termijn '{kind}' nummer {ordinal} open bij dit terrein. "
        "Open staan: {open}. Kies een daarvan."
    )
    en: ClassVar[str] = (
        "This estate has no open deadline '{kind}' number {ordinal}. Open are: {open}. "
        "Choose one of these."
    )
    kind: DeadlineKind
    ordinal: int
    open: tuple[Text, ...]


@dataclass(eq=False)
class NotDueThen(Rejected):
    """Notice is given of the day on which the deadline falls due."""

    code: ClassVar[str] = "not-due-then"
    nl: ClassVar[str] = (
        "De termijn '{kind}' valt op {due_on}, niet op {on}. Geef die dag op: --on {due_on}."
    )
    en: ClassVar[str] = (
        "The deadline '{kind}' falls due on {due_on}, not on {on}. Give that day: --on {due_on}."
    )
    kind: DeadlineKind
    due_on: date
    on: date


@dataclass(eq=False)
class NoticeGivenBefore(Rejected):
    """Notice of a deadline is given once."""

    code: ClassVar[str] = "notice-given-before"
    nl: ClassVar[str] = (
        "Van de termijn '{kind}' van {due_on} is al kennisgeving gedaan. "
        "Er hoeft niets te gebeuren."
    )
    en: ClassVar[str] = (
        "Notice of the deadline '{kind}' of {due_on} was given already. Nothing is to be done."
    )
    kind: DeadlineKind
    due_on: date


@dataclass(eq=False)
class DeadlineFixed(Rejected):
    """The end of a certificate follows from the certificate; the file is kept."""

    code: ClassVar[str] = "deadline-fixed"
    nl: ClassVar[str] = (
        "De termijn '{kind}' kan zo niet gewijzigd worden. Het einde van een certificaat volgt "
        "uit de toekenning, en bewijs blijft zo lang als het schema zegt; verzetten kan voor: "
        "{possible}."
    )
    en: ClassVar[str] = (
        "The deadline '{kind}' cannot be changed this way. The end of a certificate follows from "
        "the award, and evidence is kept as long as the scheme says; it is possible for: "
        "{possible}."
    )
    kind: DeadlineKind
    possible: tuple[DeadlineKind, ...]


@dataclass(eq=False)
class UseOtherCommand(Rejected):
    """What the scheme asks for is extended; what somebody planned is replanned."""

    code: ClassVar[str] = "use-other-command"
    nl: ClassVar[str] = (
        "De termijn '{kind}' kan zo niet gewijzigd worden. Gebruik daarvoor '{instead}'."
    )
    en: ClassVar[str] = "The deadline '{kind}' cannot be changed this way. Use '{instead}' for it."
    kind: DeadlineKind
    instead: Text


@dataclass(eq=False)
class ExtensionNotLater(Rejected):
    """An extension gives a later day."""

    code: ClassVar[str] = "extension-not-later"
    nl: ClassVar[str] = (
        "De nieuwe dag {new} ligt niet na {due_on}. Geef een latere dag: deze termijn kan alleen "
        "verlengd worden."
    )
    en: ClassVar[str] = (
        "The new day {new} is not after {due_on}. Give a later day: this deadline can only be "
        "extended."
    )
    new: date
    due_on: date


@dataclass(eq=False)
class MovedToThePast(Rejected):
    """A deadline moves to a day that is still to come."""

    code: ClassVar[str] = "moved-to-the-past"
    nl: ClassVar[str] = (
        "De nieuwe dag {new} ligt niet na vandaag ({today}). Geef een dag die nog komt."
    )
    en: ClassVar[str] = "The new day {new} is not after today ({today}). Give a day still to come."
    new: date
    today: date


@dataclass(eq=False)
class MovedBeyondExpiry(Rejected):
    """What belongs to a certificate falls due before it expires."""

    code: ClassVar[str] = "moved-beyond-expiry"
    nl: ClassVar[str] = (
        "De nieuwe dag {new} ligt niet voor het einde van het certificaat ({expires_on}). "
        "Geef een eerdere dag."
    )
    en: ClassVar[str] = (
        "The new day {new} is not before the end of the certificate ({expires_on}). "
        "Give an earlier day."
    )
    new: date
    expires_on: date
