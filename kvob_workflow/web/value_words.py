"""What do the screens call a value of an agreement? Codes that the domain has no words for."""

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
    from collections.abc import Mapping

VALUE_WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "kind": {
        EstateKind.ESTATE: Text("Bedrijventerrein", "Business estate"),
        EstateKind.GROUP: Text("Groep terreinen", "Group of estates"),
        EstateKind.OTHER_AREA: Text("Ander gebied", "Other area"),
    },
    "progress": {
        Progress.PLANNED: Text("gepland", "planned"),
        Progress.STARTED: Text("begonnen", "started"),
        Progress.DONE: Text("uitgevoerd", "done"),
        Progress.DROPPED: Text("vervallen", "dropped"),
    },
    "tag": {
        MeasureTag.CLEAN: Text("schoon", "clean"),
        MeasureTag.INTACT: Text("heel", "intact"),
        MeasureTag.SAFE: Text("veilig", "safe"),
    },
    "subject": {
        AgreementSubject.MEETINGS: Text("Overleg", "Meetings"),
        AgreementSubject.SUPERVISION: Text("Toezicht", "Supervision"),
        AgreementSubject.LIGHTING: Text("Verlichting", "Lighting"),
        AgreementSubject.CAMERAS: Text("Camera's", "Cameras"),
        AgreementSubject.PUBLIC_SPACE: Text("Openbare ruimte", "Public space"),
        AgreementSubject.OTHER: Text("Overig", "Other"),
    },
    "audit": {
        AuditOutcome.POSITIVE: Text("positief advies", "positive advice"),
        AuditOutcome.NEGATIVE: Text("negatief advies", "negative advice"),
    },
    "end_reason": {
        EndReason.BY_CHOICE: Text("op eigen keuze", "by choice"),
        EndReason.BY_NEGLECT: Text("door nalaten", "by neglect"),
        EndReason.MERGED: Text("samengevoegd", "merged"),
        EndReason.OTHER: Text("andere reden", "other reason"),
    },
    "fact": {
        FactKind.KICKOFF: Text("Traject gestart", "Trajectory started"),
        FactKind.INTENT_DECLARATION: Text("Intentieverklaring ondertekend", "Intent declared"),
        FactKind.INVENTORY: Text("Veiligheidsanalyse gemaakt", "Safety analysis made"),
        FactKind.ACTION_PLAN: Text("Plan van aanpak vastgesteld", "Action plan adopted"),
        FactKind.COVENANT: Text("Convenant ondertekend", "Covenant signed"),
        FactKind.AUDIT: Text("Audit gehouden", "Audit held"),
        FactKind.AWARD: Text("Certificaat toegekend", "Certificate awarded"),
        FactKind.EVALUATION: Text("Evaluatie gehouden", "Evaluation held"),
        FactKind.RECERTIFICATION: Text("Gehercertificeerd", "Certificate renewed"),
        FactKind.EXPIRY: Text("Laatste geldige dag", "Last valid day"),
    },
    "severity": {
        FindingSeverity.MINOR: Text("klein", "minor"),
        FindingSeverity.MAJOR: Text("groot", "major"),
    },
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
