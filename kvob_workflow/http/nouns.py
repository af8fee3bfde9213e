"""Under which noun is each command a resource? `sign_covenant` is `POST .../covenant-signings`.

A command is the making of a record: nouns, plural, in the words of the glossary. What was recorded
by it stands under the same path. Source: NLGov API Design Rules, /core/resource-operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from kvob_domain.estate.commanded import SAYS_THE_SAME
from kvob_domain.estate.commands import Command, Registration, name_of
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
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.events.oversight import ActProposed, EditionMigrated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_domain.estate.events import AnyEvent
    from kvob_workflow.engine.history import HistoryEntry

NOUNS: Final[dict[type[Command], str]] = {
    RegisterEstate: "estates",
    RegisterGroup: "groups",
    LinkMembers: "member-links",
    RenameEstate: "renamings",
    ChangeScope: "scope-changes",
    SucceedParty: "party-successions",
    TransferEstate: "transfers",
    StartTrajectory: "trajectory-starts",
    DeclareIntent: "intent-declarations",
    RecordSurvey: "surveys",
    RecordWalkRound: "walk-rounds",
    RecordFigures: "figure-records",
    AdoptAnalysis: "analysis-adoptions",
    AdoptPlan: "plan-adoptions",
    UpdateMeasure: "measure-updates",
    EndTrajectory: "trajectory-ends",
    SignCovenant: "covenant-signings",
    RequestAudit: "audit-requests",
    RecordAudit: "audits",
    CloseFinding: "finding-closures",
    AwardCertificate: "awards",
    RefuseAward: "award-refusals",
    PresentCertificate: "presentations",
    EvaluateYear: "year-evaluations",
    EvaluateTerm: "term-evaluations",
    SuspendCertificate: "suspensions",
    RestoreCertificate: "restorations",
    WithdrawCertificate: "withdrawals",
    WaiveRequirement: "requirement-waivers",
    ApproveAct: "approvals",
    DeclineAct: "declines",
    MigrateEdition: "edition-migrations",
    RevertMigration: "migration-reversions",
    GiveNotice: "notices",
    ExtendDeadline: "deadline-extensions",
    ReplanDeadline: "deadline-replannings",
    WaiveDeadline: "deadline-waivers",
    RecordPastFact: "past-facts",
    RecordRemark: "remarks",
    Correct: "corrections",
    RegisterDocument: "document-registrations",
}

_EVENTS: Final[dict[type[AnyEvent], type[Command]]] = {
    **SAYS_THE_SAME,
    CertificateAwarded: AwardCertificate,
    EditionMigrated: MigrateEdition,
    EventCorrected: Correct,
    NoticeGiven: GiveNotice,
    CertificateExpired: GiveNotice,
}


def path_of(command: type[Command]) -> str:
    """The path of the resource of a command."""
    noun = NOUNS[command]
    if issubclass(command, Registration):
        return f"/{noun}"
    return f"/estates/{{estateId}}/{noun}"


def is_by(command: type[Command], entry: HistoryEntry) -> bool:
    """Whether an event came from this command, or proposes it to a second person."""
    if entry.topic == ActProposed.TOPIC:
        act = cast("Mapping[str, object]", entry.details["act"])
        return act["command"] == name_of(command)
    return entry.topic in _topics(command)


def _topics(command: type[Command]) -> frozenset[str]:
    return frozenset(event.TOPIC for event, by in _EVENTS.items() if by is command)
