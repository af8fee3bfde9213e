"""What is answered about other moments? Any list, any estate, and what moved, on both clocks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_workflow import Correct, Moment
from kvob_workflow.testing import SECOND_DECIDER
from tests.conformance.about import LISTS
from tests.conformance.population import MUNICIPALITIES, hard_names, invented, leave_gap, sample
from tests.conformance.world import TODAY, World

_FIRST: Final = date(2005, 1, 1)
_MOMENTS: Final = 24
_SORTS: Final = (("estate",), ("-estate", "municipality"), ("estate_id",), ("municipality",))


def story(world: World) -> None:
    """Random pairs of moments over some hundred estates, with corrections in between."""
    sample(world)
    on_time, late = invented(world), invented(world, "De Lage Hoek", late=45)
    world.clock.set_day(TODAY - timedelta(days=3))
    others = hard_names(world)
    leave_gap(world)
    world.clock.set_day(TODAY - timedelta(days=2))
    _corrected(world, on_time)
    world.clock.set_day(TODAY)
    world.ask("sweep", confirm=True)
    world.ask("build_periods")
    dice = random.Random(18)
    for _ in range(_MOMENTS):
        a, b = _moment(dice), _moment(dice)
        _lists(world, a, dice)
        for estate in (on_time, late, others[0]):
            _one(world, estate, a, b)
        world.ask("moved", a, b, BoardQuery(groups=dice.random() < 0.5, limit=20))
    _refused(world, on_time)
    world.clock.move_on(timedelta(days=1))
    world.register("Later", *MUNICIPALITIES[:2])
    world.reopen()
    world.ask("board", BoardQuery(day=TODAY, known_at=_noon(TODAY)))
    world.ask("moved", Moment(TODAY, _noon(TODAY)), Moment(), BoardQuery(municipality="a_b%c"))
    world.ask("parked")
    world.ask("board", BoardQuery(day=TODAY, known_at=world.clock.now(), limit=3))


def _corrected(world: World, estate: EstateId) -> None:
    for number, event in enumerate(world.engine.history(estate)):
        if number in (4, 5):
            says = {"on": "2020-11-01"}
            command = Correct(
                estate=estate,
                on=world.engine.today(),
                version=event.version,
                says=says,
                reason="fout",
            )
            world.ask("do", command, actor=SECOND_DECIDER, dry_run=True)
            world.tries(command, SECOND_DECIDER)


def _moment(dice: random.Random) -> Moment:
    days = (TODAY - _FIRST).days
    on = None if dice.random() < 0.2 else _FIRST + timedelta(days=dice.randrange(days + 900))
    if dice.random() < 0.4:
        return Moment(on)
    known = date(2019, 1, 1) + timedelta(days=dice.randrange((TODAY - date(2019, 1, 1)).days))
    return Moment(on, _noon(known) + timedelta(microseconds=dice.randrange(1000)))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def _lists(world: World, moment: Moment, dice: random.Random) -> None:
    for name, usual in LISTS.items():
        query = replace(
            usual, day=moment.on, known_at=moment.known_at, sort=dice.choice(_SORTS), limit=30
        )
        world.ask(name, query)
        place = dice.choice((*MUNICIPALITIES, "Voorbeeldstad"))
        world.ask(name, replace(query, municipality=place, text=dice.choice((None, "e", "_"))))
    world.ask("heat_map", HeatMapQuery(day=moment.on, known_at=moment.known_at))


def _one(world: World, estate: EstateId, a: Moment, b: Moment) -> None:
    for question in ("state", "overview", "board_row", "history"):
        world.ask(question, estate, a.on, a.known_at)
    world.ask("diff", estate, a, b)


def _refused(world: World, estate: EstateId) -> None:
    ahead = world.clock.now() + timedelta(seconds=1)
    world.ask("board", BoardQuery(known_at=ahead))
    world.ask("moved", Moment(None, ahead), Moment())
    world.ask("history", EstateId("0" * 32))
    for text in ("2021-06-30", "2021-06-30@2021-07-05", "now", "then", "2021-06-30@later"):
        world.ask("moment", text)
    world.ask("instant", "2021-07-05")
    world.ask("instant", "2021-07-05T12:00:00")
    world.ask("diff", estate, Moment(date(1990, 1, 1)), Moment(date(1990, 1, 2)))
