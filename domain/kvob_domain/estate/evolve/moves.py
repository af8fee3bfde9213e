"""How does a state enter a step? Through the compiled table of the lifecycle."""

from datetime import date

from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import ExtendDeadline, WaiveDeadline
from kvob_domain.estate.commands.oversight import WaiveRequirement
from kvob_domain.estate.events.preparation import TrajectoryEnded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Dossier, Estate, Move
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.table import FORWARD, next_step
from kvob_domain.lifecycle.trajectory import Step


def move(estate: Estate, name: str, day: date, recorded: Recorded) -> None:
    """Make a move that was checked when it was decided.

    A past fact that became known later may have put another step before it; what was decided
    has happened all the same, so the estate goes where the move leads.
    """
    target = next_step(estate.step, name) or FORWARD.get(name, estate.step)
    if target is not estate.step:
        enter(estate, target, day, recorded)
    estate.decided_on = day


def enter(estate: Estate, step: Step, day: date | None, recorded: Recorded) -> None:
    """Enter a step; `day` is None where a source gives none."""
    event = recorded.event
    reason = event.reason if isinstance(event, TrajectoryEnded) else None
    latest = event.occurred.latest
    estate.step = step
    version, at = recorded.version, recorded.at
    held = estate.certificates[-1].version if estate.certificates else None
    entered = Move(day, step, version, at, latest, reason, estate.edition, estate.body, held)
    estate.moves = (*estate.moves, entered)


def count_as_estate(estate: Estate) -> None:
    """Another area that this mark turns out to be about is an estate after all."""
    if estate.kind is EstateKind.OTHER_AREA:
        estate.kind = EstateKind.ESTATE


def begin_renewal(estate: Estate) -> None:
    """Begin the next cycle with what was measured since the award (1-meting)."""
    measured = estate.dossier
    estate.cycle += 1
    estate.dossier = Dossier(
        intent_declared=measured.intent_declared,
        intent_roles=measured.intent_roles,
        survey=measured.survey,
        walk_rounds=measured.walk_rounds,
        figures=measured.figures,
        year_evaluations=measured.year_evaluations,
        on_record=measured.on_record,
        waived=measured.waived,
    )
    drop_arrangements(estate)


def close_cycle(estate: Estate, awarded_on: date | None) -> None:
    """Close the cycle that an award ends: what is collected from now on belongs to the next one.

    The covenant stays: it may still be signed after the award.
    """
    estate.evidence_from = awarded_on or estate.evidence_from
    estate.evidence_on = None
    drop_proposals(estate)
    dossier = estate.dossier
    dossier.survey = None
    dossier.walk_rounds = frozenset()
    dossier.figures = None
    dossier.year_evaluations = ()
    dossier.audit = None
    dossier.audit_on = None
    dossier.audit_requested_on = None
    dossier.open_findings = frozenset()
    dossier.findings_opened = None
    dossier.on_record = frozenset()
    dossier.waived = frozenset()


def begin_anew(estate: Estate) -> None:
    """Begin a first cycle with nothing collected yet."""
    estate.cycle += 1
    estate.dossier = Dossier()
    estate.goals = ()
    estate.measures = ()
    estate.evidence_on = None


def collected(estate: Estate, day: date) -> None:
    """Remember the day of the newest evidence: no decision that rests on it comes before."""
    if estate.evidence_on is None or day > estate.evidence_on:
        estate.evidence_on = day


def drop_proposals(estate: Estate) -> None:
    """End what waits for a second person, but corrections: what was wrong is wrong all the same."""
    if estate.proposals:
        estate.proposals = tuple(
            proposal for proposal in estate.proposals if isinstance(proposal.act, Correct)
        )


def drop_arrangements(estate: Estate) -> None:
    """End the waivers and extensions that wait for a second person: their cycle is over."""
    of_the_cycle = WaiveRequirement | WaiveDeadline | ExtendDeadline
    estate.proposals = tuple(
        proposal for proposal in estate.proposals if not isinstance(proposal.act, of_the_cycle)
    )


def involve(estate: Estate, recorded: Recorded) -> None:
    """Remember who prepared or audited: that person does not decide. Source: ISO/IEC 17065."""
    if recorded.by is not None and recorded.by not in estate.involved:
        estate.involved = estate.involved | {recorded.by}
