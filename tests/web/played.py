"""How does an estate get a past, for the tests of the first pages? Step by step, by who took it."""

from __future__ import annotations

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.ids import EstateId, PersonId
from tests.projections.desk import Step as Happened
from tests.web.conftest import WebWorld


def played(
    world: WebWorld, steps: tuple[Happened, ...], name: str = "De Hoek", place: str = "Soest"
) -> EstateId:
    """An estate of which this has happened."""
    estate = world.engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
    for step in steps:
        actor = Actor(PersonId(step.person), "Stichting", Role.OPERATOR)
        world.engine.do(step.command(estate), actor=actor)
    return estate
