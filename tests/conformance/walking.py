"""What does a random walk do? Any command, on any estate, on any later day, from one seed.

Half of the steps go on with the invented story, so that estates get somewhere; the others are
examples of all commands, most of which are refused. After each step every list is asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from kvob_domain.estate.commands import Command, command_adapter
from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_workflow import Actor, Moment, RegisterEstate
from kvob_workflow.demo import story as invented
from kvob_workflow.demo.steps import DemoStep
from kvob_workflow.testing import DECIDER, GUIDE, SECOND_DECIDER
from tests.cli.command_examples import BY_NAME
from tests.conformance.about import every_list, every_question
from tests.conformance.world import World

START: Final = date(2023, 1, 9)
_NAMES: Final = ("Noord", "Zuid", "Oost", "De Hoek", "Éénhoorn", "100%", "a_b", "ĳsseloord")
_PLACES: Final = ("Goes", "Soest", "Súdwest-Fryslân")
_PEOPLE: Final = (GUIDE, DECIDER, SECOND_DECIDER)
_OTHERS: Final = ("members", "also")


class Walk:
    """A walk over some estates of a world."""

    def __init__(self, world: World, seed: int, estates: int = 5) -> None:
        """Begin with some estates on a day in January."""
        self._world, self._dice = world, random.Random(seed)
        world.clock.set_day(START)
        self._estates = [
            world.register(_NAMES[number % len(_NAMES)], f"Plaats {number // len(_NAMES)}")
            for number in range(estates)
        ]
        self._plots: dict[EstateId, Iterator[DemoStep]] = {
            estate: invented(estate) for estate in self._estates
        }

    def step(self, number: int) -> None:
        """Take one step, and ask every list."""
        world, dice = self._world, self._dice
        world.clock.move_on(timedelta(days=dice.choice((0, 0, 1, 9, 30)), seconds=number))
        estate = dice.choice(self._estates)
        roll = dice.random()
        if roll < 0.5:
            self._plot(estate)
        elif roll < 0.85:
            self._anything(estate)
        elif roll < 0.9:
            self._register()
        elif roll < 0.95:
            world.ask("sweep", confirm=True)
        else:
            world.reopen()
        every_list(world)
        world.ask("history", estate)
        if number % 12 == 0:
            self._look_back(estate)

    def _plot(self, estate: EstateId) -> None:
        """The next step of the invented story that is taken, on this day."""
        for step in self._plots[estate]:
            if isinstance(step.command, EstateCommand) and step.refused_with is None:
                again = step.command.model_copy(update={"on": self._world.engine.today()})
                self._world.tries(again, step.actor)
                return

    def _anything(self, estate: EstateId) -> None:
        dice = self._dice
        fields: dict[str, Any] = dict(BY_NAME[dice.choice(sorted(BY_NAME))][1].fields)
        fields["estate"] = estate
        for name in _OTHERS:
            if name in fields:
                fields[name] = [dice.choice(self._estates)]
        if "on" in fields:
            fields["on"] = str(self._world.engine.today() - timedelta(days=dice.choice((0, 0, 40))))
        if "version" in fields:
            fields["version"] = dice.randint(1, self._world.engine.state(estate).version)
        if "proposal" in fields:
            waiting = self._world.engine.state(estate).proposals
            fields["proposal"] = waiting[0].id if waiting else "act-1"
        self._give(command_adapter().validate_python(fields), dice.choice(_PEOPLE))

    def _register(self) -> None:
        dice = self._dice
        places = tuple(dice.sample(_PLACES, dice.randint(1, 2)))
        command = RegisterEstate(name=dice.choice(_NAMES), municipalities=places)
        before = set(self._world.store.estates())
        if self._world.tries(command):
            (made,) = set(self._world.store.estates()) - before
            self._estates.append(made)
            self._plots[made] = invented(made)

    def _give(self, command: Command, actor: Actor) -> None:
        world, dice = self._world, self._dice
        if dice.random() < 0.3:
            world.ask("do", command, actor=actor, dry_run=True)
        key = f"key-{dice.randint(1, 30)}" if dice.random() < 0.3 else None
        world.tries(command, actor, command_id=key)

    def _look_back(self, estate: EstateId) -> None:
        world, dice = self._world, self._dice
        days = (world.engine.today() - START).days
        a, b = (self._moment(dice.randint(0, days), dice.randint(0, days)) for _ in range(2))
        every_question(world, estate)
        world.ask("board", BoardQuery(groups=True, day=a.on, known_at=a.known_at))
        world.ask("moved", a, b, BoardQuery(groups=True))
        world.ask("diff", estate, a, b)

    def _moment(self, on: int, known: int) -> Moment:
        day = START + timedelta(days=on)
        return Moment(day, self._world.clock.now() - timedelta(days=known))
