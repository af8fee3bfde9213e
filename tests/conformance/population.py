"""Which estates do stories look at? The sample cases, the invented estate, and names that are hard.

It is built over simulated years, so that what was known when differs from what happened when.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow import LinkMembers, RegisterGroup, RenameEstate
from kvob_workflow.demo import story
from kvob_workflow.errors import NameTaken
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.store import Append, NameClaim
from tests.conformance.world import World

HARD_NAMES: Final = (
    "Éénhoorn",
    "eenhoorn Oost",
    "Zuid_West",
    "100% Zuid",
    "ĳsseloord",
    "IJsseloord 2",
    "'t Ambacht; DROP TABLE stored_events --",
    "Ωmega \U0001d4a6 \U0001f3ed",
    "a|b/c\\d :place %s $1",
    "Æther",
    "ß-straat",
    "  Dubbele   spaties ",
)
MUNICIPALITIES: Final = ("Súdwest-Fryslân", "'s-Hertogenbosch", "Bergen (NH.)", "a_b%c")


def sample(world: World) -> None:
    """The sample cases, imported on one day in 2019."""
    world.clock.set_day(date(2019, 5, 6))
    with sample_cases() as path:
        world.tell("import of the sample", import_file(world.engine, path))


def invented(world: World, name: str = "De Zilverhoek", *, late: int = 0) -> EstateId:
    """The invented estate, each step recorded on its day or `late` days after it."""
    world.clock.set_day(date(2020, 9, 14))
    estate = world.register(name)
    for step in story(estate):
        if isinstance(step.command, EstateCommand):
            world.clock.set_day(step.command.on + timedelta(days=late))
        done = world.tries(step.command, step.actor)
        assert done is (step.refused_with is None)
    return estate


def leave_gap(world: World) -> None:
    """An append that is undone after its events took positions; a server gives them to nobody."""
    name, place = f"Bezet {world.rank(world.store.last_position())}", "Goes"
    world.register(name, place)
    event = EstateRegistered(
        kind=EstateKind.ESTATE, name=name, municipalities=(place,), on=PartialDate.parse("")
    )
    lost = Recorded(EstateId("e" * 32), 1, event, world.clock.now())
    claim = NameClaim(normal_name(place), normal_name(name), lost.estate)
    with suppress(NameTaken):
        world.store.append(Append((lost,), claims=(claim,)))
        raise AssertionError("the name was to be taken")


def hard_names(world: World) -> list[EstateId]:
    """Estates whose names and places try sorting, searching and quoting."""
    made: list[EstateId] = []
    for number, name in enumerate(HARD_NAMES):
        places = tuple(MUNICIPALITIES[(number + more) % 4] for more in range(1 + number % 3))
        made.append(world.register(name, *places))
    group = RegisterGroup(name="Alle _ en %", municipalities=MUNICIPALITIES)
    everybody = world.do(group).estate
    day = world.engine.today()
    world.do(LinkMembers(estate=everybody, on=day, members=tuple(made[:3])))
    world.do(RenameEstate(estate=made[3], on=day, name="Tweehonderd procent", reason="Wens"))
    return made
