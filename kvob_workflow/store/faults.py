"""Why did the store fail? One class per cause, each saying what its keeper should do.

StoreUnavailable (kvob_workflow.errors)   the store failed; only of StoreUnreachable and
│                                         StoreClosed nobody knows what became of a write
├── StoreBusy             another program held the lock too long
├── StoreFull             no room on the disk
├── StoreReadOnly         the file or its folder cannot be written, or the server only reads
│   └── StoreRightMissing the user of the server may not do this
├── StoreFolderMissing    there is no folder to put the file in
├── StoreIsFolder         the address names a folder
├── StoreNotADatabase     the file is something else
├── StoreForeign          a database, but of another program
├── StoreDamaged          the database contradicts itself
├── StoreTooNew           made by a newer release
├── StoreHalfCopied       a copy into it was not finished (half_copied.py)
├── StoreReplaced         the file was removed or replaced while it was open
├── StoreForked           used or opened in a child of the process that opened it
├── StoreUnreachable      the server does not answer, or the connection broke
├── StoreLoginRefused     the server refuses this user, password or database
├── StoreNotPrepared      the server has no tables of ours in this schema
├── StoreOwnerNeeded      only the owner of the tables may do this
│   └── StoreUpgradeNeeded their tables are of an older release
├── StoreViewsDepend      somebody's SQL view stands on a table that is to be replaced
├── StoreServerTooOld     the server is of a release that is not tested
├── StoreSettingsIgnored  a pooler leaves out what we set for a connection
├── StoreConnectionsTooMany   the pools ask for more than the server gives
├── StorePoolElsewhere    the host's pool leads to another database than the address
├── StoreFunctionsOn      the library's database functions are switched on
├── PostgresNotInstalled  the extra that talks to a server is not installed
└── StoreClosed           used after it was closed
    └── StorePoolClosed   the host's pool is not open

The eight from StoreOwnerNeeded to StoreFunctionsOn, and StorePoolClosed, are in `server_faults`.
`kvob_workflow.store.sqlite.failures` says which codes of SQLite mean what, and
`kvob_workflow.store.postgres.failures` which of PostgreSQL.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_workflow.errors import StoreUnavailable


@dataclass(eq=False)
class StoreBusy(StoreUnavailable):
    """Another program held the write lock for longer than the time-out."""

    code: ClassVar[str] = "store-busy"
    nl: ClassVar[str] = (
        "Er is te lang op {store} gewacht ({reason}). Er is niets geschreven. "
        "Probeer het zo opnieuw; blijft het zo, zoek dan welk programma de opslag vasthoudt, of "
        "waarom de server niet meer aankan."
    )
    en: ClassVar[str] = (
        "{store} was waited for too long ({reason}). Nothing was "
        "written. Try again shortly; if it stays so, find the program that holds the store, or "
        "why the server cannot take more."
    )


@dataclass(eq=False)
class StoreFull(StoreUnavailable):
    """The disk, or the limit set for the file, is full."""

    code: ClassVar[str] = "store-full"
    nl: ClassVar[str] = (
        "Er is geen ruimte meer voor {store} ({reason}). Er is niets geschreven. "
        "Maak schijfruimte vrij en herhaal de opdracht."
    )
    en: ClassVar[str] = (
        "There is no room left for {store} ({reason}). Nothing was written. "
        "Free some disk space and repeat the command."
    )


@dataclass(eq=False)
class StoreReadOnly(StoreUnavailable):
    """The file or its folder cannot be written; this user, or this server, only reads."""

    code: ClassVar[str] = "store-read-only"
    nl: ClassVar[str] = (
        "{store} is hier alleen te lezen ({reason}). Er is niets geschreven. Geef deze gebruiker "
        "schrijfrecht op het bestand en op de map, of geef de opdracht aan de server die schrijft."
    )
    en: ClassVar[str] = (
        "{store} can only be read here ({reason}). Nothing was written. Give this user the right "
        "to write the file and the folder, or give the command to the server that writes."
    )


@dataclass(eq=False)
class StoreRightMissing(StoreReadOnly):
    """The server does not let this user do it."""

    code: ClassVar[str] = "store-right-missing"
    nl: ClassVar[str] = (
        "Deze gebruiker mag dit niet in {store} ({reason}). Er is niets geschreven. Gebruik het "
        "adres van een gebruiker met een rol die dit mag (lezen of schrijven), of laat de "
        "beheerder van de server die geven: 'kvob store schema --roles' toont hoe."
    )
    en: ClassVar[str] = (
        "This user may not do this in {store} ({reason}). Nothing was written. Use the address of "
        "a user with a role that may (to read or to write), or have the keeper of the server grant "
        "it: 'kvob store schema --roles' shows how."
    )


@dataclass(eq=False)
class StoreFolderMissing(StoreUnavailable):
    """A store file is made when it is missing, its folder is not."""

    code: ClassVar[str] = "store-folder-missing"
    nl: ClassVar[str] = (
        "De map {reason} voor {store} bestaat niet. Maak de map, of verbeter het adres."
    )
    en: ClassVar[str] = (
        "The folder {reason} for {store} does not exist. Make the folder, or correct the address."
    )


@dataclass(eq=False)
class StoreIsFolder(StoreUnavailable):
    """The address stops at a folder."""

    code: ClassVar[str] = "store-is-folder"
    nl: ClassVar[str] = (
        "{store} is geen bestand ({reason}). Noem een bestand, zoals {store}/kvob.db."
    )
    en: ClassVar[str] = "{store} is not a file ({reason}). Name a file, such as {store}/kvob.db."


@dataclass(eq=False)
class StoreNotADatabase(StoreUnavailable):
    """The file has other contents, or is encrypted."""

    code: ClassVar[str] = "store-not-a-database"
    nl: ClassVar[str] = (
        "{store} is geen SQLite-bestand ({reason}); het is niet aangeraakt. "
        "Verbeter het adres, of zet een reservekopie terug."
    )
    en: ClassVar[str] = (
        "{store} is not an SQLite file ({reason}); it was left untouched. "
        "Correct the address, or restore a backup."
    )


@dataclass(eq=False)
class StoreForeign(StoreUnavailable):
    """Tables of kvob are never added to the database of another program."""

    code: ClassVar[str] = "store-foreign"
    nl: ClassVar[str] = (
        "{store} is een database van een ander programma (tabel {reason}); hij is niet "
        "aangeraakt. Kies een ander bestand."
    )
    en: ClassVar[str] = (
        "{store} is a database of another program (table {reason}); it was left untouched. "
        "Choose another file."
    )


@dataclass(eq=False)
class StoreDamaged(StoreUnavailable):
    """SQLite finds the file inconsistent or cut short."""

    code: ClassVar[str] = "store-damaged"
    nl: ClassVar[str] = (
        "{store} is beschadigd ({reason}). Schrijf er niet meer in, bewaar het bestand met "
        "-wal en -shm ernaast, en zet een reservekopie terug."
    )
    en: ClassVar[str] = (
        "{store} is damaged ({reason}). Write to it no more, keep the file with the -wal and "
        "-shm beside it, and restore a backup."
    )


@dataclass(eq=False)
class StoreTooNew(StoreUnavailable):
    """A newer release has changed the tables."""

    code: ClassVar[str] = "store-too-new"
    nl: ClassVar[str] = (
        "{store} is gemaakt door een nieuwere versie van kvob ({reason}). Gebruik die versie."
    )
    en: ClassVar[str] = "{store} was made by a newer release of kvob ({reason}). Use that release."


@dataclass(eq=False)
class StoreReplaced(StoreUnavailable):
    """Whatever went into a file that has left its place would be lost at the next opening."""

    code: ClassVar[str] = "store-replaced"
    nl: ClassVar[str] = (
        "{store} is verwijderd of vervangen terwijl het open was ({reason}). Er is niets "
        "geschreven. Zet het bestand terug, of sluit de opslag en open haar opnieuw."
    )
    en: ClassVar[str] = (
        "{store} was removed or replaced while it was open ({reason}). Nothing was written. "
        "Put the file back, or close the store and open it anew."
    )


@dataclass(eq=False)
class StoreForked(StoreUnavailable):
    """SQLite's locks do not survive a fork: a child that went on could lose commits."""

    code: ClassVar[str] = "store-forked"
    nl: ClassVar[str] = (
        "{store} is geopend voordat dit proces werd afgesplitst ({reason}). Sluit de opslag voor "
        "het afsplitsen en open haar in elk proces opnieuw, of start processen met 'spawn'."
    )
    en: ClassVar[str] = (
        "{store} was opened before this process was forked ({reason}). Close the store before "
        "forking and open it in each process, or start processes by 'spawn'."
    )


