"""Which rights are there? One scope for each kind of question and each kind of command.

Scopes are written as OAuth writes them (RFC 6749, section 3.3): words without spaces.
"""

from enum import StrEnum
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
from kvob_domain.words import Text


class Scope(StrEnum):
    """A right. What a mandate does not hold, is refused."""

    REGISTER_READ = "register:read"
    ESTATES_READ = "estates:read"
    HISTORY_READ = "history:read"
    PERSONS_READ = "persons:read"
    STATISTICS_READ = "statistics:read"
    ESTATES_REGISTER = "estates:register"
    ESTATES_PREPARE = "estates:prepare"
    MEASURES_UPDATE = "measures:update"
    DOCUMENTS_ADD = "documents:add"
    REMARKS_ADD = "remarks:add"
    AUDITS_RECORD = "audits:record"
    CERTIFICATES_DECIDE = "certificates:decide"
    RECORDS_CORRECT = "records:correct"
    PAST_RECORD = "past:record"
    DEADLINES_MANAGE = "deadlines:manage"
    EDITIONS_MANAGE = "editions:manage"
    PERSONS_MANAGE = "persons:manage"
    PERSONS_ERASE = "persons:erase"
    PROOFS_READ = "proofs:read"
    PROOFS_COSIGN = "proofs:cosign"
    OPERATION_READ = "operation:read"
    OPERATION_MANAGE = "operation:manage"
    WEBHOOKS_MANAGE = "webhooks:manage"
    KEYS_MANAGE = "keys:manage"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return SCOPE_WORDS[self]


SCOPE_WORDS: Final[dict[Scope, Text]] = {
    Scope.REGISTER_READ: Text("het openbare register lezen", "read the public register"),
    Scope.ESTATES_READ: Text("terreinen inzien", "look at estates"),
    Scope.HISTORY_READ: Text("de geschiedenis inzien", "look at the history"),
    Scope.PERSONS_READ: Text("zien welke personen handelden", "see which persons acted"),
    Scope.STATISTICS_READ: Text("cijfers inzien", "look at figures"),
    Scope.ESTATES_REGISTER: Text("terreinen aanmelden", "register estates"),
    Scope.ESTATES_PREPARE: Text("een traject voorbereiden", "prepare a trajectory"),
    Scope.MEASURES_UPDATE: Text("maatregelen bijwerken", "update measures"),
    Scope.DOCUMENTS_ADD: Text("documenten toevoegen", "add documents"),
    Scope.REMARKS_ADD: Text("opmerkingen toevoegen", "add remarks"),
    Scope.AUDITS_RECORD: Text("audits vastleggen", "record audits"),
    Scope.CERTIFICATES_DECIDE: Text("over certificaten besluiten", "decide on certificates"),
    Scope.RECORDS_CORRECT: Text("corrigeren", "correct"),
    Scope.PAST_RECORD: Text("feiten uit het verleden vastleggen", "record past facts"),
    Scope.DEADLINES_MANAGE: Text("termijnen verplaatsen", "move deadlines"),
    Scope.EDITIONS_MANAGE: Text("schemaversies beheren", "manage scheme editions"),
    Scope.PERSONS_MANAGE: Text("de personenlijst bijhouden", "keep the person directory"),
    Scope.PERSONS_ERASE: Text("persoonsgegevens wissen", "erase personal data"),
    Scope.PROOFS_READ: Text("bewijzen ophalen", "read proofs"),
    Scope.PROOFS_COSIGN: Text("het logboek medeondertekenen", "cosign the log"),
    Scope.OPERATION_READ: Text("de werking inzien", "look at the operation"),
    Scope.OPERATION_MANAGE: Text("de werking beheren", "manage the operation"),
    Scope.WEBHOOKS_MANAGE: Text("webhooks beheren", "manage webhooks"),
    Scope.KEYS_MANAGE: Text("sleutels voor machines beheren", "manage keys of machines"),
}

COMMAND_SCOPES: Final[dict[type[Command], Scope]] = {
    RegisterEstate: Scope.ESTATES_REGISTER,
    RegisterGroup: Scope.ESTATES_REGISTER,
    LinkMembers: Scope.ESTATES_REGISTER,
    RenameEstate: Scope.ESTATES_REGISTER,
    ChangeScope: Scope.ESTATES_PREPARE,
    SucceedParty: Scope.ESTATES_PREPARE,
    TransferEstate: Scope.CERTIFICATES_DECIDE,
    StartTrajectory: Scope.ESTATES_PREPARE,
    DeclareIntent: Scope.ESTATES_PREPARE,
    RecordSurvey: Scope.ESTATES_PREPARE,
    RecordWalkRound: Scope.ESTATES_PREPARE,
    RecordFigures: Scope.ESTATES_PREPARE,
    AdoptAnalysis: Scope.ESTATES_PREPARE,
    AdoptPlan: Scope.ESTATES_PREPARE,
    UpdateMeasure: Scope.MEASURES_UPDATE,
    EndTrajectory: Scope.ESTATES_PREPARE,
    SignCovenant: Scope.ESTATES_PREPARE,
    RequestAudit: Scope.ESTATES_PREPARE,
    RecordAudit: Scope.AUDITS_RECORD,
    CloseFinding: Scope.AUDITS_RECORD,
    AwardCertificate: Scope.CERTIFICATES_DECIDE,
    RefuseAward: Scope.CERTIFICATES_DECIDE,
    PresentCertificate: Scope.ESTATES_PREPARE,
    EvaluateYear: Scope.ESTATES_PREPARE,
    EvaluateTerm: Scope.ESTATES_PREPARE,
    SuspendCertificate: Scope.CERTIFICATES_DECIDE,
    RestoreCertificate: Scope.CERTIFICATES_DECIDE,
    WithdrawCertificate: Scope.CERTIFICATES_DECIDE,
    WaiveRequirement: Scope.CERTIFICATES_DECIDE,
    ApproveAct: Scope.CERTIFICATES_DECIDE,
    DeclineAct: Scope.CERTIFICATES_DECIDE,
    MigrateEdition: Scope.EDITIONS_MANAGE,
    RevertMigration: Scope.EDITIONS_MANAGE,
    GiveNotice: Scope.DEADLINES_MANAGE,
    ExtendDeadline: Scope.DEADLINES_MANAGE,
    ReplanDeadline: Scope.DEADLINES_MANAGE,
    WaiveDeadline: Scope.DEADLINES_MANAGE,
    RecordPastFact: Scope.PAST_RECORD,
    RecordRemark: Scope.REMARKS_ADD,
    Correct: Scope.RECORDS_CORRECT,
    RegisterDocument: Scope.DOCUMENTS_ADD,
}
"""The scope that each command takes; a test sees that none lacks one."""


def scope_for(command: type[Command]) -> Scope:
    """The scope that a command takes."""
    return COMMAND_SCOPES[command]
