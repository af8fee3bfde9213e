"""Which command did an event come from? Rebuilt from what the event says, to be judged anew."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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
from kvob_domain.estate.commands.deadlines import ExtendDeadline, ReplanDeadline, WaiveDeadline
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
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events import certification as certified
from kvob_domain.estate.events import deadlines as timed
from kvob_domain.estate.events import identity as identified
from kvob_domain.estate.events import oversight as overseen
from kvob_domain.estate.events import past as stated
from kvob_domain.estate.events import preparation as prepared
from kvob_domain.estate.events import standing as stood
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.documents import DocumentRegistered
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind
from kvob_domain.terms import last_valid_day

# The command that says the same as the event, field by field; the event may say more.
SAYS_THE_SAME: Final[Mapping[type[AnyEvent], type[Command]]] = MappingProxyType(
    {
        identified.MembersLinked: LinkMembers,
        identified.EstateRenamed: RenameEstate,
        identified.ScopeChanged: ChangeScope,
        identified.PartySucceeded: SucceedParty,
        identified.EstateTransferred: TransferEstate,
        prepared.TrajectoryStarted: StartTrajectory,
        prepared.IntentDeclared: DeclareIntent,
        prepared.SurveyRecorded: RecordSurvey,
        prepared.WalkRoundRecorded: RecordWalkRound,
        prepared.FiguresRecorded: RecordFigures,
        prepared.AnalysisAdopted: AdoptAnalysis,
        prepared.PlanAdopted: AdoptPlan,
        prepared.MeasureUpdated: UpdateMeasure,
        prepared.TrajectoryEnded: EndTrajectory,
        certified.CovenantSigned: SignCovenant,
        certified.AuditRequested: RequestAudit,
        certified.AuditRecorded: RecordAudit,
        certified.FindingClosed: CloseFinding,
        certified.AwardRefused: RefuseAward,
        certified.CertificatePresented: PresentCertificate,
        stood.YearEvaluated: EvaluateYear,
        stood.TermEvaluated: EvaluateTerm,
        stood.CertificateSuspended: SuspendCertificate,
        stood.CertificateRestored: RestoreCertificate,
        stood.CertificateWithdrawn: WithdrawCertificate,
        overseen.ActApproved: ApproveAct,
        overseen.ActDeclined: DeclineAct,
        overseen.RequirementWaived: WaiveRequirement,
        overseen.MigrationReverted: RevertMigration,
        timed.DeadlineExtended: ExtendDeadline,
        timed.DeadlineReplanned: ReplanDeadline,
        timed.DeadlineWaived: WaiveDeadline,
        stated.PastFactRecorded: RecordPastFact,
        stated.ProvenanceAdded: RecordPastFact,
        stated.RemarkRecorded: RecordRemark,
        DocumentRegistered: RegisterDocument,
    }
)


def command_of(recorded: Recorded) -> Command | None:
    """The command that the event came from; None for a notice and for what another estate began.

    What the scheme computed for an award is left out, so that it is computed anew. An act that
    waits for a second person is the act itself.

    Raises:
        ValidationError: when an old event says what no command can say today.
    """
    event = recorded.event
    match event:
        case identified.EstateRegistered():
            return _registered(recorded, event)
        case certified.CertificateAwarded():
            return _awarded(recorded, event)
        case overseen.EditionMigrated(on=on, to_edition=edition, reason=reason):
            return MigrateEdition(estate=recorded.estate, on=on, edition=edition, reason=reason)
        case overseen.ActProposed():
            return event.act
        case EventCorrected():
            return _corrected(recorded, event)
        case _:
            return _same(recorded)


def _same(recorded: Recorded) -> Command | None:
    command = SAYS_THE_SAME.get(type(recorded.event))
    if command is None:
        return None
    said = type(recorded.event).model_fields
    fields = {name: getattr(recorded.event, name) for name in command.model_fields if name in said}
    return command.model_validate({"estate": recorded.estate, **fields})


def _registered(recorded: Recorded, event: identified.EstateRegistered) -> Command:
    command = RegisterGroup if event.kind is EstateKind.GROUP else RegisterEstate
    fields = {name: getattr(event, name) for name in ("name", "municipalities", "on")}
    if command is RegisterEstate:
        fields |= {"kind": event.kind, "scope": event.scope}
    return command.model_validate({"estate": recorded.estate, **fields})


def _awarded(recorded: Recorded, event: certified.CertificateAwarded) -> AwardCertificate:
    return AwardCertificate(
        estate=recorded.estate,
        on=event.on,
        level=None if event.level_derived else event.level,
        valid_from=event.valid_from if event.valid_from_stated else None,
        last_valid_day=last_valid_day(event.expires_on) if event.expires_on_stated else None,
    )


def _corrected(recorded: Recorded, event: EventCorrected) -> Correct:
    """The correction with all that the event should have said, not only what differed."""
    says = None
    if event.instead is not None:
        says = event.instead.model_dump(mode="json", exclude_none=True)
    return Correct(
        estate=recorded.estate,
        on=event.on,
        version=event.version,
        says=says,
        never_happened=event.instead is None,
        reason=event.reason,
    )
