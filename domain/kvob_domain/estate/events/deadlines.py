"""What has happened to deadlines? They fell due, or somebody moved or waived them.

`on` of a notice is the day on which the deadline fell due; the envelope tells when it was
recorded. An estate's stream holds at most one notice of a deadline.
"""

from datetime import date
from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.deadline_kinds import LAST_ORDINAL, DeadlineKey, DeadlineKind, key_of
from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.values import LAST_VERSION


class NoticeGiven(DatedEvent):
    """A deadline fell due and notice of it was given.

    `expires_on` is the first day that the certificate is no longer valid, where there is one. The
    other fields explain the day as it was computed then: see `Deadline`. `computed_on` and `reason`
    are there where somebody had moved the deadline.
    """

    TOPIC: ClassVar[str] = "kvob.estate:notice-given.v1"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    expires_on: date | None = None
    anchor_on: date
    anchor_version: int = Field(ge=1, le=LAST_VERSION)
    rule: str
    holder: str = ""
    estimated: bool = False
    computed_on: date | None = None
    reason: str | None = None

    @property
    def key(self) -> DeadlineKey:
        """The deadline."""
        return key_of(self.kind, self.ordinal, self.on)


class CertificateExpired(DatedEvent):
    """Notice was given that a certificate expired; `on` is the first day no longer valid."""

    TOPIC: ClassVar[str] = "kvob.estate:certificate-expired.v1"
    anchor_on: date
    anchor_version: int = Field(ge=1, le=LAST_VERSION)
    rule: str
    holder: str = ""
    estimated: bool = False

    @property
    def key(self) -> DeadlineKey:
        """The deadline."""
        return key_of(DeadlineKind.EXPIRY, 1, self.on)


class DeadlineExtended(DatedEvent):
    """A deadline that the scheme asks for was given a later day.

    `computed_on` is the day that the rule gives, `from_due_on` the day before this extension.
    """

    TOPIC: ClassVar[str] = "kvob.estate:deadline-extended.v1"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    computed_on: date
    from_due_on: date
    due_on: date
    reason: str


class DeadlineReplanned(DatedEvent):
    """A reminder or a target date was given another day; fields as in `DeadlineExtended`."""

    TOPIC: ClassVar[str] = "kvob.estate:deadline-replanned.v1"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    computed_on: date
    from_due_on: date
    due_on: date
    reason: str


class DeadlineWaived(DatedEvent):
    """A deadline was waived: nothing is owed on it any more."""

    TOPIC: ClassVar[str] = "kvob.estate:deadline-waived.v1"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    computed_on: date
    reason: str


Notice = NoticeGiven | CertificateExpired

DeadlineEvent = (
    NoticeGiven | CertificateExpired | DeadlineExtended | DeadlineReplanned | DeadlineWaived
)
