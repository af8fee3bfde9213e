"""The life of the Dutch safe-business mark (KVO-B) as an event-sourced engine.

    from kvob_workflow import Engine, RegisterEstate

    with Engine.open("sqlite:///kvob.db") as engine:
        engine.do(RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",)))

Everything a host needs is here; `kvob_workflow.testing` has what its tests need. Importing this
package imports no web framework, no command line and no database server's client.
"""

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import Conflict, Invalid, KvobError, NotFound, Rejected, Unavailable
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    CloseFinding,
    PresentCertificate,
    RecordAudit,
    RefuseAward,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.identity import (
    ChangeScope,
    LinkMembers,
    RegisterEstate,
    RegisterGroup,
    RenameEstate,
    SucceedParty,
    TransferEstate,
)
from kvob_domain.estate.commands.oversight import (
    ApproveAct,
    DeclineAct,
    MigrateEdition,
    RevertMigration,
    WaiveRequirement,
)
from kvob_domain.estate.commands.past import RecordPastFact, RecordRemark
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    AdoptPlan,
    DeclareIntent,
    EndTrajectory,
    RecordFigures,
    RecordSurvey,
    RecordWalkRound,
    StartTrajectory,
    UpdateMeasure,
)
from kvob_domain.estate.commands.standing import (
    EvaluateTerm,
    EvaluateYear,
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import (
    Agreement,
    AgreementSubject,
    AuditFinding,
    AuditOutcome,
    DateBasis,
    EndReason,
    EstateKind,
    FactKind,
    Figures,
    FindingSeverity,
    Goal,
    Measure,
    MeasureTag,
    PastFact,
    Progress,
    Provenance,
)
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import Party, PartyRole, Signatory
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.deadlines import DueQuery, DueRow
from kvob_projections.measures import MeasureQuery, MeasureRow
from kvob_projections.paging import Page
from kvob_projections.register import RegisterQuery, RegisterRow
from kvob_workflow.clock import Clock
from kvob_workflow.engine import (
    CertificateLine,
    Engine,
    FactItem,
    FactOutcome,
    HistoryEntry,
    MigrationLine,
    Outcome,
    Overview,
    Remark,
)

__all__ = [
    "Actor",
    "AdoptAnalysis",
    "AdoptPlan",
    "Agreement",
    "AgreementSubject",
    "ApproveAct",
    "AuditFinding",
    "AuditOutcome",
    "AwardCertificate",
    "BoardQuery",
    "BoardRow",
    "CertificateLine",
    "ChangeScope",
    "Clock",
    "CloseFinding",
    "Command",
    "Conflict",
    "DateBasis",
    "DeclareIntent",
    "DeclineAct",
    "DueQuery",
    "DueRow",
    "EndReason",
    "EndTrajectory",
    "Engine",
    "EstateId",
    "EstateKind",
    "EvaluateTerm",
    "EvaluateYear",
    "FactItem",
    "FactKind",
    "FactOutcome",
    "Figures",
    "FindingSeverity",
    "Goal",
    "HistoryEntry",
    "Invalid",
    "KvobError",
    "LinkMembers",
    "Measure",
    "MeasureQuery",
    "MeasureRow",
    "MeasureTag",
    "MigrateEdition",
    "MigrationLine",
    "NotFound",
    "Outcome",
    "Overview",
    "Page",
    "PartialDate",
    "Party",
    "PartyRole",
    "PastFact",
    "PersonId",
    "PresentCertificate",
    "Progress",
    "Provenance",
    "RecordAudit",
    "RecordFigures",
    "RecordPastFact",
    "RecordRemark",
    "RecordSurvey",
    "RecordWalkRound",
    "RefuseAward",
    "RegisterEstate",
    "RegisterGroup",
    "RegisterQuery",
    "RegisterRow",
    "Rejected",
    "Remark",
    "RenameEstate",
    "RequestAudit",
    "RequirementCode",
    "RestoreCertificate",
    "RevertMigration",
    "Role",
    "SignCovenant",
    "Signatory",
    "StartTrajectory",
    "Status",
    "Step",
    "SucceedParty",
    "SuspendCertificate",
    "TransferEstate",
    "Unavailable",
    "UpdateMeasure",
    "WaiveRequirement",
    "WithdrawCertificate",
]
