"""What is written down about waivers, approvals and editions?"""

from typing import assert_never

from kvob_domain.estate.commands import OversightCommand, TwoPersonCommand
from kvob_domain.estate.commands.oversight import (
    ApproveAct,
    DeclineAct,
    MigrateEdition,
    RevertMigration,
    WaiveRequirement,
)
from kvob_domain.estate.events import OversightEvent
from kvob_domain.estate.events.oversight import (
    ActApproved,
    ActDeclined,
    ActProposed,
    EditionMigrated,
    MigrationReverted,
    RequirementWaived,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.dates import BeforeLastMove
from kvob_domain.refusals.lifecycle import NothingToRevert
from kvob_domain.refusals.naming import ProposalUnknown


def proposal_event(command: TwoPersonCommand, estate: Estate, ground: Ground) -> ActProposed:
    """The proposal of an act that takes two persons; its id is unique within the estate."""
    return ActProposed(
        on=command.on,
        proposal=f"act-{estate.version + 1}",
        proposer=ground.actor.person,
        act=command,
    )


def approval_events(command: ApproveAct) -> tuple[ActApproved]:
    """The approval; the events of the act itself follow it."""
    return (ActApproved(on=command.on, proposal=command.proposal),)


def oversight_event(command: OversightCommand, estate: Estate) -> OversightEvent:
    """The event of an oversight command."""
    match command:
        case WaiveRequirement():
            return RequirementWaived(
                on=command.on, requirement=command.requirement, reason=command.reason
            )
        case ApproveAct():
            return ActApproved(on=command.on, proposal=command.proposal)
        case DeclineAct():
            return _declined(command, estate)
        case MigrateEdition():
            return EditionMigrated(
                on=command.on,
                from_edition=estate.edition,
                to_edition=command.edition,
                reason=command.reason,
            )
        case RevertMigration():
            return _reverted(command, estate)
        case _:
            assert_never(command)


def _declined(command: DeclineAct, estate: Estate) -> ActDeclined:
    waiting = {proposal.id: proposal for proposal in estate.proposals}
    if command.proposal not in waiting:
        raise ProposalUnknown(command.proposal, tuple(waiting))
    proposed_on = waiting[command.proposal].on
    if command.on < proposed_on:
        raise BeforeLastMove(command.on, proposed_on)
    return ActDeclined(on=command.on, proposal=command.proposal, reason=command.reason)


def _reverted(command: RevertMigration, estate: Estate) -> MigrationReverted:
    if estate.edition is None or not estate.earlier_editions:
        raise NothingToRevert
    return MigrationReverted(
        on=command.on,
        from_edition=estate.edition,
        to_edition=estate.earlier_editions[-1],
        reason=command.reason,
    )
