"""The life of the Dutch safe-business mark (KVO-B) as an event-sourced engine.

    from kvob_workflow import Engine, RegisterEstate

    with Engine.open("sqlite:///kvob.db") as engine:
        engine.do(RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",)))

Everything a host needs is here; `kvob_workflow.testing` has what its tests need. Importing this
package imports no web framework, no command line and no database server's client; it loads each
name when it is first asked for, so that a program pays only for what it uses.
"""

import importlib
import typing

from kvob_workflow._homes import MODULE_OF as _MODULE_OF

if typing.TYPE_CHECKING:
    from kvob_domain.actor import Actor, Role
    from kvob_domain.errors import (
        Conflict,
        Forbidden,
        Invalid,
        KvobError,
        NotFound,
        Rejected,
        Unavailable,
    )
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
    from kvob_domain.estate.commands.corrections import Correct
    from kvob_domain.estate.commands.deadlines import (
        ExtendDeadline,
        GiveNotice,
        ReplanDeadline,
        WaiveDeadline,
    )
    from kvob_domain.estate.commands.documents import RegisterDocument
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
    from kvob_domain.estate.deadline_kinds import DeadlineKind
    from kvob_domain.estate.events.oversight import ErasureBasis
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
    from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, Scope
    from kvob_domain.partial_date import PartialDate
    from kvob_domain.parties import Party, PartyRole, Signatory
    from kvob_domain.personal import Erased
    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
    from kvob_projections.deadlines import DueQuery, DueRow
    from kvob_projections.figures import FigureCode
    from kvob_projections.heat_map import HeatMap, HeatMapQuery
    from kvob_projections.measures import MeasureQuery, MeasureRow
    from kvob_projections.paging import Page
    from kvob_projections.register import RegisterQuery, RegisterRow
    from kvob_projections.statistics import Statistics
    from kvob_projections.statistics_query import StatisticsQuery
    from kvob_projections.stuck import StuckQuery
    from kvob_workflow.alarm import AlarmStatus
    from kvob_workflow.board_index import BoardIndexing
    from kvob_workflow.calendars import CalendarQuery
    from kvob_workflow.clock import Clock
    from kvob_workflow.engine import (
        CertificateLine,
        Engine,
        FactItem,
        FactOutcome,
        GapUnconfirmed,
        HistoryEntry,
        MigrationLine,
        Outcome,
        Overview,
        Remark,
        SweepReport,
    )
    from kvob_workflow.engine.differing import Difference
    from kvob_workflow.engine.explaining import Explanation
    from kvob_workflow.engine.moments import Moment
    from kvob_workflow.engine.rebuilding.reports import RebuildPlan, RebuildReport
    from kvob_workflow.engine.rebuilding.running import RebuildProgress
    from kvob_workflow.engine.stuck import StuckRow
    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.privacy.directory import PersonDetails
    from kvob_workflow.simulation import Assumption, Forecast
    from kvob_workflow.store.rebuilding import Rebuild, RowDifference

__all__ = [
    "Actor",
    "AdoptAnalysis",
    "AdoptPlan",
    "Agreement",
    "AgreementSubject",
    "AlarmStatus",
    "ApproveAct",
    "Assumption",
    "AuditFinding",
    "AuditOutcome",
    "AwardCertificate",
    "BoardIndexing",
    "BoardQuery",
    "BoardRow",
    "Bond",
    "BondKind",
    "CalendarQuery",
    "CertificateLine",
    "ChangeScope",
    "Clock",
    "CloseFinding",
    "Command",
    "ConcernFamily",
    "ConcernKind",
    "Conflict",
    "Correct",
    "DateBasis",
    "DeadlineKind",
    "DeclareIntent",
    "DeclineAct",
    "Difference",
    "DueQuery",
    "DueRow",
    "EndReason",
    "EndTrajectory",
    "Engine",
    "Erased",
    "ErasureBasis",
    "EstateId",
    "EstateKind",
    "EvaluateTerm",
    "EvaluateYear",
    "Explanation",
    "ExtendDeadline",
    "FactItem",
    "FactKind",
    "FactOutcome",
    "FigureCode",
    "Figures",
    "FindingSeverity",
    "Forbidden",
    "Forecast",
    "GapUnconfirmed",
    "GiveNotice",
    "Goal",
    "HeatMap",
    "HeatMapQuery",
    "HistoryEntry",
    "Invalid",
    "KvobError",
    "LinkMembers",
    "Mandate",
    "Measure",
    "MeasureQuery",
    "MeasureRow",
    "MeasureTag",
    "MigrateEdition",
    "MigrationLine",
    "Moment",
    "NotFound",
    "Outcome",
    "Overview",
    "Page",
    "PartialDate",
    "Party",
    "PartyRole",
    "PastFact",
    "PersonDetails",
    "PersonId",
    "PresentCertificate",
    "Progress",
    "Provenance",
    "Reach",
    "Rebuild",
    "RebuildPlan",
    "RebuildProgress",
    "RebuildReport",
    "RecordAudit",
    "RecordFigures",
    "RecordPastFact",
    "RecordRemark",
    "RecordSurvey",
    "RecordWalkRound",
    "RefuseAward",
    "RegisterDocument",
    "RegisterEstate",
    "RegisterGroup",
    "RegisterQuery",
    "RegisterRow",
    "Rejected",
    "Remark",
    "RenameEstate",
    "ReplanDeadline",
    "RequestAudit",
    "RequirementCode",
    "RestoreCertificate",
    "RevertMigration",
    "Role",
    "RowDifference",
    "Scope",
    "SignCovenant",
    "Signatory",
    "StartTrajectory",
    "Statistics",
    "StatisticsQuery",
    "Status",
    "Step",
    "StoreLimits",
    "StuckQuery",
    "StuckRow",
    "SucceedParty",
    "SuspendCertificate",
    "SweepReport",
    "TransferEstate",
    "Unavailable",
    "UpdateMeasure",
    "WaiveDeadline",
    "WaiveRequirement",
    "WithdrawCertificate",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for.

    Raises:
        AttributeError: when this package has no such name.
    """
    module = _MODULE_OF.get(name)
    if module is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
