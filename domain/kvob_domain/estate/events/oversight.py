"""What has happened to the rules? Waivers, approvals, editions; and who was erased."""

from enum import StrEnum
from typing import ClassVar

from kvob_domain.estate.commands.oversight import TwoPersonCommandField
from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import EditionId, PersonIdField
from kvob_domain.words import Text


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


class ErasureBasis(StrEnum):
    """On which ground a person's data were erased. Source: AVG/GDPR art. 17(1)(a)-(e)."""

    NO_LONGER_NEEDED = "no-longer-needed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"
    LEGAL_DUTY = "legal-duty"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _BASIS_WORDS[self]


_BASIS_WORDS: dict[ErasureBasis, Text] = {
    ErasureBasis.NO_LONGER_NEEDED: Text("niet langer nodig", "no longer needed"),
    ErasureBasis.CONSENT_WITHDRAWN: Text("toestemming ingetrokken", "consent withdrawn"),
    ErasureBasis.OBJECTION: Text("bezwaar", "objection"),
    ErasureBasis.UNLAWFUL: Text("onrechtmatig verwerkt", "unlawfully processed"),
    ErasureBasis.LEGAL_DUTY: Text("wettelijke plicht", "legal duty"),
}


class PersonErased(DatedEvent):
    """The data of a person whom this estate's events mention were erased under the law.

    `keys` are the fingerprints of the keys that were destroyed. It is recorded by the erasure
    itself, never by a command, and changes nothing: no step, no certificate, no order.
    """

    TOPIC: ClassVar[str] = "kvob.estate:person-erased.v1"
    person: PersonIdField
    basis: ErasureBasis
    keys: tuple[str, ...] = ()


OversightEvent = (
    ActProposed
    | ActApproved
    | ActDeclined
    | RequirementWaived
    | EditionMigrated
    | MigrationReverted
    | PersonErased
)
