"""What do the screens call each event? One title per event class, in Dutch and English."""

from collections.abc import Mapping
from types import MappingProxyType

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import (
    AuditRecorded,
    AuditRequested,
    AwardRefused,
    CertificateAwarded,
    CertificatePresented,
    CovenantSigned,
    FindingClosed,
)
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import (
    CertificateExpired,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
    NoticeGiven,
)
from kvob_domain.estate.events.documents import DocumentRegistered
from kvob_domain.estate.events.identity import (
    EstateRegistered,
    EstateRenamed,
    EstateTransferred,
    GroupJoined,
    MembersLinked,
    PartySucceeded,
    ScopeChanged,
)
from kvob_domain.estate.events.oversight import (
    ActApproved,
    ActDeclined,
    ActProposed,
    EditionMigrated,
    MigrationReverted,
    PersonErased,
    RequirementWaived,
)
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    FiguresRecorded,
    IntentDeclared,
    MeasureUpdated,
    PlanAdopted,
    SurveyRecorded,
    TrajectoryEnded,
    TrajectoryStarted,
    WalkRoundRecorded,
)
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.words import Text

EVENT_WORDS: Mapping[type[AnyEvent], Text] = MappingProxyType(
    {
        EstateRegistered: Text("Aangemeld", "Registered"),
        MembersLinked: Text("Terreinen aan groep gekoppeld", "Estates linked to the group"),
        GroupJoined: Text("Aan groep gekoppeld", "Linked to a group"),
        EstateRenamed: Text("Hernoemd", "Renamed"),
        ScopeChanged: Text("Gebied gewijzigd", "Scope changed"),
        PartySucceeded: Text("Partij opgevolgd", "Party succeeded"),
        EstateTransferred: Text("Overgedragen", "Transferred to another certification body"),
        TrajectoryStarted: Text("Traject gestart", "Trajectory started"),
        IntentDeclared: Text("Intentieverklaring ondertekend", "Intent declared"),
        SurveyRecorded: Text("Enquête vastgelegd", "Survey recorded"),
        WalkRoundRecorded: Text("Schouw vastgelegd", "Walk-round recorded"),
        FiguresRecorded: Text("Incidentcijfers vastgelegd", "Incident figures recorded"),
        AnalysisAdopted: Text("Analyse vastgesteld", "Safety analysis adopted"),
        PlanAdopted: Text("Plan vastgesteld", "Action plan adopted"),
        MeasureUpdated: Text("Maatregel bijgewerkt", "Measure updated"),
        TrajectoryEnded: Text("Beëindigd", "Trajectory ended"),
        CovenantSigned: Text("Convenant ondertekend", "Covenant signed"),
        AuditRequested: Text("Audit aangevraagd", "Audit requested"),
        AuditRecorded: Text("Audit vastgelegd", "Audit recorded"),
        FindingClosed: Text("Tekortkoming afgesloten", "Finding closed"),
        CertificateAwarded: Text("Toegekend", "Certificate awarded"),
        AwardRefused: Text("Toekenning geweigerd", "Award refused"),
        CertificatePresented: Text("Uitgereikt", "Certificate presented"),
        YearEvaluated: Text("Jaarevaluatie vastgelegd", "Year evaluated"),
        TermEvaluated: Text("Eindevaluatie vastgesteld", "Term evaluated"),
        CertificateSuspended: Text("Geschorst", "Certificate suspended"),
        CertificateRestored: Text("Schorsing opgeheven", "Certificate restored"),
        CertificateWithdrawn: Text("Ingetrokken", "Certificate withdrawn"),
        ActProposed: Text("Voorgesteld, wacht op akkoord", "Proposed, waits for approval"),
        ActApproved: Text("Akkoord gegeven", "Approved"),
        ActDeclined: Text("Akkoord geweigerd", "Declined"),
        RequirementWaived: Text("Ontheffing verleend", "Requirement waived"),
        EditionMigrated: Text("Schemaversie gewijzigd", "Scheme edition changed"),
        MigrationReverted: Text("Schemaversie teruggezet", "Scheme edition reverted"),
        PersonErased: Text("Persoon gewist", "Person erased"),
        NoticeGiven: Text("Kennisgeving gedaan", "Notice given"),
        CertificateExpired: Text("Certificaat verlopen", "Certificate expired"),
        DeadlineExtended: Text("Termijn verlengd", "Deadline extended"),
        DeadlineReplanned: Text("Termijn verzet", "Deadline replanned"),
        DeadlineWaived: Text("Van termijn ontheven", "Deadline waived"),
        PastFactRecorded: Text("Feit uit het verleden vastgelegd", "Past fact recorded"),
        ProvenanceAdded: Text("Bron toegevoegd", "Source added"),
        RemarkRecorded: Text("Opmerking vastgelegd", "Remark recorded"),
        EventCorrected: Text("Gecorrigeerd", "Corrected"),
        DocumentRegistered: Text("Bewijsstuk vastgelegd", "Document registered"),
    }
)
