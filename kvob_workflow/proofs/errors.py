"""What can go wrong with proofs, and what must the reader do next?

KvobError (kvob_domain.errors)
├── Rejected
│   ├── LogShorter           the log has fewer leaves than a head that was told to others
│   ├── LogDiffers           the log has another root than a head that was told to others
│   ├── RowsDiffer           the rows that were read twice are not the same
│   ├── RowImpossible        a stored row has values that no event can have
│   └── WitnessRefuses       a checkpoint does not continue what the witness saw before
├── Conflict
│   └── LogNumberDiffers     the store is at another log than the key
├── NotFound
│   └── NotCovered           the event is not in the log yet
├── Unavailable
│   ├── LogBusy              another process or node sequences at this moment
│   ├── HeadsMissing         the file of heads beside the key is gone
│   └── KeyUnusable          the key file is missing, readable by others, or cannot be written
└── Invalid
    ├── NoteMalformed        not a signed note with a checkpoint
    ├── KeyMalformed         not a key
    ├── BundleMalformed      not a bundle for a witness
    ├── NoteUnsigned         no known key signed the note
    └── (kvob_workflow.proofs.unasked)   what a command must be told and was not

Of signatures of witnesses: `kvob_workflow.proofs.cosign_errors`.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound, Rejected, Unavailable

_RESTORE_NL = (
    " Is er een oudere reservekopie teruggezet, zet dan de nieuwste terug. Kan dat niet, begin "
    "dan een nieuw logboek met 'kvob log restart --reason ...'; de getuigen zien dat."
)
_RESTORE_EN = (
    " If an older backup was restored, restore the newest one. If that cannot be done, begin a "
    "new log with 'kvob log restart --reason ...'; the witnesses will see it."
)


@dataclass(eq=False)
class LogShorter(Rejected):
    """The store has fewer events than were signed before: an older copy, or a cut tail."""

    code: ClassVar[str] = "log-shorter"
    nl: ClassVar[str] = (
        "Het logboek {origin} heeft {size} regels, maar er is al voor {signed} getekend. "
        "Er is niets getekend." + _RESTORE_NL
    )
    en: ClassVar[str] = (
        "The log {origin} has {size} entries, but {signed} were signed for before. "
        "Nothing was signed." + _RESTORE_EN
    )
    origin: str
    size: int
    signed: int


@dataclass(eq=False)
class LogDiffers(Rejected):
    """The store tells another history than the one that was signed."""

    code: ClassVar[str] = "log-differs"
    nl: ClassVar[str] = (
        "De eerste {signed} regels van het logboek {origin} zijn niet die waarvoor getekend is. "
        "Er is niets getekend. 'kvob verify' zegt wat er anders is." + _RESTORE_NL
    )
    en: ClassVar[str] = (
        "The first {signed} entries of the log {origin} are not those that were signed for. "
        "Nothing was signed. 'kvob verify' says what differs." + _RESTORE_EN
    )
    origin: str
    signed: int


@dataclass(eq=False)
class RowsDiffer(Rejected):
    """What was hashed is not what stands in the store now."""

    code: ClassVar[str] = "rows-differ"
    nl: ClassVar[str] = (
        "De gebeurtenissen na positie {position} zijn gewijzigd terwijl ze in het logboek kwamen. "
        "Er is niets getekend. Zoek welk programma buiten kvob om in de opslag schrijft, en "
        "draai 'kvob verify'."
    )
    en: ClassVar[str] = (
        "The events after position {position} changed while they went into the log. "
        "Nothing was signed. Find the program that writes to the store by other means than kvob, "
        "and run 'kvob verify'."
    )
    position: int


@dataclass(eq=False)
class RowImpossible(Rejected):
    """A stored row has values that no event can have."""

    code: ClassVar[str] = "row-impossible"
    nl: ClassVar[str] = (
        "Op positie {position} staat iets dat geen gebeurtenis kan zijn. Er is niets getekend. "
        "Het bestand is buiten kvob om gewijzigd; draai 'kvob verify' en zet een kopie terug."
    )
    en: ClassVar[str] = (
        "What stands at position {position} cannot be an event. Nothing was signed. The file was "
        "changed by other means than kvob; run 'kvob verify' and restore a backup."
    )
    position: int


@dataclass(eq=False)
class WitnessRefuses(Rejected):
    """A checkpoint that the witness does not sign; `reason` says why."""

    code: ClassVar[str] = "witness-refuses"
    nl: ClassVar[str] = (
        "Niet getekend: {reason} Het laatste hoofd dat deze getuige zag, telt {seen} regels. "
        "Vraag de beheerder om uitleg, of om een bundel vanaf dat punt: "
        "'kvob log checkpoint --since {seen} --output BESTAND'."
    )
    en: ClassVar[str] = (
        "Not signed: {reason} The last head that this witness saw has {seen} entries. "
        "Ask the keeper of the store why, or for a bundle from there: "
        "'kvob log checkpoint --since {seen} --output FILE'."
    )
    reason: object
    seen: int


@dataclass(eq=False)
class LogNumberDiffers(Conflict):
    """A restart that was cut short, or the key of another store."""

    code: ClassVar[str] = "log-number-differs"
    nl: ClassVar[str] = (
        "De opslag is bij log-{store}, de sleutel is van {origin}. Er is niets getekend. Gebruik "
        "de sleutel van deze opslag. Is een herstart afgebroken, of een kopie van voor een "
        "herstart teruggezet, gebruik dan 'kvob log restart'."
    )
    en: ClassVar[str] = (
        "The store is at log-{store}, the key is that of {origin}. Nothing was signed. Use the "
        "key of this store. If a restart was cut short, or a copy from before a restart was "
        "restored, use 'kvob log restart'."
    )
    store: int
    origin: str


@dataclass(eq=False)
class NotCovered(NotFound):
    """An event that was recorded a moment ago, or does not exist."""

    code: ClassVar[str] = "not-covered"
    nl: ClassVar[str] = (
        "Gebeurtenis {version} van terrein {estate} staat nog niet in het logboek. "
        "Draai 'kvob log sequence' of 'kvob run' en vraag het opnieuw."
    )
    en: ClassVar[str] = (
        "Event {version} of estate {estate} is not in the log yet. "
        "Run 'kvob log sequence' or 'kvob run' and ask again."
    )
    estate: str
    version: int


@dataclass(eq=False)
class LogBusy(Unavailable):
    """One at a time, on all nodes together."""

    code: ClassVar[str] = "log-busy"
    nl: ClassVar[str] = (
        "Iemand anders werkt op dit moment aan het logboek {origin}. Er is niets gewijzigd; "
        "probeer het opnieuw."
    )
    en: ClassVar[str] = (
        "Somebody else works on the log {origin} at this moment. Nothing was changed; try again."
    )
    origin: str


@dataclass(eq=False)
class HeadsMissing(Unavailable):
    """Without its heads a sequencer cannot notice an older copy of the store."""

    code: ClassVar[str] = "heads-missing"
    nl: ClassVar[str] = (
        "Het bestand met hoofden {path} ontbreekt. Zonder dat blijft een oudere kopie van de "
        "opslag onopgemerkt, dus er is niets getekend. Zet het terug, of geef het laatste hoofd "
        "van een getuige: 'kvob log add-cosignature BESTAND'."
    )
    en: ClassVar[str] = (
        "The file of heads {path} is missing. Without it an older copy of the store would go "
        "unnoticed, so nothing was signed. Put it back, or give the last head of a witness: "
        "'kvob log add-cosignature FILE'."
    )
    path: str


@dataclass(eq=False)
class KeyUnusable(Unavailable):
    """The key file; `reason` is in the words of the system."""

    code: ClassVar[str] = "key-unusable"
    nl: ClassVar[str] = (
        "Het sleutelbestand {path} is niet bruikbaar: {reason}. Maak er een met "
        "'kvob log init', en laat alleen de eigenaar het lezen (chmod 600)."
    )
    en: ClassVar[str] = (
        "The key file {path} cannot be used: {reason}. Make one with 'kvob log init', and let "
        "its owner alone read it (chmod 600)."
    )
    path: str
    reason: str


@dataclass(eq=False)
class NoteMalformed(Invalid):
    """Not a signed note with a checkpoint; `reason` says where it ends to be one."""

    code: ClassVar[str] = "note-malformed"
    nl: ClassVar[str] = (
        "Dit is geen ondertekend hoofd van een logboek: {reason}. Vraag het bestand opnieuw op, "
        "en verander er niets aan."
    )
    en: ClassVar[str] = (
        "This is not a signed head of a log: {reason}. Ask for the file again, and change "
        "nothing in it."
    )
    reason: str


@dataclass(eq=False)
class KeyMalformed(Invalid):
    """Not a key in its text form."""

    code: ClassVar[str] = "key-malformed"
    nl: ClassVar[str] = (
        "Dit is geen sleutel: {reason}. Neem de hele regel over die 'kvob log init' of "
        "'kvob log show' gaf, of noem het bestand waarin hij staat."
    )
    en: ClassVar[str] = (
        "This is not a key: {reason}. Copy the whole line that 'kvob log init' or "
        "'kvob log show' gave, or name the file that holds it."
    )
    reason: str


@dataclass(eq=False)
class BundleMalformed(Invalid):
    """Not what `kvob log checkpoint` writes for a witness."""

    code: ClassVar[str] = "bundle-malformed"
    nl: ClassVar[str] = (
        "Dit is geen bundel voor een getuige: {reason}. Laat er een maken met "
        "'kvob log checkpoint --since GROOTTE --output BESTAND'."
    )
    en: ClassVar[str] = (
        "This is not a bundle for a witness: {reason}. Have one made with "
        "'kvob log checkpoint --since SIZE --output FILE'."
    )
    reason: str


@dataclass(eq=False)
class NoteUnsigned(Invalid):
    """A head that none of the known keys signed, or that one of them signed wrongly."""

    code: ClassVar[str] = "note-unsigned"
    nl: ClassVar[str] = (
        "Het hoofd van {origin} is niet (goed) getekend door een van de sleutels die u gaf. "
        "Vertrouw het niet; vraag de sleutel langs een andere weg op en geef hem met --key."
    )
    en: ClassVar[str] = (
        "The head of {origin} is not (rightly) signed by one of the keys that you gave. Do not "
        "trust it; ask for the key by another way and give it with --key."
    )
    origin: str