@dataclass(eq=False)
class StoreClosed(StoreUnavailable):
    """The store was closed by this program."""

    code: ClassVar[str] = "store-closed"
    nl: ClassVar[str] = "{store} is gesloten ({reason}). Open de opslag opnieuw."
    en: ClassVar[str] = "{store} is closed ({reason}). Open the store again."


@dataclass(eq=False)
class StoreUnreachable(StoreUnavailable):
    """The server does not answer: nobody knows what became of a write that was under way."""

    code: ClassVar[str] = "store-unreachable"
    nl: ClassVar[str] = (
        "{store} is niet bereikbaar ({reason}). Ga na of de server draait en of het netwerk "
        "werkt. Was er een opdracht onderweg, herhaal die dan met hetzelfde opdrachtnummer: "
        "zij wordt hooguit een keer uitgevoerd."
    )
    en: ClassVar[str] = (
        "{store} cannot be reached ({reason}). Check that the server runs and that the network "
        "works. If a command was under way, repeat it with the same command id: it is carried "
        "out once at most."
    )


@dataclass(eq=False)
class StoreLoginRefused(StoreUnavailable):
    """The server knows no such user, password or database."""

    code: ClassVar[str] = "store-login-refused"
    nl: ClassVar[str] = (
        "{store} weigert deze gebruiker, dit wachtwoord of deze database ({reason}). "
        "Verbeter het adres, of vraag de beheerder van de server om toegang."
    )
    en: ClassVar[str] = (
        "{store} refuses this user, password or database ({reason}). "
        "Correct the address, or ask the keeper of the server for access."
    )


