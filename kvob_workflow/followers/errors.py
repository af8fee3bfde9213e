"""What can go wrong with projections and effects, and what must the reader do next?

KvobError (kvob_domain.errors)
├── Invalid:     ProjectionInvalid, ProjectionTableDiffers, ProjectionOutdated, EffectInvalid,
│                ProjectionsNotLoaded, SkipReasonMissing, QueryRefused, QueryTooLong
├── NotFound:    ProjectionUnknown
├── Rejected:    NothingToSkip, RetryElsewhere
└── Conflict:    FollowerMovedOn
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound, Rejected
from kvob_domain.words import Text


@dataclass(eq=False)
class ProjectionInvalid(Invalid):
    """A host's projection is not one that a store can keep."""

    code: ClassVar[str] = "projection-invalid"
    nl: ClassVar[str] = (
        "Het overzicht '{name}' van de toepassing kan zo niet: {reason}. Verbeter de View; zie "
        "kvob_workflow/followers/README.md."
    )
    en: ClassVar[str] = (
        "The host's projection '{name}' cannot be used: {reason}. Correct the View; see "
        "kvob_workflow/followers/README.md."
    )
    name: str
    reason: Text


@dataclass(eq=False)
class ProjectionTableDiffers(Invalid):
    """A host changed the columns of a projection and not its schema number."""

    code: ClassVar[str] = "projection-table-differs"
    nl: ClassVar[str] = (
        "De tabel van overzicht '{name}' heeft andere kolommen ({found}) dan de Projection. "
        "Verhoog 'schema' van de Projection (nu {schema}); de tabel wordt dan opnieuw gemaakt."
    )
    en: ClassVar[str] = (
        "The table of projection '{name}' has other columns ({found}) than the Projection. "
        "Raise 'schema' of the Projection (now {schema}); the table is then made anew."
    )
    name: str
    found: tuple[str, ...]
    schema: int


@dataclass(eq=False)
class ProjectionOutdated(Invalid):
    """A newer release of the host made the table of its projection."""

    code: ClassVar[str] = "projection-outdated"
    nl: ClassVar[str] = (
        "De tabel van overzicht '{name}' is gemaakt met schema {found}, en deze toepassing geeft "
        "schema {schema}. Gebruik de nieuwere versie van de toepassing, of geef de Projection een "
        "hoger 'schema' dan {found}; de tabel wordt dan opnieuw gemaakt."
    )
    en: ClassVar[str] = (
        "The table of projection '{name}' was made with schema {found}, and this host gives "
        "schema {schema}. Use the newer release of the host, or give the Projection a 'schema' "
        "above {found}; the table is then made anew."
    )
    name: str
    found: int
    schema: int


@dataclass(eq=False)
class EffectInvalid(Invalid):
    """A host's effect is not one that a store can follow for."""

    code: ClassVar[str] = "effect-invalid"
    nl: ClassVar[str] = "De volger '{name}' van de toepassing kan zo niet: {reason}. Verbeter hem."
    en: ClassVar[str] = "The host's effect '{name}' cannot be used: {reason}. Correct it."
    name: str
    reason: Text


@dataclass(eq=False)
class ProjectionsNotLoaded(Invalid):
    """What a setting names as the host's projections and effects cannot be had."""

    code: ClassVar[str] = "projections-not-loaded"
    nl: ClassVar[str] = (
        "{setting}: '{value}' is niet te laden ({reason}). Geef MODULE:NAAM van een View, een "
        "Effect of een lijst daarvan, in een module die hier te importeren is."
    )
    en: ClassVar[str] = (
        "{setting}: '{value}' cannot be loaded ({reason}). Give MODULE:NAME of a View, an Effect "
        "or a list of those, in a module that can be imported here."
    )
    setting: str
    value: str
    reason: str


@dataclass(eq=False)
class ProjectionUnknown(NotFound):
    """No projection, effect or channel has this name here."""

    code: ClassVar[str] = "projection-unknown"
    nl: ClassVar[str] = (
        "'{name}' is hier geen overzicht of volger. Kies uit: {known}. Die van een toepassing "
        "noemt KVOB_PROJECTIONS."
    )
    en: ClassVar[str] = (
        "'{name}' is no projection or follower here. Choose from: {known}. Those of a host are "
        "named by KVOB_PROJECTIONS."
    )
    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NothingToSkip(Rejected):
    """Only an effect that failed with an event can step over it."""

    code: ClassVar[str] = "nothing-to-skip"
    nl: ClassVar[str] = (
        "Bij '{name}' is niets over te slaan: {reason}. Kijk met 'kvob projection status {name}'."
    )
    en: ClassVar[str] = (
        "There is nothing to skip in '{name}': {reason}. Look with 'kvob projection status {name}'."
    )
    name: str
    reason: Text


@dataclass(eq=False)
class RetryElsewhere(Rejected):
    """What failed here is tried again by a command of its own."""

    code: ClassVar[str] = "retry-elsewhere"
    nl: ClassVar[str] = "'{name}' wordt hier niet opnieuw geprobeerd. Geef: {command}."
    en: ClassVar[str] = "'{name}' is not tried again here. Give: {command}."
    name: str
    command: str


@dataclass(eq=False)
class SkipReasonMissing(Invalid):
    """Whoever skips an event says why."""

    code: ClassVar[str] = "skip-reason-missing"
    nl: ClassVar[str] = "Zeg waarom de gebeurtenis wordt overgeslagen, in hooguit {most} tekens."
    en: ClassVar[str] = "Say why the event is skipped, in {most} characters at most."
    most: int


@dataclass(eq=False)
class FollowerMovedOn(Conflict):
    """An effect went on while somebody was about to skip or retry."""

    code: ClassVar[str] = "follower-moved-on"
    nl: ClassVar[str] = (
        "'{name}' is intussen verder gegaan; er is niets gewijzigd. Kijk met "
        "'kvob projection status {name}' en herhaal het zo nodig."
    )
    en: ClassVar[str] = (
        "'{name}' has gone on meanwhile; nothing was changed. Look with "
        "'kvob projection status {name}' and repeat it if need be."
    )
    name: str


@dataclass(eq=False)
class QueryRefused(Invalid):
    """The store does not understand a host's query, or may not carry it out."""

    code: ClassVar[str] = "query-refused"
    nl: ClassVar[str] = (
        "De vraag kan niet ({reason}). Geef één SELECT over de tabellen view_..., met waarden "
        "als :naam."
    )
    en: ClassVar[str] = (
        "The query cannot be answered ({reason}). Give one SELECT over the tables view_..., with "
        "values as :name."
    )
    reason: str


@dataclass(eq=False)
class QueryTooLong(Invalid):
    """A query has more rows than were asked for; none are given, so that none are missed."""

    code: ClassVar[str] = "query-too-long"
    nl: ClassVar[str] = (
        "Het antwoord heeft meer dan {limit} rijen. Vraag minder, of geef een hogere 'limit'."
    )
    en: ClassVar[str] = (
        "The answer has more than {limit} rows. Ask for less, or give a higher 'limit'."
    )
    limit: int
