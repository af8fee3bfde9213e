"""Why is a server, or the way to it, not taken as it is? Told when a store is opened.

The tree that these belong to: `kvob_workflow.store.faults`.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store.faults import StoreClosed


@dataclass(eq=False)
class StoreFunctionsOn(StoreUnavailable):
    """The library's database functions take no lock: whoever follows the events misses some."""

    code: ClassVar[str] = "store-functions-on"
    nl: ClassVar[str] = (
        "De databasefuncties van de bibliotheek eventsourcing staan aan ({reason}); daarmee mist "
        "wie {store} volgt gebeurtenissen. Haal de instelling weg en start opnieuw."
    )
    en: ClassVar[str] = (
        "The database functions of the eventsourcing library are on ({reason}); with them, "
        "whoever follows {store} misses events. Remove the setting and start again."
    )


@dataclass(eq=False)
class StoreServerTooOld(StoreUnavailable):
    """The server is of a release that kvob is not tested with."""

    code: ClassVar[str] = "store-server-too-old"
    nl: ClassVar[str] = (
        "{store} draait PostgreSQL {reason}; kvob vraagt 15 of nieuwer. Vraag de beheerder van de "
        "server om een nieuwere versie."
    )
    en: ClassVar[str] = (
        "{store} runs PostgreSQL {reason}; kvob takes 15 or newer. Ask the keeper of the server "
        "for a newer release."
    )


@dataclass(eq=False)
class StoreSettingsIgnored(StoreUnavailable):
    """A pooler leaves out what is set for a connection: time-outs, and where our tables are."""

    code: ClassVar[str] = "store-settings-ignored"
    nl: ClassVar[str] = (
        "{store} laat weg wat kvob per verbinding instelt ({reason}). Er staat een pooler tussen. "
        "Verbind rechtstreeks, of laat de pooler verbindingen per sessie geven (geen transaction "
        "pooling) en de opstartopties doorgeven."
    )
    en: ClassVar[str] = (
        "{store} leaves out what kvob sets for a connection ({reason}). A pooler stands in "
        "between. Connect directly, or have the pooler give connections by session (no transaction "
        "pooling) and pass the options at start."
    )


@dataclass(eq=False)
class StoreConnectionsTooMany(StoreUnavailable):
    """All connections together are more than the server gives to this user."""

    code: ClassVar[str] = "store-connections-too-many"
    nl: ClassVar[str] = (
        "Dit programma kan meer verbindingen openen dan {store} geeft ({reason}). Verlaag "
        "KVOB_POOL_WRITERS of KVOB_POOL_READERS, of laat de server er meer geven."
    )
    en: ClassVar[str] = (
        "This program may open more connections than {store} gives ({reason}). Lower "
        "KVOB_POOL_WRITERS or KVOB_POOL_READERS, or have the server give more."
    )


@dataclass(eq=False)
class StorePoolElsewhere(StoreUnavailable):
    """The pool of the host leads to another server or database than the address."""

    code: ClassVar[str] = "store-pool-elsewhere"
    nl: ClassVar[str] = (
        "De pool die is meegegeven leidt naar een andere database ({reason}) dan {store}. Geef het "
        "adres en de pool van dezelfde database."
    )
    en: ClassVar[str] = (
        "The pool that was given leads to another database ({reason}) than {store}. Give the "
        "address and the pool of the same database."
    )


@dataclass(eq=False)
class StorePoolClosed(StoreClosed):
    """The pool of the host gives no connections: not yet, or no more."""

    code: ClassVar[str] = "store-pool-closed"
    nl: ClassVar[str] = (
        "De pool die voor {store} is meegegeven staat niet open ({reason}). Open de pool voordat "
        "de opslag wordt geopend, en sluit haar pas daarna."
    )
    en: ClassVar[str] = (
        "The pool that was given for {store} is not open ({reason}). Open the pool before the "
        "store is opened, and close it only afterwards."
    )


@dataclass(eq=False)
class StoreOwnerNeeded(StoreUnavailable):
    """The server lets only the owner of a table rewrite it."""

    code: ClassVar[str] = "store-owner-needed"
    nl: ClassVar[str] = (
        "Alleen de eigenaar van de tabellen in {store} kan dit ({reason} is van een ander). Er is "
        "niets gewijzigd; herhaal het met het adres van de eigenaar."
    )
    en: ClassVar[str] = (
        "Only the owner of the tables in {store} can do this ({reason} is somebody else's). "
        "Nothing was changed; repeat it with the address of the owner."
    )


@dataclass(eq=False)
class StoreUpgradeNeeded(StoreOwnerNeeded):
    """This release has tables that only their owner can bring up to date."""

    code: ClassVar[str] = "store-upgrade-needed"
    nl: ClassVar[str] = (
        "De tabellen in {store} zijn van een oudere versie van kvob, en deze gebruiker mag ze niet "
        "wijzigen ({reason}). Laat hun eigenaar de opslag een keer openen met deze versie, bij "
        "voorbeeld met 'kvob doctor', daarna de SQL uitvoeren die 'kvob store schema --roles' "
        "toont, en start opnieuw."
    )
    en: ClassVar[str] = (
        "The tables in {store} are of an older release of kvob, and this user may not change them "
        "({reason}). Have their owner open the store once with this release, for instance by "
        "'kvob doctor', then run the SQL that 'kvob store schema --roles' shows, and start again."
    )


@dataclass(eq=False)
class StoreViewsDepend(StoreUnavailable):
    """Somebody's SQL view stands on one of our tables, and would go on showing the old one."""

    code: ClassVar[str] = "store-views-depend"
    nl: ClassVar[str] = (
        "Op een tabel in {store} die vervangen wordt, staat een SQL-view van een ander ({reason}). "
        "Die zou de oude tabel blijven tonen. Verwijder hem, herhaal de opdracht en maak hem dan "
        "opnieuw."
    )
    en: ClassVar[str] = (
        "On a table in {store} that is to be replaced stands somebody's SQL view ({reason}). It "
        "would go on showing the old table. Drop it, repeat the command, and make it anew then."
    )
