"""What do events on the way to the covenant change?"""

from operator import attrgetter
from typing import assert_never

from kvob_domain.estate.certificates import status_on
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
from kvob_domain.estate.evolve.moves import (
    begin_anew,
    collected,
    count_as_estate,
    drop_proposals,
    involve,
    move,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate, Survey
from kvob_domain.estate.values import Figures
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.parties import Party, Signatory


def apply_preparation(estate: Estate, event: PreparationEvent, recorded: Recorded) -> None:
    """Change the dossier, the plan and the step."""
    if not isinstance(event, TrajectoryEnded):
        involve(estate, recorded)
    dossier = estate.dossier
    match event:  # the commonest first
        case MeasureUpdated():
            collected(estate, event.on)
            _update(estate, event)
            versions = {**estate.measure_versions, event.measure: recorded.version}
            estate.measure_versions = versions
        case WalkRoundRecorded():
            collected(estate, event.on)
            dossier.walk_rounds = dossier.walk_rounds | {event.light}
        case SurveyRecorded():
            collected(estate, event.on)
            dossier.survey = Survey(event.on, event.sent, event.returned)
        case PlanAdopted():
            _adopt(estate, event, recorded)
        case TrajectoryStarted():
            _start(estate, event, recorded)
        case IntentDeclared():
            _declare(estate, event, recorded)
        case FiguresRecorded():
            collected(estate, event.on)
            take_figures(estate, event.figures)
        case AnalysisAdopted():
            dossier.analysis_on = event.on
            move(estate, "adopt_analysis", event.on, recorded)
        case TrajectoryEnded():
            drop_proposals(estate)
            move(estate, "end_trajectory", event.on, recorded)
        case _:
            assert_never(event)


def take_figures(estate: Estate, figures: Figures) -> None:
    """Keep figures as evidence of the running cycle."""
    estate.dossier.figures = figures
    keep_figures(estate, figures)


def keep_figures(estate: Estate, figures: Figures) -> None:
    """Keep the figures of a year, whichever year becomes known first."""
    others = [known for known in estate.figures if known.year != figures.year]
    estate.figures = tuple(sorted([*others, figures], key=attrgetter("year")))


def add_parties(estate: Estate, signatories: tuple[Signatory, ...]) -> None:
    """Take signing organisations that were not known yet into the partnership."""
    known = {party.organisation for party in estate.parties}
    fresh = [
        Party(organisation=signatory.organisation, role=signatory.role)
        for signatory in signatories
        if signatory.organisation not in known
    ]
    if fresh:
        estate.parties = (*estate.parties, *fresh)


def _start(estate: Estate, event: TrajectoryStarted, recorded: Recorded) -> None:
    count_as_estate(estate)
    begin_anew(estate)
    # Whoever audited or prepared a certificate that still stands does not decide on it later.
    if status_on(estate.certificates, event.on) not in (Status.VALID, Status.SUSPENDED):
        estate.involved = frozenset()
    estate.parties = event.parties
    estate.guide = event.guide
    estate.body = event.body or estate.body
    estate.edition = event.edition
    estate.is_pinned = True
    estate.figures = ()
    estate.covenant = None
    estate.changed_on = event.on
    estate.earlier_editions = ()
    estate.evidence_from = event.on
    involve(estate, recorded)
    move(estate, "start_trajectory", event.on, recorded)


def _declare(estate: Estate, event: IntentDeclared, recorded: Recorded) -> None:
    roles = frozenset(signatory.role for signatory in event.signatories)
    estate.dossier.intent_declared = True
    estate.dossier.intent_roles = roles
    add_parties(estate, event.signatories)
    move(estate, "declare_intent", event.on, recorded)


def _adopt(estate: Estate, event: PlanAdopted, recorded: Recorded) -> None:
    estate.goals = event.goals
    estate.measures = event.measures
    estate.plan_on = event.on
    estate.measure_versions = dict.fromkeys((one.id for one in event.measures), recorded.version)
    estate.dossier.plan_on = event.on
    move(estate, "adopt_plan", event.on, recorded)


def _update(estate: Estate, event: MeasureUpdated) -> None:
    changes: dict[str, object] = {"progress": event.progress}
    if event.owner is not None:
        changes["owner"] = event.owner
    estate.measures = tuple(
        [
            measure.but(changes) if measure.id == event.measure else measure
            for measure in estate.measures
        ]
    )
