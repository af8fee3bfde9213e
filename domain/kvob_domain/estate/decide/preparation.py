"""What is written down on the way to the covenant?"""

from typing import assert_never

from kvob_domain.estate.commands import PreparationCommand
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
from kvob_domain.estate.decide.editions import pinned
from kvob_domain.estate.events import PreparationEvent
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    FiguresRecorded,
    IntentDeclared,
    MeasureUpdated,
    PlanAdopted,
    SurveyRecorded,
    TrajectoryEnded,
    TrajectoryStarted,
    WalkRoundRecorded,
)
from kvob_domain.estate.ground import Ground


def preparation_event(command: PreparationCommand, ground: Ground) -> PreparationEvent:
    """The event of a command on the way to the covenant."""
    on = command.on
    match command:
        case StartTrajectory():
            return _started(command, ground)
        case DeclareIntent():
            return IntentDeclared(on=on, signatories=command.signatories)
        case RecordSurvey():
            return SurveyRecorded(on=on, sent=command.sent, returned=command.returned)
        case RecordWalkRound():
            return WalkRoundRecorded(on=on, light=command.light, observations=command.observations)
        case RecordFigures():
            return FiguresRecorded(on=on, figures=command.figures)
        case AdoptAnalysis():
            return AnalysisAdopted(on=on)
        case AdoptPlan():
            return PlanAdopted(on=on, goals=command.goals, measures=command.measures)
        case UpdateMeasure():
            return _updated(command)
        case EndTrajectory():
            return TrajectoryEnded(on=on, reason=command.reason, note=command.note)
        case _:
            assert_never(command)


def _started(command: StartTrajectory, ground: Ground) -> TrajectoryStarted:
    return TrajectoryStarted(
        on=command.on,
        parties=command.parties,
        guide=command.guide,
        body=command.body,
        edition=pinned(command.edition, command.on, ground.book),
    )


def _updated(command: UpdateMeasure) -> MeasureUpdated:
    return MeasureUpdated(
        on=command.on,
        measure=command.measure,
        progress=command.progress,
        owner=command.owner,
        note=command.note,
    )
