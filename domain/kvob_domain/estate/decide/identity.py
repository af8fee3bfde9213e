"""What is written down about what an estate is?"""

from typing import assert_never

from kvob_domain.estate.commands import IdentityCommand
from kvob_domain.estate.commands.identity import (
    ChangeScope,
    LinkMembers,
    RegisterEstate,
    RegisterGroup,
    RenameEstate,
    SucceedParty,
    TransferEstate,
)
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
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.refusals.lifecycle import AlreadyRegistered
from kvob_domain.refusals.naming import MemberIsGroup


def identity_event(command: IdentityCommand, estate: Estate) -> IdentityEvent:
    """The event of an identity command.

    Raises:
        AlreadyRegistered: when the estate is entered twice.
    """
    match command:
        case RegisterEstate() | RegisterGroup():
            return _registered(command, estate)
        case LinkMembers():
            return MembersLinked(on=command.on, members=command.members)
        case RenameEstate():
            return EstateRenamed(on=command.on, name=command.name, reason=command.reason)
        case ChangeScope():
            return ScopeChanged(on=command.on, scope=command.scope, reason=command.reason)
        case SucceedParty():
            return PartySucceeded(
                on=command.on,
                former=command.former,
                successor=command.successor,
                role=command.role,
            )
        case TransferEstate():
            return EstateTransferred(
                on=command.on,
                from_body=estate.body,
                to_body=command.to_body,
                reason=command.reason,
            )
        case _:
            assert_never(command)


def _registered(command: RegisterEstate | RegisterGroup, estate: Estate) -> EstateRegistered:
    if estate.exists:
        raise AlreadyRegistered(estate.name)
    return EstateRegistered(
        kind=command.kind if isinstance(command, RegisterEstate) else EstateKind.GROUP,
        name=command.name,
        municipalities=command.municipalities,
        on=command.on,
        scope=command.scope if isinstance(command, RegisterEstate) else None,
    )


def joined(command: LinkMembers, member: Estate) -> GroupJoined:
    """What is written on a member when a group is linked.

    Raises:
        MemberIsGroup: when the member is a group itself.
    """
    if member.kind is EstateKind.GROUP:
        raise MemberIsGroup(member.name)
    return GroupJoined(on=command.on, group=command.estate)
