"""What follows from a command? `decide` answers with events or raises why not. It is pure.

The lifecycle speaks first (`legality`), then the rules (`rules`), then the deciders by subject
write down what has happened. Acts that take two persons become a proposal first.
"""

from typing import assert_never

from kvob_domain.estate.commands import (
    CertificationCommand,
    Command,
    CorrectionCommand,
    DeadlineCommand,
    DocumentCommand,
    IdentityCommand,
    OversightCommand,
    PastCommand,
    PreparationCommand,
    StandingCommand,
    TwoPersonCommand,
)
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import ExtendDeadline
from kvob_domain.estate.commands.oversight import ApproveAct, WaiveRequirement
from kvob_domain.estate.decide.certification import certification_event
from kvob_domain.estate.decide.corrections import after_decision, correction_event
from kvob_domain.estate.decide.deadlines import deadline_event
from kvob_domain.estate.decide.documents import document_event
from kvob_domain.estate.decide.identity import identity_event
from kvob_domain.estate.decide.oversight import approval_events, oversight_event, proposal_event
from kvob_domain.estate.decide.past import past_events
from kvob_domain.estate.decide.preparation import preparation_event
from kvob_domain.estate.decide.standing import standing_event
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.legality import illegal
from kvob_domain.estate.rules import refusals
from kvob_domain.estate.rules.separation import refuse_involved
from kvob_domain.estate.state import Estate, Proposal
from kvob_domain.refusals.dates import BeforeLastMove
from kvob_domain.refusals.naming import ProposalUnknown
from kvob_domain.refusals.separation import SecondPersonNeeded


def decide(command: Command, estate: Estate, ground: Ground) -> tuple[AnyEvent, ...]:
    """The events that the command gives; none for a past fact that is already on record.

    Raises:
        Rejected: when the lifecycle or a rule says no; `others` holds the further refusals.
        UnknownEdition: when the command names an edition that the scheme data lacks.
    """
    if isinstance(command, ApproveAct):
        return _approve(command, estate, ground)
    refuse(command, estate, ground)
    if isinstance(command, TwoPersonCommand) and _takes_two(command, estate, ground):
        if isinstance(command, Correct):
            correction_event(command, ground)  # nobody is asked to approve what would be refused
        return (proposal_event(command, estate, ground),)
    return _events(command, estate, ground)


def approved(act: TwoPersonCommand, estate: Estate, ground: Ground) -> tuple[AnyEvent, ...]:
    """What an act will record once it is approved, as things stand now; not checked again.

    Raises:
        Rejected: only a correction, as `correction_event` does.
    """
    return _events(act, estate, ground)


def refuse(command: Command, estate: Estate, ground: Ground) -> None:
    """Check a command without deciding it.

    Raises:
        Rejected: as `decide` does.
    """
    wrong_move = illegal(command, estate)
    found = refusals(command, estate, ground)
    every = tuple(one for refusal in found for one in refusal.all())
    if wrong_move is not None:
        raise wrong_move.together_with(every)
    if every:
        raise every[0].together_with(every[1:])


def _takes_two(command: TwoPersonCommand, estate: Estate, ground: Ground) -> bool:
    """Whether an act waits for a second person.

    An extension does where the edition says so, a correction after a decision.
    """
    if isinstance(command, Correct):
        return after_decision(command, ground)
    if not isinstance(command, ExtendDeadline):
        return True
    asked = ground.terms(estate.edition).extension_approval
    return asked is not None and asked.value


def _approve(command: ApproveAct, estate: Estate, ground: Ground) -> tuple[AnyEvent, ...]:
    refuse(command, estate, ground)
    proposal = _waiting(command.proposal, estate)
    if ground.actor.person == proposal.proposer:
        raise SecondPersonNeeded(proposal.id, proposal.proposer)
    if command.on < proposal.on:
        raise BeforeLastMove(command.on, proposal.on)
    # Decided on the day of the approval: until then the proposal had no effect.
    if isinstance(proposal.act, WaiveRequirement | Correct):
        refuse_involved(proposal.act, estate, ground)
    act = proposal.act.model_copy(update={"on": command.on})
    refuse(act, estate, ground)
    return (*approval_events(command), *_events(act, estate, ground))


def _waiting(proposal_id: str, estate: Estate) -> Proposal:
    for proposal in estate.proposals:
        if proposal.id == proposal_id:
            return proposal
    raise ProposalUnknown(proposal_id, tuple(proposal.id for proposal in estate.proposals))


def _events(command: Command, estate: Estate, ground: Ground) -> tuple[AnyEvent, ...]:
    if isinstance(command, PastCommand):
        return past_events(command, estate, ground)
    if isinstance(command, IdentityCommand):
        return (identity_event(command, estate),)
    if isinstance(command, PreparationCommand):
        return (preparation_event(command, ground),)
    if isinstance(command, CertificationCommand):
        return (certification_event(command, estate, ground),)
    if isinstance(command, StandingCommand):
        return (standing_event(command, ground),)
    if isinstance(command, DeadlineCommand):
        return (deadline_event(command, estate, ground),)
    if isinstance(command, CorrectionCommand):
        return (correction_event(command, ground),)
    if isinstance(command, DocumentCommand):
        return (document_event(command),)
    if isinstance(command, OversightCommand):  # pyright: ignore[reportUnnecessaryIsInstance]
        return (oversight_event(command, estate),)
    assert_never(command)
