"""What can who looks do now with an estate, and what stands in the way of the rest?

The lifecycle says what can be done (`kvob_domain.estate.possible`), the mandate who may do it.
What depends on what is filled in, the form says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.possible import possible
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.table import has_move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import scope_for
from kvob_domain.refusals.lifecycle import (
    GroupHasNoTrajectory,
    NoTrajectory,
    WrongStatus,
    WrongStep,
)
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.errors import Rejected
    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.possible import Possible
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.asking import Ask

_OF_LIFECYCLE: Final = (WrongStep, WrongStatus, NoTrajectory, GroupHasNoTrajectory)
_GRAVE: Final = (
    "refuse_award",
    "suspend_certificate",
    "withdraw_certificate",
    "waive_requirement",
    "migrate_edition",
    "revert_migration",
    "end_trajectory",
)
OF_DOSSIER: Final = (
    "register_document",
    "record_remark",
    "record_past_fact",
    "correct",
    "rename_estate",
    "change_scope",
    "succeed_party",
    "transfer_estate",
    "link_members",
    "give_notice",
)
_GRAVE_WORDS: Final = Text("Besluiten en uitzonderingen", "Decisions and exceptions")
_DOSSIER_WORDS: Final = Text("Dossier en gegevens", "File and particulars")
_CLASSES: Final[Mapping[str, type[Command]]] = {name_of(one): one for one in ALL_COMMANDS}


@dataclass(frozen=True, slots=True)
class Action:
    """A form to open. `leads_to` is the step that it leads to, None where it leads to none."""

    command: str
    title: Text
    href: str
    leads_to: Step | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A command that cannot be given now, and the sentences that say why."""

    command: str
    title: Text
    leads_to: Step | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class More:
    """Actions under one heading."""

    words: Text
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done: `main` leads on, `others` belong to this step, `more` is seldom needed.

    `stopped` lacks something that can be brought, `elsewhere` belongs to another step or status.
    All are empty for another day than today.
    """

    main: Action | None = None
    others: tuple[Action, ...] = ()
    more: tuple[More, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    elsewhere: tuple[Stopped, ...] = ()


def commands_of(ask: Ask, state: Estate) -> tuple[Possible, ...]:
    """Every command of the lifecycle on the day that the page is about; none for a group."""
    if state.kind is EstateKind.GROUP:
        return ()
    return possible(state, terms_under(ask.desk.book, state.edition), ask.day)


def form_of(ask: Ask, command: str, /, **filled: object) -> str | None:
    """The address of the form of a command with fields filled in.

    None where who looks may not give the command, or looks at another moment than now.
    """
    if not ask.is_now or not ask.may(scope_for(_CLASSES[command])):
        return None
    return ask.links.to(f"/estates/{ask.path('estate')}/do/{command}", **filled)


def actions_of(ask: Ask, state: Estate, commands: Iterable[Possible]) -> Actions:
    """What can be done with an estate."""
    if not ask.is_now:
        return Actions()
    commands = tuple(commands)
    free = {name_of(one.command): one for one in commands if not one.obstacles}
    plain = [
        _action(ask, one)
        for name, one in free.items()
        if name not in _GRAVE and _has_use(name, state)
    ]
    given = [one for one in (*plain, _presenting(ask, state)) if one is not None]
    main = next((one for one in given if _leads_on(one)), None)
    return Actions(
        main=main,
        others=tuple(one for one in given if one is not main),
        more=_more(ask, state, free),
        stopped=_stopped(ask, commands, of_lifecycle=False),
        elsewhere=_stopped(ask, commands, of_lifecycle=True),
    )


def _has_use(name: str, state: Estate) -> bool:
    """Whether there is anything that the command could be about."""
    if name == "close_finding":
        return bool(state.dossier.open_findings)
    return bool(state.measures) or name != "update_measure"


def _presenting(ask: Ask, state: Estate) -> Action | None:
    """To hand over the certificate, which moves nothing, while it has not been."""
    held, name = state.latest_certificate, "present_certificate"
    if held is None or held.presented_on is not None or held.from_source:
        return None
    href = form_of(ask, name)
    return None if href is None else Action(name, _CLASSES[name].TITLE, href)


def _leads_on(action: Action) -> bool:
    return action.leads_to is not None and action.leads_to is not Step.ENDED


def _action(ask: Ask, one: Possible) -> Action | None:
    name = name_of(one.command)
    href = form_of(ask, name)
    return None if href is None else Action(name, one.command.TITLE, href, one.leads_to)


def _more(ask: Ask, state: Estate, free: Mapping[str, Possible]) -> tuple[More, ...]:
    grave = [_action(ask, free[name]) for name in _GRAVE if name in free]
    dossier = [
        Action(name, _CLASSES[name].TITLE, href)
        for name in OF_DOSSIER
        if (name == "link_members") <= (state.kind is EstateKind.GROUP)
        and (href := form_of(ask, name)) is not None
    ]
    found = (
        More(_DOSSIER_WORDS, tuple(dossier)),
        More(_GRAVE_WORDS, tuple(one for one in grave if one is not None)),
    )
    return tuple(one for one in found if one.actions)


def _stopped(ask: Ask, commands: Iterable[Possible], *, of_lifecycle: bool) -> tuple[Stopped, ...]:
    return tuple(
        Stopped(
            name_of(one.command),
            one.command.TITLE,
            one.leads_to,
            tuple(obstacle.message(ask.language) for obstacle in one.obstacles),
        )
        for one in commands
        if one.obstacles and _is_of_lifecycle(one.obstacles) is of_lifecycle
        if has_move(name_of(one.command)) or not of_lifecycle
    )


def _is_of_lifecycle(obstacles: Iterable[Rejected]) -> bool:
    return any(isinstance(one, _OF_LIFECYCLE) for one in obstacles)
