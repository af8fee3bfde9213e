"""What do events about what an estate is change?"""

from typing import assert_never

from kvob_domain.estate.events import IdentityEvent
from kvob_domain.estate.events.identity import (
    EstateRegistered,
    EstateRenamed,
    EstateTransferred,
    GroupJoined,
    MembersLinked,
    PartySucceeded,
    ScopeChanged,
)
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.parties import Party


def apply_identity(estate: Estate, event: IdentityEvent, recorded: Recorded) -> None:
    """Change name, area, parties or body."""
    del recorded
    match event:
        case EstateRegistered():
            _register(estate, event)
        case MembersLinked():
            estate.members = (*estate.members, *event.members)
        case GroupJoined():
            estate.groups = (*estate.groups, event.group)
        case EstateRenamed():
            estate.former_names = (*estate.former_names, estate.name)
            estate.name = event.name
        case ScopeChanged():
            estate.scope = event.scope
        case PartySucceeded():
            estate.changed_on = event.on
            _succeed(estate, event)
        case EstateTransferred():
            estate.changed_on = event.on
            estate.body = event.to_body
        case _:
            assert_never(event)


def _register(estate: Estate, event: EstateRegistered) -> None:
    estate.kind = event.kind
    estate.name = event.name
    estate.municipalities = event.municipalities
    estate.registered_on = event.on
    estate.scope = event.scope


def _succeed(estate: Estate, event: PartySucceeded) -> None:
    successor = Party(organisation=event.successor, role=event.role)
    estate.parties = tuple(
        successor if party.organisation == event.former else party for party in estate.parties
    )
    estate.measures = tuple(
        measure.but({"owner": event.successor, "owner_role": event.role})
        if measure.owner == event.former
        else measure
        for measure in estate.measures
    )
