"""What do the screens call a value that comes as a text? With the words of the code itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.requirement_codes import CERTIFICATION_BODY, WORKING_GROUP
from kvob_domain.estate.values import (
    AgreementSubject,
    AuditOutcome,
    EndReason,
    EstateKind,
    FactKind,
    FindingSeverity,
    MeasureTag,
    Progress,
)
from kvob_domain.parties import PARTY_WORDS
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.coded import Coded


def _words(codes: Iterable[Coded]) -> dict[str, Text]:
    return {one.value: one.words for one in codes}


def _capitals(codes: Iterable[Coded]) -> dict[str, Text]:
    """The same where they stand by themselves."""
    told = _words(codes).items()
    return {code: Text(*(one[:1].upper() + one[1:] for one in words)) for code, words in told}


VALUE_WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "kind": {
        EstateKind.ESTATE: Text("Bedrijventerrein", "Business estate"),
        EstateKind.GROUP: Text("Groep terreinen", "Group of estates"),
        EstateKind.OTHER_AREA: Text("Ander gebied", "Other area"),
    },
    "progress": _words(Progress),
    "tag": _words(MeasureTag),
    "subject": _capitals(AgreementSubject),
    "audit": _words(AuditOutcome),
    "end_reason": _words(EndReason),
    "fact": _capitals(FactKind),
    "severity": _words(FindingSeverity),
    "figure": {
        "burglaries": Text("Inbraken", "Burglaries"),
        "incidents": Text("Incidenten", "Incidents"),
        "damage_eur": Text("Schade in euro", "Damage in euro"),
        "safety_feeling": Text("Veiligheidsgevoel (0-10)", "Safety feeling (0-10)"),
    },
    "owed_by": {
        **{role.value: words for role, words in PARTY_WORDS.items()},
        WORKING_GROUP: Text("werkgroep", "working group"),
        CERTIFICATION_BODY: Text("certificatie-instelling", "certification body"),
    },
    "start_basis": {
        "stated": Text("begin zoals vermeld", "start as stated"),
        "decision": Text("begin op de dag van het besluit", "starts on the day of the decision"),
        "award": Text("begin op de dag van toekenning", "starts on the day of the award"),
        "old_expiry": Text("sluit aan op het vorige", "follows on the one before"),
        "unknown": Text("begin onbekend", "start unknown"),
    },
    "end_basis": {
        "computed": Text("einde volgens de schemaversie", "end by the scheme edition"),
        "stated": Text("einde zoals vermeld", "end as stated"),
        "expiry_fact": Text("einde volgens een bron", "end by a source"),
        "unknown": Text("einde onbekend", "end unknown"),
    },
}
