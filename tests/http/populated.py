"""Which estates do questions look at? The sample cases, and one that has walked its whole life."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

from kvob_domain.ids import EstateId
from kvob_workflow.demo import walk
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.conftest import TODAY, HttpWorld

Whole = tuple[HttpWorld, EstateId]
"""A world with everything in it, and the id of the invented estate. Tests only look at it."""


def walked(world: HttpWorld) -> EstateId:
    """The invented estate, each step recorded on its day."""
    estates = [one.outcome.estate for one in walk(world.engine, world.clock.set_day) if one.outcome]
    world.clock.set_day(TODAY)
    return estates[0]


@contextmanager
def whole_world() -> Generator[Whole]:
    """A world with everything in it, and the id of the invented estate."""
    clock = SettableClock(date(2019, 5, 6))
    with engine_at("memory:", clock) as engine:
        world = HttpWorld(engine, clock)
        with sample_cases() as path:
            import_file(engine, path)
        yield world, walked(world)
