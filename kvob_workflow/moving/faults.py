"""Why was a copy or a backup refused? One class per cause.

KvobError
├── Invalid
│   ├── SameStore          both addresses name one store
│   ├── MemoryStays        a store in memory cannot be copied by another process
│   ├── BackupInPlace      a backup would stand where a store is in use
│   ├── BackupElsewhere    a server has tools of its own for backups
│   └── TargetNotEmpty     the target holds something, and no half copy of this store
├── Conflict
│   └── TargetMoved        somebody else writes to the target
└── Unavailable
    ├── NoStoreThere       there is no store to copy from, or to compare with
    └── StoresDiffer       the copy is not equal to what was copied
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, Unavailable


@dataclass(eq=False)
class SameStore(Invalid):
    """A store cannot be copied onto itself."""

    code: ClassVar[str] = "same-store"
    nl: ClassVar[str] = "Beide adressen noemen {store}. Noem een andere, lege opslag als doel."
    en: ClassVar[str] = "Both addresses name {store}. Name another, empty store as the target."
    store: str


@dataclass(eq=False)
class MemoryStays(Invalid):
    """What is in memory goes with its process."""

    code: ClassVar[str] = "memory-stays"
    nl: ClassVar[str] = (
        "Een opslag in het geheugen wordt niet gekopieerd. Noem een bestand "
        "(sqlite:///bestand.db) of een server (postgresql://...)."
    )
    en: ClassVar[str] = (
        "A store in memory is not copied. Name a file (sqlite:///file.db) or a server "
        "(postgresql://...)."
    )


@dataclass(eq=False)
class BackupElsewhere(Invalid):
    """A server is backed up by its own tools; `commands` is one a line, without a password."""

    code: ClassVar[str] = "backup-elsewhere"
    nl: ClassVar[str] = (
        "Er is niets gekopieerd: {store} staat op een server, en die maakt reservekopieën met "
        "eigen programma's. Geef een van deze opdrachten (wachtwoord via ~/.pgpass):\n{commands}"
    )
    en: ClassVar[str] = (
        "Nothing was copied: {store} is on a server, which makes backups with programs of its "
        "own. Give one of these commands (password from ~/.pgpass):\n{commands}"
    )
    store: str
    commands: str


@dataclass(eq=False)
class BackupInPlace(Invalid):
    """A log beside the name means a store that is in use, and would be applied to the backup."""

    code: ClassVar[str] = "backup-in-place"
    nl: ClassVar[str] = (
        "{file} is een opslag die in gebruik is, of er staat een logbestand van SQLite naast. Er "
        "is niets gewijzigd. Geef de reservekopie een andere naam."
    )
    en: ClassVar[str] = (
        "{file} is a store in use, or a log of SQLite stands beside it. Nothing was changed. Give "
        "the backup another name."
    )
    file: str


@dataclass(eq=False)
class NoStoreThere(Unavailable):
    """A source is never made."""

    code: ClassVar[str] = "no-store-there"
    nl: ClassVar[str] = "Er is geen opslag op {store}. Verbeter het adres."
    en: ClassVar[str] = "There is no store at {store}. Correct the address."
    store: str


@dataclass(eq=False)
class TargetNotEmpty(Invalid):
    """Rows of two stores are never mixed."""

    code: ClassVar[str] = "target-not-empty"
    nl: ClassVar[str] = (
        "{store} is niet leeg ({reason}) en is geen half gemaakte kopie van deze opslag. Er is "
        "niets gewijzigd. Noem een leeg doel, of verwijder dit eerst zelf."
    )
    en: ClassVar[str] = (
        "{store} is not empty ({reason}) and is no half-made copy of this store. Nothing was "
        "changed. Name an empty target, or remove this one yourself first."
    )
    store: str
    reason: str


@dataclass(eq=False)
class TargetMoved(Conflict):
    """Two copies at once, or a program that had the target open already."""

    code: ClassVar[str] = "target-moved"
    nl: ClassVar[str] = (
        "Iemand anders schrijft in {store} ({reason}). Stop dat programma en herhaal de opdracht: "
        "de kopie gaat verder waar zij was."
    )
    en: ClassVar[str] = (
        "Somebody else writes to {store} ({reason}). Stop that program and repeat the command: "
        "the copy goes on where it was."
    )
    store: str
    reason: str


@dataclass(eq=False)
class StoresDiffer(Unavailable):
    """The checksums of both sides differ; a copy that was under way stays closed."""

    code: ClassVar[str] = "stores-differ"
    nl: ClassVar[str] = (
        "{target} is niet gelijk aan {source}: {differences}. Wordt er nog in de bron geschreven, "
        "stop dat en herhaal de opdracht; verwijder anders de kopie en begin opnieuw."
    )
    en: ClassVar[str] = (
        "{target} is not equal to {source}: {differences}. If the source is still written to, "
        "stop that and repeat the command; otherwise remove the copy and begin anew."
    )
    source: str
    target: str
    differences: str