@dataclass(eq=False)
class PostgresNotInstalled(StoreUnavailable):
    """A store on a server takes the packages of the extra `postgres`."""

    code: ClassVar[str] = "extra-missing"
    nl: ClassVar[str] = (
        "Een opslag op een PostgreSQL-server vraagt een extra ({reason}). Installeer die met "
        "pip install 'kvob_workflow[postgres]' en herhaal de opdracht voor {store}."
    )
    en: ClassVar[str] = (
        "A store on a PostgreSQL server takes an extra ({reason}). Install it with "
        "pip install 'kvob_workflow[postgres]' and repeat the command for {store}."
    )


@dataclass(eq=False)
class StoreNotPrepared(StoreUnavailable):
    """The schema has no tables of ours, and this user may not make them."""

    code: ClassVar[str] = "store-not-prepared"
    nl: ClassVar[str] = (
        "{store} heeft niet de tabellen van kvob, of deze gebruiker mag er niet bij ({reason}). "
        "Laat de beheerder van de server de SQL uitvoeren die 'kvob store schema --print' toont, "
        "en voor rechten die van 'kvob store schema --roles', of verbeter het schema in het adres."
    )
    en: ClassVar[str] = (
        "{store} does not have the tables of kvob, or this user has no access ({reason}). "
        "Have the keeper of the server run the SQL that 'kvob store schema --print' shows, and "
        "for rights that of 'kvob store schema --roles', or correct the schema in the address."
    )
