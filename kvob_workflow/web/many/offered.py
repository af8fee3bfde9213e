"""Which commands can be given for several estates, and for how many of these now?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, JointCommand, name_of
from kvob_domain.estate.commands.certification import CloseFinding
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.deadlines import GiveNotice
from kvob_domain.estate.commands.identity import (
    ChangeScope,
    LinkMembers,
    RegisterEstate,
    RegisterGroup,
    RenameEstate,
)
from kvob_domain.estate.commands.oversight import ApproveAct, DeclineAct
from kvob_domain.estate.commands.preparation import RecordFigures, RecordSurvey
from kvob_domain.estate.values import EstateKind
from kvob_domain.mandates import scope_for
from kvob_workflow.web.one_estate.actions import commands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.state import Estate
    from kvob_domain.words import Text
    from kvob_workflow.web.asking import Ask

_OF_ONE: Final = (
    *(RegisterEstate, RegisterGroup, RenameEstate, ChangeScope, LinkMembers),
    *(RecordSurvey, RecordFigures, CloseFinding, ApproveAct, DeclineAct, Correct, GiveNotice),
)
"""Commands that say what holds for one estate alone: its name, its counts, its own events."""
FOR_SEVERAL: Final[Mapping[str, type[Command]]] = {
    name_of(one): one for one in ALL_COMMANDS if one not in _OF_ONE
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One command. `free` counts the estates at which nothing stands in its way now."""

    name: str
    title: Text
    is_joint: bool
    free: int


def is_joint(model: type[Command]) -> bool:
    """Whether it is one act of all estates, and not one for each."""
    return issubclass(model, JointCommand)


def offered_for(ask: Ask, states: Iterable[Estate]) -> tuple[Offered, ...]:
    """The commands that who looks may give; those that most estates can take come first."""
    states = tuple(states)
    stopped = dict.fromkeys(FOR_SEVERAL, 0)
    for state in states:
        for name in _stopped_at(ask, state):
            stopped[name] = stopped.get(name, 0) + 1
    found = [
        Offered(name, model.TITLE, is_joint(model), len(states) - stopped[name])
        for name, model in FOR_SEVERAL.items()
        if ask.may(scope_for(model))
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_joint, -one.free)))


def _stopped_at(ask: Ask, state: Estate) -> Iterable[str]:
    if state.kind is EstateKind.GROUP:
        return _OF_LIFECYCLE
    stopped = {name_of(one.command) for one in commands_of(ask, state) if one.obstacles}
    has_nothing = {
        "update_measure": not state.measures,
        "revert_migration": not state.earlier_editions,
        "succeed_party": not state.parties,
    }
    return stopped | {name for name, lacks in has_nothing.items() if lacks}


_OF_DOSSIER: Final = frozenset(
    {"record_remark", "record_past_fact", "register_document", "succeed_party"}
)
_OF_LIFECYCLE: Final = tuple(one for one in FOR_SEVERAL if one not in _OF_DOSSIER)
"""What a group, which has no trajectory, cannot take."""
