"""What may be asked on the way to the covenant? Kickoff, inventory, action plan, measures."""

from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.values import EndReason, Figures, Goal, Measure, Progress
from kvob_domain.ids import EditionId, ShortIdField
from kvob_domain.parties import Party, Signatory
from kvob_domain.scheme.scheme_terms import Light
from kvob_domain.words import Text


class StartTrajectory(EstateCommand):
    """Start the kickoff. Without `edition` the one in force on that day is pinned."""

    TITLE: ClassVar[Text] = Text("Traject starten", "Start the trajectory")
    command: Literal["start_trajectory"] = "start_trajectory"
    parties: tuple[Party, ...] = ()
    guide: str | None = Field(default=None, max_length=200)
    body: str | None = Field(default=None, max_length=200)
    edition: EditionId | None = None


class DeclareIntent(EstateCommand):
    """Record the signed declaration of intent."""

    TITLE: ClassVar[Text] = Text("Intentieverklaring ondertekenen", "Declare intent")
    command: Literal["declare_intent"] = "declare_intent"
    signatories: tuple[Signatory, ...] = Field(min_length=1)


class RecordSurvey(EstateCommand):
    """Record a closed survey; `on` is the day it closed. Counts of entrepreneurs."""

    TITLE: ClassVar[Text] = Text("Enquête vastleggen", "Record a survey")
    command: Literal["record_survey"] = "record_survey"
    sent: int = Field(ge=1, le=1_000_000)
    returned: int = Field(ge=0, le=1_000_000)


class RecordWalkRound(EstateCommand):
    """Record a walk-round by daylight or in the dark, with the number of observations."""

    TITLE: ClassVar[Text] = Text("Schouw vastleggen", "Record a walk-round")
    command: Literal["record_walk_round"] = "record_walk_round"
    light: Light
    observations: int = Field(ge=0, le=100_000)


class RecordFigures(EstateCommand):
    """Record the incident figures of one year."""

    TITLE: ClassVar[Text] = Text("Incidentcijfers vastleggen", "Record incident figures")
    command: Literal["record_figures"] = "record_figures"
    figures: Figures


class AdoptAnalysis(EstateCommand):
    """Adopt the safety analysis; closes the inventory."""

    TITLE: ClassVar[Text] = Text("Analyse vaststellen", "Adopt the safety analysis")
    command: Literal["adopt_analysis"] = "adopt_analysis"


class AdoptPlan(EstateCommand):
    """Adopt the action plan with its goals and its measures matrix."""

    TITLE: ClassVar[Text] = Text("Plan vaststellen", "Adopt the action plan")
    command: Literal["adopt_plan"] = "adopt_plan"
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = Field(min_length=1)


class UpdateMeasure(EstateCommand):
    """Record how far a measure is, or who owns it now."""

    TITLE: ClassVar[Text] = Text("Maatregel bijwerken", "Update a measure")
    command: Literal["update_measure"] = "update_measure"
    measure: ShortIdField
    progress: Progress
    owner: str | None = Field(default=None, min_length=1, max_length=200)
    note: str | None = Field(default=None, max_length=1000)


class EndTrajectory(EstateCommand):
    """End the trajectory. A certificate that is still valid runs on until it expires."""

    TITLE: ClassVar[Text] = Text("Beëindigen", "End the trajectory")
    command: Literal["end_trajectory"] = "end_trajectory"
    reason: EndReason
    note: str | None = Field(default=None, max_length=1000)


PreparationCommand = (
    StartTrajectory
    | DeclareIntent
    | RecordSurvey
    | RecordWalkRound
    | RecordFigures
    | AdoptAnalysis
    | AdoptPlan
    | UpdateMeasure
    | EndTrajectory
)
