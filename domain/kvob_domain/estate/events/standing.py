"""What has happened while a certificate stood?"""

from typing import ClassVar

from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.values import Figures
from kvob_domain.ids import EditionId


class YearEvaluated(DatedEvent):
    """The working group evaluated a year."""

    TOPIC: ClassVar[str] = "kvob.estate:year-evaluated.v1"
    figures: Figures | None = None
    note: str | None = None


class TermEvaluated(DatedEvent):
    """The working group evaluated the term; the recertification began."""

    TOPIC: ClassVar[str] = "kvob.estate:term-evaluated.v1"
    figures: Figures | None = None
    edition: EditionId | None = None
    note: str | None = None


class CertificateSuspended(DatedEvent):
    """The certificate was suspended."""

    TOPIC: ClassVar[str] = "kvob.estate:certificate-suspended.v1"
    reason: str


class CertificateRestored(DatedEvent):
    """The suspension was lifted."""

    TOPIC: ClassVar[str] = "kvob.estate:certificate-restored.v1"
    reason: str | None = None


class CertificateWithdrawn(DatedEvent):
    """The certificate was withdrawn."""

    TOPIC: ClassVar[str] = "kvob.estate:certificate-withdrawn.v1"
    reason: str


StandingEvent = (
    YearEvaluated
    | TermEvaluated
    | CertificateSuspended
    | CertificateRestored
    | CertificateWithdrawn
)
