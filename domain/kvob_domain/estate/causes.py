"""Which commands can an event come from? More than one where several say the same.

An act that takes two persons is written down when the second one approves, so `ApproveAct` is a
cause of its events as well. An event without a command is written by the program itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from kvob_domain.estate.commanded import SAYS_THE_SAME
from kvob_domain.estate.commands import Command, TwoPersonCommand
from kvob_domain.estate.commands.certification import AwardCertificate
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.estate.commands.identity import LinkMembers, RegisterEstate, RegisterGroup
from kvob_domain.estate.commands.oversight import ApproveAct, MigrateEdition
from kvob_domain.estate.events import ALL_EVENTS, AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.events.identity import EstateRegistered, GroupJoined
from kvob_domain.estate.events.oversight import ActProposed, EditionMigrated, PersonErased

_TAKES_TWO: Final[tuple[type[Command], ...]] = get_args(TwoPersonCommand)

_OTHERWISE: Final[Mapping[type[AnyEvent], tuple[type[Command], ...]]] = {
    EstateRegistered: (RegisterEstate, RegisterGroup),
    GroupJoined: (LinkMembers,),
    CertificateAwarded: (AwardCertificate,),
    EditionMigrated: (MigrateEdition,),
    ActProposed: _TAKES_TWO,
    NoticeGiven: (GiveNotice,),
    CertificateExpired: (GiveNotice,),
    EventCorrected: (Correct,),
    PersonErased: (),
}


def _causes(event: type[AnyEvent]) -> tuple[type[Command], ...]:
    said = SAYS_THE_SAME.get(event)
    causes = _OTHERWISE[event] if said is None else (said,)
    approved = event is not ActProposed and any(one in _TAKES_TWO for one in causes)
    return (*causes, ApproveAct) if approved else causes


CAUSES: Final[Mapping[type[AnyEvent], tuple[type[Command], ...]]] = MappingProxyType(
    {event: _causes(event) for event in ALL_EVENTS}
)
"""Every event, with the commands that give it."""
