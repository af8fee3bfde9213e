"""What can be stuck, and why is it? The kinds of concern, explained in both languages.

A code is stable: programs rely on it. Read next: `concerns` (the rows), `stuck` (the list).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from kvob_domain.words import Text


class ConcernFamily(StrEnum):
    """What sort of trouble it is."""

    OVERDUE = "overdue"
    SILENT = "silent"
    CONTRADICTORY = "contradictory"
    ORPHANED = "orphaned"
    OPERATION = "operation"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _FAMILY_WORDS[self]


_FAMILY_WORDS: Final[Mapping[ConcernFamily, Text]] = {
    ConcernFamily.OVERDUE: Text("Over tijd", "Overdue"),
    ConcernFamily.SILENT: Text("Stil", "Silent"),
    ConcernFamily.CONTRADICTORY: Text("Tegenstrijdig", "Contradictory"),
    ConcernFamily.ORPHANED: Text("Verweesd", "Orphaned"),
    ConcernFamily.OPERATION: Text("Werking", "Operation"),
}


class ConcernKind(StrEnum):
    """The kinds of concern."""

    DEADLINE_OVERDUE = "deadline_overdue"
    MEASURE_OVERDUE = "measure_overdue"
    NOT_RENEWED = "not_renewed"
    SILENT = "silent"
    IRREGULARITY = "irregularity"
    ENDED_BUT_VALID = "ended_but_valid"
    WITHDRAWN_BUT_RUNNING = "withdrawn_but_running"
    NO_GUIDE = "no_guide"
    NO_BODY = "no_body"
    NO_OWNER = "no_owner"
    EMPTY_GROUP = "empty_group"
    GROUP_GONE = "group_gone"
    APPROVAL_WAITS = "approval_waits"
    NOTICE_HELD = "notice_held"
    ROWS_BEHIND = "rows_behind"
    PARKED = "parked"
    UNDELIVERED = "undelivered"
    FOLLOWER_FAILS = "follower_fails"

    @property
    def family(self) -> ConcernFamily:
        """What sort of trouble it is."""
        return _FAMILIES[self]

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _WORDS[self]

    @property
    def explanation(self) -> Text:
        """Why it is in the list, and since when it counts."""
        return _EXPLANATIONS[self]


_OVERDUE = (
    ConcernKind.DEADLINE_OVERDUE,
    ConcernKind.MEASURE_OVERDUE,
    ConcernKind.NOT_RENEWED,
)
_CONTRADICTORY = (
    ConcernKind.IRREGULARITY,
    ConcernKind.ENDED_BUT_VALID,
    ConcernKind.WITHDRAWN_BUT_RUNNING,
)
_ORPHANED = (
    ConcernKind.NO_GUIDE,
    ConcernKind.NO_BODY,
    ConcernKind.NO_OWNER,
    ConcernKind.EMPTY_GROUP,
    ConcernKind.GROUP_GONE,
    ConcernKind.APPROVAL_WAITS,
)
OPERATIONS: Final = (
    ConcernKind.NOTICE_HELD,
    ConcernKind.ROWS_BEHIND,
    ConcernKind.PARKED,
    ConcernKind.UNDELIVERED,
    ConcernKind.FOLLOWER_FAILS,
)
"""What is wrong with the running of the program, not with what is on record."""
_FAMILIES: Final[Mapping[ConcernKind, ConcernFamily]] = {
    **dict.fromkeys(_OVERDUE, ConcernFamily.OVERDUE),
    ConcernKind.SILENT: ConcernFamily.SILENT,
    **dict.fromkeys(_CONTRADICTORY, ConcernFamily.CONTRADICTORY),
    **dict.fromkeys(_ORPHANED, ConcernFamily.ORPHANED),
    **dict.fromkeys(OPERATIONS, ConcernFamily.OPERATION),
}
_WORDS: Final[Mapping[ConcernKind, Text]] = {
    ConcernKind.DEADLINE_OVERDUE: Text("Termijn verstreken", "Deadline passed"),
    ConcernKind.MEASURE_OVERDUE: Text("Maatregel over tijd", "Measure overdue"),
    ConcernKind.NOT_RENEWED: Text("Verlopen, niet hercertificeerd", "Expired, not renewed"),
    ConcernKind.SILENT: Text("Traject staat stil", "Trajectory stands still"),
    ConcernKind.IRREGULARITY: Text("Onregelmatigheid", "Irregularity"),
    ConcernKind.ENDED_BUT_VALID: Text("Beëindigd, certificaat geldig", "Ended, certificate valid"),
    ConcernKind.WITHDRAWN_BUT_RUNNING: Text("Ingetrokken, traject loopt", "Withdrawn, yet running"),
    ConcernKind.NO_GUIDE: Text("Geen procesbegeleider", "No process guide"),
    ConcernKind.NO_BODY: Text("Geen certificatie-instelling", "No certification body"),
    ConcernKind.NO_OWNER: Text("Niemand is aan zet", "Nobody owes the next step"),
    ConcernKind.EMPTY_GROUP: Text("Groep zonder terreinen", "Group without members"),
    ConcernKind.GROUP_GONE: Text("Groep is er niet", "Group is not there"),
    ConcernKind.APPROVAL_WAITS: Text("Wacht op tweede persoon", "Waits for a second person"),
    ConcernKind.NOTICE_HELD: Text("Kennisgeving blijft uit", "Notice not given"),
    ConcernKind.ROWS_BEHIND: Text("Overzicht loopt achter", "View is behind"),
    ConcernKind.PARKED: Text("Geparkeerd", "Parked"),
    ConcernKind.UNDELIVERED: Text("Bericht niet bezorgd", "Message not delivered"),
    ConcernKind.FOLLOWER_FAILS: Text("Volger mislukt", "Follower fails"),
}
_EXPLANATIONS: Final[Mapping[ConcernKind, Text]] = {
    ConcernKind.DEADLINE_OVERDUE: Text(
        "De termijn is voorbij en er kan nog iets aan worden gedaan. Sinds: de dag erna.",
        "The deadline has passed and something can still be done. Since: the day after it.",
    ),
    ConcernKind.MEASURE_OVERDUE: Text(
        "Een maatregel van het lopende plan is na zijn streefdatum nog gepland of begonnen. "
        "Sinds: de dag na de streefdatum.",
        "A measure of the running plan is still planned or started after its target date. Since: "
        "the day after that.",
    ),
    ConcernKind.NOT_RENEWED: Text(
        "Het certificaat is verlopen; er loopt geen hercertificering en niets is beëindigd. "
        "Sinds: de eerste dag dat het niet meer geldig was.",
        "The certificate has expired; no renewal runs and nothing was ended. Since: the first day "
        "no longer valid.",
    ),
    ConcernKind.SILENT: Text(
        "Er loopt een cyclus, en niemand deed iets in het gevraagde aantal dagen. "
        "Kennisgevingen, correcties, voorstellen en opmerkingen tellen niet. Sinds: de dag waarop "
        "voor het laatst iets gebeurde.",
        "A cycle runs, and nobody did anything for the number of days asked. Notices, "
        "corrections, proposals and remarks do not count. Since: the day on which something last "
        "happened.",
    ),
    ConcernKind.IRREGULARITY: Text(
        "De geschiedenis zoals bronnen die vertellen klopt niet met zichzelf, of heeft een gat. "
        "Een te late hercertificering is gewoon gebeurd en staat er niet bij. Sinds: de dag waarop "
        "het is vastgelegd.",
        "The history as sources tell it contradicts itself, or has a gap. A late renewal simply "
        "happened and is not listed. Since: the day on which it came on record.",
    ),
    ConcernKind.ENDED_BUT_VALID: Text(
        "Het traject is beëindigd en het certificaat loopt nog door. Sinds: de dag van het einde.",
        "The trajectory was ended and the certificate still runs on. Since: the day of the end.",
    ),
    ConcernKind.WITHDRAWN_BUT_RUNNING: Text(
        "Het certificaat is ingetrokken en het traject loopt nog. Sinds: de dag van intrekking.",
        "The certificate was withdrawn and the trajectory still runs. Since: the withdrawal.",
    ),
    ConcernKind.NO_GUIDE: Text(
        "Er loopt een traject dat hier begon, zonder procesbegeleider. Sinds: de huidige stap.",
        "A trajectory that began here runs without a process guide. Since: the present step.",
    ),
    ConcernKind.NO_BODY: Text(
        "De audit komt eraan en niemand weet door welke certificatie-instelling. Sinds: de huidige "
        "stap.",
        "The audit comes near and nobody knows by which certification body. Since: the present "
        "step.",
    ),
    ConcernKind.NO_OWNER: Text(
        "Wat het eerst ontbreekt komt van een partij die niet meedoet, of van een werkgroep zonder "
        "partijen. Sinds: de huidige stap.",
        "What is missing first is owed by a party that does not take part, or by a working group "
        "without parties. Since: the present step.",
    ),
    ConcernKind.EMPTY_GROUP: Text(
        "Van deze groep is niet bekend welke terreinen erbij horen. Sinds: de dag van vastleggen.",
        "Nobody said which estates belong to this group. Since: the day of its recording.",
    ),
    ConcernKind.GROUP_GONE: Text(
        "Het terrein hoort bij een groep die in deze opslag niet bestaat. Sinds: de dag van "
        "vastleggen van het terrein.",
        "The estate belongs to a group that is not in this store. Since: the day of the estate's "
        "recording.",
    ),
    ConcernKind.APPROVAL_WAITS: Text(
        "Een voorstel wacht op het akkoord van een tweede persoon. Sinds: de dag van het voorstel.",
        "A proposal waits for a second person. Since: the day of the proposal.",
    ),
    ConcernKind.NOTICE_HELD: Text(
        "Een kennisgeving had al een dag gegeven moeten zijn. Sinds: de dag van de termijn.",
        "A notice should have been given over a day ago. Since: the day of the deadline.",
    ),
    ConcernKind.ROWS_BEHIND: Text(
        "Een overzicht kon de regels van dit terrein niet opnemen.",
        "A view could not take the rows of this estate.",
    ),
    ConcernKind.PARKED: Text(
        "Een volger heeft dit terrein overgeslagen: de gebeurtenissen zijn onleesbaar, of de "
        "regels zijn geweigerd.",
        "A follower has left this estate out: its events cannot be read, or its rows were refused.",
    ),
    ConcernKind.UNDELIVERED: Text(
        "Een bericht is na alle pogingen niet bezorgd. Sinds: de dag waarop het werd gemaakt.",
        "A message was not delivered after every attempt. Since: the day on which it was made.",
    ),
    ConcernKind.FOLLOWER_FAILS: Text(
        "Een volger van een toepassing komt niet langs een gebeurtenis, en wat daarna kwam wacht. "
        "Sinds: de dag waarop hij voor het laatst vooruitging.",
        "An effect of a host does not get past an event, and what came after it waits. Since: the "
        "day on which it last went on.",
    ),
}
