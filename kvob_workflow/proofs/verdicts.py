"""What can a verification find, and what does each finding leave of the verdict? In both languages.

Read next: `findings`, which fills in the places.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvob_domain.words import Text


class Verdict(StrEnum):
    """What was proven; the worst one holds."""

    CHANGED = "changed"
    CANNOT_TELL = "cannot-tell"
    NOT_COVERED = "not-covered"
    PROVEN = "proven"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _VERDICTS[self][0]

    @property
    def advice(self) -> Text:
        """What to do next."""
        return _VERDICTS[self][1]


_VERDICTS: Final[dict[Verdict, tuple[Text, Text]]] = {
    Verdict.CHANGED: (
        Text("gewijzigd", "changed"),
        Text(
            "Bewaar dit bestand zoals het is, schrijf er niet meer in, en vergelijk het met een "
            "reservekopie. Zet de nieuwste goede kopie terug en begin met 'kvob log restart' een "
            "nieuw logboek als er getekende gebeurtenissen ontbreken.",
            "Keep this file as it is, write to it no more, and compare it with a backup. Restore "
            "the newest good copy, and begin a new log with 'kvob log restart' when events are "
            "missing that were signed for.",
        ),
    ),
    Verdict.CANNOT_TELL: (
        Text("niet te zeggen", "cannot tell"),
        Text(
            "Geef met --key de openbare sleutel van het logboek en met --heads het laatste hoofd "
            "dat een getuige bewaart. Vraag beide niet aan wie de opslag beheert.",
            "Give the public key of the log with --key and the last head that a witness keeps "
            "with --heads. Ask neither of whoever keeps the store.",
        ),
    ),
    Verdict.NOT_COVERED: (
        Text("nog niet alles gedekt", "not all covered yet"),
        Text(
            "Draai 'kvob log sequence' of 'kvob run', en daarna dit opnieuw. Zijn ze ouder dan "
            "vijf seconden terwijl 'kvob run' loopt, zoek dan uit wie ze schreef.",
            "Run 'kvob log sequence' or 'kvob run', then this again. If they are older than five "
            "seconds while 'kvob run' runs, find out who wrote them.",
        ),
    ),
    Verdict.PROVEN: (
        Text("bewezen", "proven"),
        Text("Er is niets te doen.", "There is nothing to do."),
    ),
}


class Kind(StrEnum):
    """What was found."""

    EVENT_CHANGED = "event-changed"
    EVENT_INSERTED = "event-inserted"
    EVENT_MISSING = "event-missing"
    EVENTS_REORDERED = "events-reordered"
    VERSION_MISSING = "version-missing"
    ROW_IMPOSSIBLE = "row-impossible"
    LOG_SHORTER = "log-shorter"
    LOG_DIFFERS = "log-differs"
    EVENTS_LOST = "events-lost"
    TILES_DIFFER = "tiles-differ"
    STATE_DIFFERS = "state-differs"
    RUNS_DIFFER = "runs-differ"
    OPENING_DIFFERS = "opening-differs"
    CHECKPOINT_UNSIGNED = "checkpoint-unsigned"
    CHECKPOINT_MISSING = "checkpoint-missing"
    STORE_UNREADABLE = "store-unreadable"
    HEAD_BADLY_SIGNED = "head-badly-signed"
    HEAD_UNKNOWN = "head-unknown"
    KEY_OF_OLDER_LOG = "key-of-older-log"
    NO_HEAD = "no-head"
    NO_KEY = "no-key"

    @property
    def words(self) -> Text:
        """A sentence that may name estate, version, leaf, position and a number."""
        return _KINDS[self][1]

    @property
    def verdict(self) -> Verdict:
        """The best verdict that such a finding leaves."""
        return _KINDS[self][0]


_CHANGED, _CANNOT = Verdict.CHANGED, Verdict.CANNOT_TELL
_KINDS: Final[dict[Kind, tuple[Verdict, Text]]] = {
    Kind.EVENT_CHANGED: (
        _CHANGED,
        Text(
            "Terrein {estate}, gebeurtenis {version}: anders dan wat getekend is (regel {leaf}).",
            "Estate {estate}, event {version}: not what was signed for (entry {leaf}).",
        ),
    ),
    Kind.EVENT_INSERTED: (
        _CHANGED,
        Text(
            "Terrein {estate}, gebeurtenis {version}: ertussen gezet, er is nooit voor getekend.",
            "Estate {estate}, event {version}: put in between; it was never signed for.",
        ),
    ),
    Kind.EVENT_MISSING: (
        _CHANGED,
        Text(
            "Regel {leaf} ontbreekt (positie {position}): een getekende gebeurtenis is weg.",
            "Entry {leaf} is missing (position {position}): an event that was signed for is gone.",
        ),
    ),
    Kind.EVENTS_REORDERED: (
        _CHANGED,
        Text(
            "De gebeurtenissen staan in een andere volgorde, vanaf regel {leaf}: "
            "terrein {estate}, gebeurtenis {version}.",
            "The events stand in another order, from entry {leaf} on: "
            "estate {estate}, event {version}.",
        ),
    ),
    Kind.VERSION_MISSING: (
        _CHANGED,
        Text(
            "Terrein {estate} mist gebeurtenis {version}.",
            "Estate {estate} lacks event {version}.",
        ),
    ),
    Kind.ROW_IMPOSSIBLE: (
        _CHANGED,
        Text(
            "Op positie {position} staat iets dat geen gebeurtenis kan zijn.",
            "What stands at position {position} cannot be an event.",
        ),
    ),
    Kind.LOG_SHORTER: (
        _CHANGED,
        Text(
            "Er is getekend voor {size} regels; de opslag heeft er {number}. Het einde is "
            "afgeknipt, of dit is een oudere kopie.",
            "{size} entries were signed for; the store has {number}. The tail was cut off, or "
            "this is an older copy.",
        ),
    ),
    Kind.LOG_DIFFERS: (
        _CHANGED,
        Text(
            "De eerste {size} regels geven een andere wortel dan die waarvoor getekend is.",
            "The first {size} entries give another root than the one that was signed for.",
        ),
    ),
    Kind.EVENTS_LOST: (
        _CHANGED,
        Text(
            "Het logboek is opnieuw begonnen na regel {number}, maar het hoofd dat u gaf telt er "
            "{size}: wat ertussen zat, is weg. Vraag het eerste hoofd van het nieuwe logboek.",
            "The log was begun anew after entry {number}, but the head that you gave has {size}: "
            "what was between is gone. Ask for the first head of the new log.",
        ),
    ),
    Kind.TILES_DIFFER: (
        _CHANGED,
        Text(
            "De bewaarde hashes passen niet bij de gebeurtenissen, vanaf regel {leaf}.",
            "The stored hashes do not fit the events, from entry {leaf} on.",
        ),
    ),
    Kind.STATE_DIFFERS: (
        _CHANGED,
        Text(
            "Het logboek zegt {size} regels te hebben; dat past niet bij de opslag ({number}).",
            "The log claims {size} entries, which does not fit the store ({number}).",
        ),
    ),
    Kind.RUNS_DIFFER: (
        _CHANGED,
        Text(
            "De lijst van posities past niet bij de gebeurtenissen.",
            "The list of positions does not fit the events.",
        ),
    ),
    Kind.OPENING_DIFFERS: (
        _CHANGED,
        Text(
            "De eerste regel van het logboek noemt geen leesbaar hoofd van het vorige.",
            "The first entry of the log names no readable head of the one before it.",
        ),
    ),
    Kind.CHECKPOINT_UNSIGNED: (
        _CHANGED,
        Text(
            "Het bewaarde hoofd van {size} regels is niet getekend met een sleutel die u gaf.",
            "The stored head of {size} entries is not signed with a key that you gave.",
        ),
    ),
    Kind.CHECKPOINT_MISSING: (
        _CHANGED,
        Text(
            "De opslag heeft geen hoofd van {size} regels of meer, terwijl er een getekend is.",
            "The store has no head of {size} entries or more, though one was signed.",
        ),
    ),
    Kind.STORE_UNREADABLE: (
        _CHANGED,
        Text(
            "De opslag is niet te lezen zoals kvob haar schreef: {detail}.",
            "The store cannot be read as kvob wrote it: {detail}.",
        ),
    ),
    Kind.HEAD_BADLY_SIGNED: (
        _CANNOT,
        Text(
            "Het hoofd van {size} regels noemt uw sleutel, maar de handtekening klopt niet.",
            "The head of {size} entries names your key, but the signature is wrong.",
        ),
    ),
    Kind.HEAD_UNKNOWN: (
        _CANNOT,
        Text(
            "Het hoofd van {size} regels is van {detail}; daarvan gaf u geen sleutel.",
            "The head of {size} entries is that of {detail}; you gave no key for it.",
        ),
    ),
    Kind.KEY_OF_OLDER_LOG: (
        _CANNOT,
        Text(
            "De opslag is bij log-{number}; de sleutels en hoofden die u gaf, zijn van een ouder "
            "logboek.",
            "The store is at log-{number}; the keys and heads that you gave are those of an older "
            "log.",
        ),
    ),
    Kind.NO_HEAD: (
        _CANNOT,
        Text(
            "Er is geen hoofd van buiten de opslag gegeven: een oudere kopie ziet er net zo uit.",
            "No head from outside the store was given: an older copy would look the same.",
        ),
    ),
    Kind.NO_KEY: (
        _CANNOT,
        Text(
            "Er is geen openbare sleutel van een logboek gegeven.",
            "No public key of a log was given.",
        ),
    ),
}
