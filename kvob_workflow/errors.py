"""What can go wrong outside the rules, and what must the reader do next?

KvobError (kvob_domain.errors)
├── Rejected
│   └── NameTaken                 another estate bears this name in this municipality
├── Conflict
│   ├── VersionConflict           somebody wrote to this estate first
│   ├── ClaimNotHeld              the name to be given up is not, or no longer, this estate's
│   └── CommandIdTaken            this command was carried out before
├── Invalid
│   ├── CommandIdReused           one command id, two different commands
│   ├── StoreUrlInvalid           the address of the store is malformed
│   ├── StoreOptionTaken          it has an option that the store sets itself
│   └── LimitInvalid              a limit of the store is out of its bounds
└── Unavailable
    ├── UnknownTopic              the store holds an event of a newer release
    ├── EventUnreadable           a stored event does not fit the class of its topic
    ├── SchemeDataDiffer          another node has opened the store with other scheme data
    └── StoreUnavailable          the store failed; nothing was written, but for a lost connection
            (its causes: kvob_workflow.store.faults)

Read next: `kvob_workflow.store.faults`, which draws the tree on.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, Rejected, Unavailable
from kvob_workflow.addresses import shown


@dataclass(eq=False)
class NameTaken(Rejected):
    """A name is borne by one estate at a time within a municipality."""

    code: ClassVar[str] = "name-taken"
    nl: ClassVar[str] = (
        "In {municipality} heet al een ander terrein '{name}' ({holder}). "
        "Kies een andere naam, of hernoem eerst dat terrein."
    )
    en: ClassVar[str] = (
        "Another estate in {municipality} is called '{name}' already ({holder}). "
        "Choose another name, or rename that estate first."
    )
    municipality: str
    name: str
    holder: str


@dataclass(eq=False)
class VersionConflict(Conflict):
    """The estate is not at the version that was decided on."""

    code: ClassVar[str] = "version-conflict"
    nl: ClassVar[str] = (
        "Terrein {estate} is intussen gewijzigd: versie {version} kan niet na {current} komen. "
        "Lees het terrein opnieuw en herhaal de opdracht."
    )
    en: ClassVar[str] = (
        "Estate {estate} has changed meanwhile: version {version} cannot follow {current}. "
        "Read the estate again and repeat the command."
    )
    estate: str
    version: int
    current: int


@dataclass(eq=False)
class ClaimNotHeld(Conflict):
    """A name can be given up only by the estate that bears it."""

    code: ClassVar[str] = "claim-not-held"
    nl: ClassVar[str] = (
        "Terrein {estate} draagt de naam '{name}' in {municipality} niet (meer). "
        "Lees het terrein opnieuw en herhaal de opdracht."
    )
    en: ClassVar[str] = (
        "Estate {estate} does not bear the name '{name}' in {municipality} (any more). "
        "Read the estate again and repeat the command."
    )
    municipality: str
    name: str
    estate: str


@dataclass(eq=False)
class CommandIdTaken(Conflict):
    """The command was carried out before; its first result stands."""

    code: ClassVar[str] = "command-id-taken"
    nl: ClassVar[str] = (
        "Opdracht {command} is al uitgevoerd. Vraag het eerdere resultaat op, of geef een "
        "nieuwe opdracht een nieuw kenmerk."
    )
    en: ClassVar[str] = (
        "Command {command} was carried out already. Ask for its first result, or give a new "
        "command a new id."
    )
    command: str


@dataclass(eq=False)
class CommandIdReused(Invalid):
    """An id was sent again with another body."""

    code: ClassVar[str] = "command-id-reused"
    nl: ClassVar[str] = (
        "Kenmerk {command} hoort bij een eerdere opdracht met een andere inhoud. "
        "Geef deze opdracht een nieuw kenmerk."
    )
    en: ClassVar[str] = (
        "Id {command} belongs to an earlier command with another body. Give this command a new id."
    )
    command: str


@dataclass(eq=False)
class StoreUrlInvalid(Invalid):
    """The address names no store."""

    code: ClassVar[str] = "store-url-invalid"
    nl: ClassVar[str] = (
        "'{url}' is geen adres van een opslag. Schrijf sqlite:///bestand.db (in deze map), "
        "sqlite:////map/bestand.db (volledig pad), postgresql://server/database?schema=kvob "
        "(schema: kleine letters, cijfers en _, hooguit 54 tekens) of memory:"
    )
    en: ClassVar[str] = (
        "'{url}' is not the address of a store. Write sqlite:///file.db (in this folder), "
        "sqlite:////folder/file.db (full path), postgresql://server/database?schema=kvob "
        "(schema: lower-case letters, digits and _, 54 characters at most) or memory:"
    )
    url: str

    def __post_init__(self) -> None:
        """Hides the password: somebody may have mistyped the rest."""
        self.url = shown(self.url)


@dataclass(eq=False)
class StoreOptionTaken(Invalid):
    """The address sets what the store sets itself for every connection."""

    code: ClassVar[str] = "store-option-taken"
    nl: ClassVar[str] = (
        "Het adres van de opslag zet '{option}', maar dat doet kvob zelf. Laat die optie weg."
    )
    en: ClassVar[str] = (
        "The address of the store sets '{option}', which kvob sets itself. Leave that option out."
    )
    option: str


@dataclass(eq=False)
class LimitInvalid(Invalid):
    """A limit of the store is out of its bounds; `name` is the limit or its variable."""

    code: ClassVar[str] = "limit-invalid"
    nl: ClassVar[str] = (
        "{name}: '{value}' is geen geldige waarde. Geef een getal van {lowest} tot {highest}."
    )
    en: ClassVar[str] = (
        "{name}: '{value}' is not a valid value. Give a number from {lowest} to {highest}."
    )
    name: str
    value: str
    lowest: str
    highest: str


@dataclass(eq=False)
class UnknownTopic(Unavailable):
    """This release does not know the kind of a stored event."""

    code: ClassVar[str] = "unknown-topic"
    nl: ClassVar[str] = (
        "Gebeurtenis {version} van terrein {estate} is van een soort die deze versie niet kent: "
        "'{topic}'. Gebruik de nieuwere versie van kvob waarmee zij is vastgelegd."
    )
    en: ClassVar[str] = (
        "Event {version} of estate {estate} is of a kind that this release does not know: "
        "'{topic}'. Use the newer release of kvob that recorded it."
    )
    topic: str
    estate: str
    version: int


@dataclass(eq=False)
class EventUnreadable(Unavailable):
    """A stored event does not have the form that its topic promises."""

    code: ClassVar[str] = "event-unreadable"
    nl: ClassVar[str] = (
        "Gebeurtenis {version} van terrein {estate} ('{topic}') is onleesbaar: {reason}. "
        "Het bestand is buiten kvob om gewijzigd of beschadigd; zet een reservekopie terug."
    )
    en: ClassVar[str] = (
        "Event {version} of estate {estate} ('{topic}') cannot be read: {reason}. "
        "The file was changed by other means than kvob or is damaged; restore a backup."
    )
    topic: str
    estate: str
    version: int
    reason: str


@dataclass(eq=False)
class SchemeDataDiffer(Unavailable):
    """Another node has filled the views with other scheme data since this one opened the store."""

    code: ClassVar[str] = "scheme-data-differ"
    nl: ClassVar[str] = (
        "De opslag is intussen geopend met andere schemagegevens, van een andere versie van dit "
        "programma. Er is niets geschreven. Zet op alle machines dezelfde versie en start opnieuw."
    )
    en: ClassVar[str] = (
        "The store has been opened meanwhile with other scheme data, of another release of this "
        "program. Nothing was written. Put the same release on every machine and start again."
    )


@dataclass(eq=False)
class StoreUnavailable(Unavailable):
    """The store failed; nothing was written. `reason` is in the words of the system."""

    code: ClassVar[str] = "store-unavailable"
    nl: ClassVar[str] = (
        "De opslag {store} werkt niet: {reason}. Er is niets geschreven. "
        "Probeer het opnieuw; 'kvob doctor' zoekt de oorzaak."
    )
    en: ClassVar[str] = (
        "The store {store} failed: {reason}. Nothing was written. "
        "Try again; 'kvob doctor' looks for the cause."
    )
    store: str
    reason: str
