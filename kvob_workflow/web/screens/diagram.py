"""Where does an estate stand in the lifecycle, what can be done, and what blocks the rest?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.certificates import periods
from kvob_domain.estate.commands import name_of
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import CERTIFICATE_MOVES, TRAJECTORY_MOVES
from kvob_domain.mandates import Scope
from kvob_workflow.web.one_estate.actions import commands_of, form_of
from kvob_workflow.web.one_estate.plainly import plainly
from kvob_workflow.web.one_estate.seen import with_estate
from kvob_workflow.web.pictures.state_diagram import certificate_diagram, trajectory_diagram
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import Response

    from kvob_domain.estate.possible import Possible
    from kvob_domain.estate.state import Estate
    from kvob_domain.lifecycle.trajectory import Step
    from kvob_domain.words import Text
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.pictures.state_diagram import Diagram

SCREENS: Final = Screens("diagram")


@dataclass(frozen=True, slots=True)
class Free:
    """A move that the lifecycle lets through; `href` None for who may not make it, or not now."""

    title: Text
    leads_to: Step | None
    href: str | None


@dataclass(frozen=True, slots=True)
class Machine:
    """One of the two machines, with its moves."""

    diagram: Diagram
    free: tuple[Free, ...]


@SCREENS.get("/estates/{estate}/diagram", scope=Scope.ESTATES_READ)
def estate_diagram(ask: Ask) -> Response:
    """The state diagrams of an estate."""
    return with_estate(ask, lambda seen: _shown(ask, seen.overview, seen.state))


def _shown(ask: Ask, overview: Overview, state: Estate) -> Response:
    commands = commands_of(ask, state)
    trajectory = trajectory_diagram(state.step, state.moves, commands, ask.language)
    certificate = certificate_diagram(
        overview.status,
        _statuses_before(state, overview.status, ask),
        commands,
        ask.language,
        first_number=len(trajectory.blocked) + 1,
    )
    of_certificate = [one for one in commands if name_of(one.command) in CERTIFICATE_MOVES]
    of_trajectory = [
        one
        for one in commands
        if name_of(one.command) in TRAJECTORY_MOVES or one not in of_certificate
    ]
    return page(
        ask,
        "estate_diagram.html",
        overview=overview,
        trajectory=Machine(trajectory, _free(ask, of_trajectory)),
        certificate=Machine(_told_once(ask, trajectory, certificate), _free(ask, of_certificate)),
        dated=partial(plainly, language=ask.language),
    )


def _told_once(ask: Ask, first: Diagram, second: Diagram) -> Diagram:
    """The second diagram, which leads back to the reasons that stand with the first."""
    numbers = {one.command: one.number for one in first.blocked}
    blocked = (
        replace(one, reasons=(ask.t("Zie {}.", "See {}.").format(numbers[one.command]),))
        if one.command in numbers
        else one
        for one in second.blocked
    )
    return replace(second, blocked=tuple(blocked))


def _free(ask: Ask, commands: Iterable[Possible]) -> tuple[Free, ...]:
    found = (
        Free(one.command.TITLE, one.leads_to, form_of(ask, name_of(one.command)))
        for one in commands
        if not one.obstacles
    )
    return tuple(sorted(found, key=lambda one: one.leads_to is None))


def _statuses_before(state: Estate, status: Status, ask: Ask) -> set[Status]:
    """What the certificates have been before the day that the page is about."""
    found: set[Status] = set()
    if state.certificates and status is not Status.NONE:
        found.add(Status.NONE)
    for period in periods(state.certificates):
        if period.from_day is not None and period.from_day > ask.day:
            continue
        held = period.certificate
        is_dated = held.valid_from is not None and held.expires_on is not None
        is_unknown = period.standing is Status.VALID and not is_dated
        found.add(Status.UNKNOWN if is_unknown else period.standing)
        ends = period.until_day or ask.day
        if held.expires_on is not None and held.expires_on < ends:
            found.add(Status.EXPIRED)
    return found - {status}
