"""Why can what is on record not be corrected like this?"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.words import Text


@dataclass(eq=False)
class CorrectionUnclear(Rejected):
    """A correction says what it should have been, or that it never was; one of the two."""

    code: ClassVar[str] = "correction-unclear"
    nl: ClassVar[str] = (
        "Geef wat er had moeten staan (--set veld=waarde, of says), of dat het nooit gebeurd is "
        "(--never-happened); een van de twee."
    )
    en: ClassVar[str] = (
        "Give what it should have said (--set field=value, or says), or that it never happened "
        "(--never-happened); one of the two."
    )


@dataclass(eq=False)
class EventUncorrectable(Rejected):
    """What this event says cannot have been otherwise; `instead` says what to do."""

    code: ClassVar[str] = "event-uncorrectable"
    nl: ClassVar[str] = "Gebeurtenis {version} ({title}) wordt niet gecorrigeerd: {instead}."
    en: ClassVar[str] = "Event {version} ({title}) is not corrected: {instead}."
    version: int
    title: Text
    instead: Text


@dataclass(eq=False)
class RegistrationStays(Rejected):
    """An estate without its registration would have a history and no name."""

    code: ClassVar[str] = "registration-stays"
    nl: ClassVar[str] = (
        "De aanmelding van '{name}' wordt niet teruggenomen: het dossier hangt eraan. Corrigeer "
        "haar gegevens (--set), of beëindig (end-trajectory) of hernoem (rename-estate) het "
        "terrein."
    )
    en: ClassVar[str] = (
        "The registration of '{name}' is not taken back: the file hangs on it. Correct what it "
        "says (--set), or end (end-trajectory) or rename (rename-estate) the estate."
    )
    name: str


@dataclass(eq=False)
class NeverHappenedAlready(Rejected):
    """The event was withdrawn; its withdrawal is what can be corrected."""

    code: ClassVar[str] = "never-happened-already"
    nl: ClassVar[str] = (
        "Gebeurtenis {version} is al teruggenomen, door correctie {correction}. Is ze toch "
        "gebeurd, neem dan die correctie terug (--version {correction} --never-happened)."
    )
    en: ClassVar[str] = (
        "Event {version} was withdrawn already, by correction {correction}. If it did happen, "
        "withdraw that correction (--version {correction} --never-happened)."
    )
    version: int
    correction: int


@dataclass(eq=False)
class CorrectionOvertaken(Rejected):
    """A later correction of the same event holds; correcting an earlier one changes nothing."""

    code: ClassVar[str] = "correction-overtaken"
    nl: ClassVar[str] = (
        "Correctie {version} geldt niet meer: gebeurtenis {event} werd daarna gecorrigeerd door "
        "{correction}. Corrigeer {event} of {correction}."
    )
    en: ClassVar[str] = (
        "Correction {version} no longer holds: event {event} was corrected after it, by "
        "{correction}. Correct {event} or {correction}."
    )
    version: int
    event: int
    correction: int


@dataclass(eq=False)
class KindFixed(Rejected):
    """What happened cannot become something else; nor can a correction be about another event."""

    code: ClassVar[str] = "kind-fixed"
    nl: ClassVar[str] = (
        "'{title}' blijft over hetzelfde gaan. Was het iets anders, neem gebeurtenis {version} "
        "dan terug (--never-happened) en leg vast wat wel gebeurde."
    )
    en: ClassVar[str] = (
        "'{title}' stays about the same thing. Where it was something else, withdraw event "
        "{version} (--never-happened) and record what did happen."
    )
    version: int
    title: Text


@dataclass(eq=False)
class SaysUnknown(Rejected):
    """The event has no such fields."""

    code: ClassVar[str] = "says-unknown"
    nl: ClassVar[str] = "'{title}' kent geen {given}. Wel: {known}."
    en: ClassVar[str] = "'{title}' has no {given}. It has: {known}."
    title: Text
    given: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(eq=False)
class SaysMalformed(Rejected):
    """What the event should have said does not fit its form."""

    code: ClassVar[str] = "says-malformed"
    nl: ClassVar[str] = "'{title}' kan dit niet zeggen: {problem}. De velden zijn: {known}."
    en: ClassVar[str] = "'{title}' cannot say this: {problem}. Its fields are: {known}."
    title: Text
    problem: str
    known: tuple[str, ...]


@dataclass(eq=False)
class SaysNothingNew(Rejected):
    """The event says this already."""

    code: ClassVar[str] = "says-nothing-new"
    nl: ClassVar[str] = "Gebeurtenis {version} ({title}) zegt dit al. Geef wat er anders moet zijn."
    en: ClassVar[str] = "Event {version} ({title}) says this already. Give what should differ."
    version: int
    title: Text


@dataclass(eq=False)
class CorrectionBreaks(Rejected):
    """With this correction the record would hold something that the rules do not allow.

    `version`, `on` ("-" where unknown) and `title` name the event that breaks; `broken` is the code
    of the refusal, `rule` what it says.
    """

    code: ClassVar[str] = "correction-breaks"
    nl: ClassVar[str] = (
        "Met deze correctie klopt gebeurtenis {version} ({title}, {on}) niet meer ({broken}): "
        "{rule} Corrigeer die eerst, of neem haar terug."
    )
    en: ClassVar[str] = (
        "With this correction event {version} ({title}, {on}) would break a rule ({broken}): "
        "{rule} Correct that event first, or withdraw it."
    )
    version: int
    on: str
    title: Text
    broken: str
    rule: Text
