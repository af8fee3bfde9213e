"""What do waivers, approvals and migrations change?"""

from typing import assert_never

from kvob_domain.estate.events import OversightEvent
from kvob_domain.estate.events.oversight import (
    ActApproved,
    ActDeclined,
    ActProposed,
    EditionMigrated,
    MigrationReverted,
    PersonErased,
    RequirementWaived,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate, Proposal


def apply_oversight(estate: Estate, event: OversightEvent, recorded: Recorded) -> None:
    """Change proposals, waivers and the pinned edition."""
    del recorded
    match event:
        case ActProposed():
            proposal = Proposal(event.proposal, event.proposer, event.on, event.act)
            estate.proposals = (*estate.proposals, proposal)
        case ActApproved() | ActDeclined():
            estate.proposals = tuple(
                proposal for proposal in estate.proposals if proposal.id != event.proposal
            )
        case RequirementWaived():
            estate.dossier.waived = estate.dossier.waived | {event.requirement}
        case EditionMigrated():
            estate.earlier_editions = (*estate.earlier_editions, estate.edition)
            estate.edition = event.to_edition
        case MigrationReverted():
            estate.earlier_editions = estate.earlier_editions[:-1]
            estate.edition = event.to_edition
        case PersonErased():
            pass  # only the version moves on
        case _:
            assert_never(event)
