"""What has happened on the way to the covenant?"""

from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.values import EndReason, Figures, Goal, Measure, Progress
from kvob_domain.ids import EditionId
from kvob_domain.parties import Party, Signatory
from kvob_domain.scheme.scheme_terms import Light


class TrajectoryStarted(DatedEvent):
    """The kickoff began; `edition` is pinned for the cycle, absent where none was in force."""

    TOPIC: ClassVar[str] = "kvob.estate:trajectory-started.v1"
    parties: tuple[Party, ...] = ()
    guide: str | None = None
    body: str | None = None
    edition: EditionId | None = None


class IntentDeclared(DatedEvent):
    """The declaration of intent was signed."""

    TOPIC: ClassVar[str] = "kvob.estate:intent-declared.v1"
    signatories: tuple[Signatory, ...]


class SurveyRecorded(DatedEvent):
    """A survey closed."""

    TOPIC: ClassVar[str] = "kvob.estate:survey-recorded.v1"
    sent: int = Field(ge=1, le=1_000_000)
    returned: int = Field(ge=0, le=1_000_000)


class WalkRoundRecorded(DatedEvent):
    """A walk-round was held."""

    TOPIC: ClassVar[str] = "kvob.estate:walk-round-recorded.v1"
    light: Light
    observations: int = Field(ge=0, le=100_000)


class FiguresRecorded(DatedEvent):
    """The figures of a year became known."""

    TOPIC: ClassVar[str] = "kvob.estate:figures-recorded.v1"
    figures: Figures


class AnalysisAdopted(DatedEvent):
    """The safety analysis was adopted."""

    TOPIC: ClassVar[str] = "kvob.estate:analysis-adopted.v1"


class PlanAdopted(DatedEvent):
    """The action plan was adopted."""

    TOPIC: ClassVar[str] = "kvob.estate:plan-adopted.v1"
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...]


class MeasureUpdated(DatedEvent):
    """A measure made progress or changed owner."""

    TOPIC: ClassVar[str] = "kvob.estate:measure-updated.v1"
    measure: str
    progress: Progress
    owner: str | None = None
    note: str | None = None


class TrajectoryEnded(DatedEvent):
    """The trajectory ended."""

    TOPIC: ClassVar[str] = "kvob.estate:trajectory-ended.v1"
    reason: EndReason
    note: str | None = None


PreparationEvent = (
    TrajectoryStarted
    | IntentDeclared
    | SurveyRecorded
    | WalkRoundRecorded
    | FiguresRecorded
    | AnalysisAdopted
    | PlanAdopted
    | MeasureUpdated
    | TrajectoryEnded
)
