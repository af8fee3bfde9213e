"""Where does each public name live? Looked up when the name is first asked for."""

from typing import Final

_HOME: Final = {
    "kvob_domain.actor": "Actor Role",
    "kvob_domain.errors": "Conflict Forbidden Invalid KvobError NotFound Rejected Unavailable",
    "kvob_domain.estate.commands": "Command",
    "kvob_domain.estate.commands.certification": (
        "AwardCertificate CloseFinding PresentCertificate RecordAudit RefuseAward "
        "RequestAudit SignCovenant"
    ),
    "kvob_domain.estate.commands.corrections": "Correct",
    "kvob_domain.estate.commands.deadlines": (
        "ExtendDeadline GiveNotice ReplanDeadline WaiveDeadline"
    ),
    "kvob_domain.estate.commands.documents": "RegisterDocument",
    "kvob_domain.estate.commands.identity": (
        "ChangeScope LinkMembers RegisterEstate RegisterGroup RenameEstate SucceedParty "
        "TransferEstate"
    ),
    "kvob_domain.estate.commands.oversight": (
        "ApproveAct DeclineAct MigrateEdition RevertMigration WaiveRequirement"
    ),
    "kvob_domain.estate.commands.past": "RecordPastFact RecordRemark",
    "kvob_domain.estate.commands.preparation": (
        "AdoptAnalysis AdoptPlan DeclareIntent EndTrajectory RecordFigures RecordSurvey "
        "RecordWalkRound StartTrajectory UpdateMeasure"
    ),
    "kvob_domain.estate.commands.standing": (
        "EvaluateTerm EvaluateYear RestoreCertificate SuspendCertificate WithdrawCertificate"
    ),
    "kvob_domain.estate.deadline_kinds": "DeadlineKind",
    "kvob_domain.estate.events.oversight": "ErasureBasis",
    "kvob_domain.estate.requirement_codes": "RequirementCode",
    "kvob_domain.estate.values": (
        "Agreement AgreementSubject AuditFinding AuditOutcome DateBasis EndReason "
        "EstateKind FactKind Figures FindingSeverity Goal Measure MeasureTag PastFact "
        "Progress Provenance"
    ),
    "kvob_domain.ids": "EstateId PersonId",
    "kvob_domain.lifecycle.certificate": "Status",
    "kvob_domain.lifecycle.trajectory": "Step",
    "kvob_domain.mandates": "Bond BondKind Mandate Reach Scope",
    "kvob_domain.partial_date": "PartialDate",
    "kvob_domain.parties": "Party PartyRole Signatory",
    "kvob_domain.personal": "Erased",
    "kvob_projections.board": "BoardQuery BoardRow",
    "kvob_projections.deadlines": "DueQuery DueRow",
    "kvob_projections.heat_map": "HeatMap HeatMapQuery",
    "kvob_projections.measures": "MeasureQuery MeasureRow",
    "kvob_projections.paging": "Page",
    "kvob_projections.register": "RegisterQuery RegisterRow",
    "kvob_projections.concern_kinds": "ConcernFamily ConcernKind",
    "kvob_projections.figures": "FigureCode",
    "kvob_projections.statistics": "Statistics",
    "kvob_projections.statistics_query": "StatisticsQuery",
    "kvob_projections.stuck": "StuckQuery",
    "kvob_workflow.alarm": "AlarmStatus",
    "kvob_workflow.board_index": "BoardIndexing",
    "kvob_workflow.calendars": "CalendarQuery",
    "kvob_workflow.clock": "Clock",
    "kvob_workflow.engine": (
        "CertificateLine Engine FactItem FactOutcome GapUnconfirmed HistoryEntry "
        "MigrationLine Outcome Overview Remark SweepReport"
    ),
    "kvob_workflow.engine.differing": "Difference",
    "kvob_workflow.engine.explaining": "Explanation",
    "kvob_workflow.engine.moments": "Moment",
    "kvob_workflow.engine.rebuilding.reports": "RebuildPlan RebuildReport",
    "kvob_workflow.engine.rebuilding.running": "RebuildProgress",
    "kvob_workflow.engine.stuck": "StuckRow",
    "kvob_workflow.limits": "StoreLimits",
    "kvob_workflow.privacy.directory": "PersonDetails",
    "kvob_workflow.store.rebuilding": "Rebuild RowDifference",
    "kvob_workflow.simulation": "Assumption Forecast",
}

MODULE_OF: Final = {name: module for module, names in _HOME.items() for name in names.split()}
"""The module of every name of `kvob_workflow.__all__`."""
