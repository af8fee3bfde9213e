"""What does an erasure leave behind, and until when? The report of who was erased and what remains.

Source: AVG/GDPR art. 17(1) for the grounds, art. 17(3) for the exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.ids import EstateId, PersonId
from kvob_domain.words import Text

if TYPE_CHECKING:
    from kvob_workflow.store import Scrubbed

ERASED_MARK: Final = "erasures"
"""The mark of the store that counts the lines of the ledger that it has taken in."""
KEYS_MARK: Final = "keys"
"""The mark of the store that its key file bears as well."""
BACKUP_DAYS: Final = 30
"""For how many days backups of the key file are kept, unless somebody says otherwise."""


class ErasureException(StrEnum):
    """Why a request is declined. Source: AVG/GDPR art. 17(3)(a)-(e), and no ground at all."""

    EXPRESSION = "expression"
    LEGAL_OBLIGATION = "legal-obligation"
    PUBLIC_HEALTH = "public-health"
    ARCHIVING = "archiving"
    LEGAL_CLAIMS = "legal-claims"
    NO_GROUND = "no-ground"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _EXCEPTION_WORDS[self]


_EXCEPTION_WORDS: dict[ErasureException, Text] = {
    ErasureException.EXPRESSION: Text("vrijheid van meningsuiting", "freedom of expression"),
    ErasureException.LEGAL_OBLIGATION: Text("wettelijke verplichting", "legal obligation"),
    ErasureException.PUBLIC_HEALTH: Text("volksgezondheid", "public health"),
    ErasureException.ARCHIVING: Text("archivering in het algemeen belang", "archiving"),
    ErasureException.LEGAL_CLAIMS: Text("rechtsvordering", "legal claims"),
    ErasureException.NO_GROUND: Text("geen grond om te wissen", "no ground to erase"),
}


class FreeText(NamedTuple):
    """Free text in an event that mentions the person; somebody should read it."""

    estate: EstateId
    version: int
    field: str


class Remain(NamedTuple):
    """What remains where; `until` is its day of disappearance where that is known."""

    where: Text
    what: Text
    until: date | None


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """Who was erased, which estates say so, and how many keys were destroyed."""

    person: PersonId
    estates: tuple[EstateId, ...]
    keys_destroyed: int


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What an erasure did, and what it cannot reach."""

    erased: tuple[ErasedPerson, ...]
    free_texts: tuple[FreeText, ...]
    remains: tuple[Remain, ...]


@dataclass(frozen=True, slots=True)
class ScrubReport:
    """What a clean-up did, and what it cannot reach. `keys_rewritten` is False without keys."""

    store: Scrubbed
    keys_rewritten: bool
    remains: tuple[Remain, ...]


_EXPORTS: Final = Remain(
    Text("uitvoer en verzonden post", "exports and sent mail"),
    Text(
        "wat eerder is uitgevoerd, geprint of verstuurd, staat buiten kvob",
        "what was exported, printed or sent before is outside kvob",
    ),
    None,
)
_DOCUMENTS: Final = Remain(
    Text("bewijsstukken", "evidence documents"),
    Text("kunnen de naam bevatten; kvob leest ze niet", "may hold the name; kvob reads none"),
    None,
)
_DISK: Final = Remain(
    Text("vrije blokken van de schijf", "free blocks of the disk"),
    Text(
        "resten van verpakte sleutels; onbruikbaar na 'kvob store rotate-master-key' en het "
        "vernietigen van kopieën van de oude hoofdsleutel",
        "remnants of wrapped keys; useless after 'kvob store rotate-master-key' and the "
        "destruction of copies of the old master key",
    ),
    None,
)
_POSTGRES: Final = Remain(
    Text("PostgreSQL", "PostgreSQL"),
    Text(
        "deze opslag is SQLite; een kopie in PostgreSQL houdt oude rijen tot VACUUM en tot het "
        "WAL-archief is opgeschoond; zij zijn verzegeld",
        "this store is SQLite; a copy in PostgreSQL keeps old rows until VACUUM and until its "
        "WAL archive is pruned; they are sealed",
    ),
    None,
)


def remains(today: date, backup_days: int) -> tuple[Remain, ...]:
    """What is out of reach, whatever was erased."""
    backups = Remain(
        Text("reservekopieën van het sleutelbestand", "backups of the key file"),
        Text(
            f"openen de naam in een kopie van de opslag, als zij {backup_days} dagen blijven; na "
            "terugzetten wordt alles opnieuw gewist",
            f"open the name in a copy of the store, when they are kept for {backup_days} days; "
            "after a restore everything is erased again",
        ),
        today + timedelta(days=backup_days),
    )
    return (backups, _DISK, _POSTGRES, _DOCUMENTS, _EXPORTS)
