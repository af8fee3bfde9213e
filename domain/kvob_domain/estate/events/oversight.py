"""What has happened to the rules? Waivers, approvals, editions."""

from typing import ClassVar

from kvob_domain.estate.commands.oversight import TwoPersonCommandField
from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import EditionId, PersonIdField


class ActProposed(DatedEvent):
    """Somebody proposed an act that takes a second person; it waits for approval."""

    TOPIC: ClassVar[str] = "kvob.estate:act-proposed.v1"
    proposal: str
    proposer: PersonIdField
    act: TwoPersonCommandField


class ActApproved(DatedEvent):
    """The second person approved; the act's own event follows."""

    TOPIC: ClassVar[str] = "kvob.estate:act-approved.v1"
    proposal: str


class ActDeclined(DatedEvent):
    """The act was declined."""

    TOPIC: ClassVar[str] = "kvob.estate:act-declined.v1"
    proposal: str
    reason: str


class RequirementWaived(DatedEvent):
    """A requirement was waived for the cycle."""

    TOPIC: ClassVar[str] = "kvob.estate:requirement-waived.v1"
    requirement: RequirementCode
    reason: str


class EditionMigrated(DatedEvent):
    """The cycle was pinned to another edition."""

    TOPIC: ClassVar[str] = "kvob.estate:edition-migrated.v1"
    from_edition: EditionId | None = None
    to_edition: EditionId
    reason: str


class MigrationReverted(DatedEvent):
    """The last migration was undone."""

    TOPIC: ClassVar[str] = "kvob.estate:migration-reverted.v1"
    from_edition: EditionId
    to_edition: EditionId | None = None
    reason: str


OversightEvent = (
    ActProposed
    | ActApproved
    | ActDeclined
    | RequirementWaived
    | EditionMigrated
    | MigrationReverted
)
