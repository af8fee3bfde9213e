"""Why can the keys not be used? One class per cause; nothing was lost by any of them.

KeysUnavailable (Unavailable)
├── KeysNotMade        nobody made a key file for this store yet
│   └── KeyFileUnnamed nobody says where: a server or memory has none beside it
├── KeyFileMissing     there was one, and it is not in its place
├── KeyFileExists      there is one already
├── KeyFileDamaged     cut short, overwritten, or no key file
├── KeysOfOtherStore   the key file of another store
├── MasterKeyMissing   the master key is not in its place
├── MasterKeyMalformed it does not have its form
├── MasterKeyWrong     it is the master key of another key file
├── LedgerShortened    erasures are missing from the ledger
└── KeyFileFailed      the disk or a lock failed
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Unavailable


@dataclass(eq=False)
class KeysUnavailable(Unavailable):
    """The keys cannot be used; nothing was changed. `path` is the file it is about."""

    code: ClassVar[str] = "keys-unavailable"
    path: str


@dataclass(eq=False)
class KeysNotMade(KeysUnavailable):
    """Names take keys."""

    code: ClassVar[str] = "keys-not-made"
    nl: ClassVar[str] = (
        "Voor namen is een sleutelbestand nodig, en {path} is er niet. Maak het met "
        "'kvob person init'; een ander bestand noemt u met KVOB_KEYS."
    )
    en: ClassVar[str] = (
        "Names take a key file, and {path} is not there. Make it with 'kvob person init'; "
        "name another file with KVOB_KEYS."
    )


@dataclass(eq=False)
class KeyFileUnnamed(KeysNotMade):
    """A store on a server or in memory has no place beside it; `path` is empty."""

    code: ClassVar[str] = "key-file-unnamed"
    nl: ClassVar[str] = (
        "Voor namen is een sleutelbestand nodig, en naast een opslag op een server of in het "
        "geheugen staat er geen. Zeg met KVOB_KEYS welk bestand het is, en maak het een keer met "
        "'kvob person init'."
    )
    en: ClassVar[str] = (
        "Names take a key file, and beside a store on a server or in memory there is none. Say "
        "with KVOB_KEYS which file it is, and make it once with 'kvob person init'."
    )
    path: str = ""


@dataclass(eq=False)
class KeyFileMissing(KeysUnavailable):
    """This store has a key file, and it is gone."""

    code: ClassVar[str] = "key-file-missing"
    nl: ClassVar[str] = (
        "Het sleutelbestand {path} van deze opslag is er niet. Zet het terug uit een reservekopie, "
        "of wijs het aan met KVOB_KEYS. Maak geen nieuw: dan blijven namen onleesbaar."
    )
    en: ClassVar[str] = (
        "The key file {path} of this store is not there. Restore it from a backup, or point to "
        "it with KVOB_KEYS. Do not make a new one: names would stay unreadable."
    )


@dataclass(eq=False)
class KeyFileExists(KeysUnavailable):
    """A key file is never overwritten."""

    code: ClassVar[str] = "key-file-exists"
    nl: ClassVar[str] = "{path} bestaat al en is niet aangeraakt. Er is niets te maken."
    en: ClassVar[str] = "{path} exists already and was left untouched. There is nothing to make."


@dataclass(eq=False)
class KeyFileDamaged(KeysUnavailable):
    """The key file contradicts itself, was cut short, or is another file."""

    code: ClassVar[str] = "key-file-damaged"
    nl: ClassVar[str] = (
        "{path} is beschadigd of geen sleutelbestand ({reason}); het is niet aangeraakt. Zet een "
        "reservekopie terug; wat sindsdien gewist is, wordt dan opnieuw gewist."
    )
    en: ClassVar[str] = (
        "{path} is damaged or no key file ({reason}); it was left untouched. Restore a backup; "
        "what was erased since is then erased again."
    )
    reason: str


@dataclass(eq=False)
class KeysOfOtherStore(KeysUnavailable):
    """Every key file belongs to one store."""

    code: ClassVar[str] = "keys-of-other-store"
    nl: ClassVar[str] = (
        "{path} is het sleutelbestand van een andere opslag. Wijs het goede aan met KVOB_KEYS."
    )
    en: ClassVar[str] = (
        "{path} is the key file of another store. Point to the right one with KVOB_KEYS."
    )


@dataclass(eq=False)
class MasterKeyMissing(KeysUnavailable):
    """The key file is wrapped by a master key."""

    code: ClassVar[str] = "master-key-missing"
    nl: ClassVar[str] = (
        "De hoofdsleutel {path} is er niet. Zet hem terug, of wijs hem aan met KVOB_MASTER_KEY."
    )
    en: ClassVar[str] = (
        "The master key {path} is not there. Restore it, or point to it with KVOB_MASTER_KEY."
    )


@dataclass(eq=False)
class MasterKeyMalformed(KeysUnavailable):
    """A master key is 64 hexadecimal digits."""

    code: ClassVar[str] = "master-key-malformed"
    nl: ClassVar[str] = (
        "{path} is geen hoofdsleutel (64 tekens 0-9 en a-f op één regel). Zet de goede terug."
    )
    en: ClassVar[str] = (
        "{path} is no master key (64 characters 0-9 and a-f on one line). Restore the right one."
    )


@dataclass(eq=False)
class MasterKeyWrong(KeysUnavailable):
    """The master key does not belong to the key file."""

    code: ClassVar[str] = "master-key-wrong"
    nl: ClassVar[str] = (
        "De hoofdsleutel {path} hoort niet bij dit sleutelbestand (dat vraagt {asked}). Wijs de "
        "goede aan met KVOB_MASTER_KEY; er is niets gewijzigd."
    )
    en: ClassVar[str] = (
        "The master key {path} does not belong to this key file (which asks for {asked}). Point "
        "to the right one with KVOB_MASTER_KEY; nothing was changed."
    )
    asked: str


@dataclass(eq=False)
class LedgerShortened(KeysUnavailable):
    """What was erased must be erased again after a restore, so its list must be whole."""

    code: ClassVar[str] = "ledger-shortened"
    nl: ClassVar[str] = (
        "De lijst van wissingen {path} is beschadigd of telt {found} regels; er zijn er al "
        "{applied} toegepast. Zet de nieuwste lijst terug: zonder haar keert gewist terug."
    )
    en: ClassVar[str] = (
        "The ledger of erasures {path} is damaged or has {found} lines, and {applied} were "
        "applied already. Restore the newest ledger: without it what was erased comes back."
    )
    found: int
    applied: int


@dataclass(eq=False)
class KeyFileFailed(KeysUnavailable):
    """The system does not let the file be used; `reason` is in its words."""

    code: ClassVar[str] = "key-file-failed"
    nl: ClassVar[str] = (
        "{path} kan nu niet worden gebruikt ({reason}). Er is niets gewijzigd; probeer het opnieuw."
    )
    en: ClassVar[str] = "{path} cannot be used now ({reason}). Nothing was changed; try again."
    reason: str
