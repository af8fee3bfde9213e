"""What may be asked about the rules themselves? Waive, approve, change edition."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import ExtendDeadline, WaiveDeadline
from kvob_domain.estate.commands.standing import SuspendCertificate, WithdrawCertificate
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import EditionId, ShortIdField
from kvob_domain.words import Text


class WaiveRequirement(EstateCommand):
    """Waive one requirement for this cycle; takes a reason and a second person."""

    TITLE: ClassVar[Text] = Text("Ontheffen", "Waive a requirement")
    command: Literal["waive_requirement"] = "waive_requirement"
    requirement: RequirementCode
    reason: str = Field(min_length=1, max_length=1000)


class ApproveAct(EstateCommand):
    """Approve, as the second person, an act that somebody else proposed."""

    TITLE: ClassVar[Text] = Text("Akkoord geven", "Approve an act")
    command: Literal["approve_act"] = "approve_act"
    proposal: ShortIdField


class DeclineAct(EstateCommand):
    """Decline an act that was proposed."""

    TITLE: ClassVar[Text] = Text("Akkoord weigeren", "Decline an act")
    command: Literal["decline_act"] = "decline_act"
    proposal: ShortIdField
    reason: str = Field(min_length=1, max_length=1000)


class MigrateEdition(EstateCommand):
    """Pin the running cycle to another edition of the scheme."""

    TITLE: ClassVar[Text] = Text("Schemaversie wijzigen", "Change the scheme edition")
    command: Literal["migrate_edition"] = "migrate_edition"
    edition: EditionId
    reason: str = Field(min_length=1, max_length=1000)


class RevertMigration(EstateCommand):
    """Return the running cycle to the edition before the last migration."""

    TITLE: ClassVar[Text] = Text("Schemaversie terugzetten", "Revert the scheme edition")
    command: Literal["revert_migration"] = "revert_migration"
    reason: str = Field(min_length=1, max_length=1000)


OversightCommand = WaiveRequirement | ApproveAct | DeclineAct | MigrateEdition | RevertMigration

TwoPersonCommand = (
    SuspendCertificate
    | WithdrawCertificate
    | WaiveRequirement
    | WaiveDeadline
    | ExtendDeadline
    | Correct
)
"""The commands that can take a second person.

`ExtendDeadline` takes one only where the edition says so, `Correct` only after a decision.
"""
TwoPersonCommandField = Annotated[TwoPersonCommand, Field(discriminator="command")]
