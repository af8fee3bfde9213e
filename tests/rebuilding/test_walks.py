"""Are rebuilt rows always the live ones? Random walks over every command, on every store."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conformance.walking import Walk
from tests.conformance.world import World
from tests.rebuilding.conftest import tables

if TYPE_CHECKING:
    from pathlib import Path


class Quiet(Walk):
    """A walk that asks no lists on its way: the tables are compared at the end."""

    def step(self, number: int) -> None:
        """One command, or a sweep."""
        self._world.clock.move_on(timedelta(days=self._dice.choice((0, 1, 30)), seconds=number))
        roll = self._dice.random()
        if roll < 0.5:
            self._plot(self._dice.choice(self._estates))
        elif roll < 0.9:
            self._anything(self._dice.choice(self._estates))
        elif roll < 0.95:
            self._register()
        else:
            self._world.ask("sweep", confirm=True)


@pytest.mark.parametrize("seed", [11, 12])
def test_the_rows_of_a_random_walk_are_those_that_its_events_give(
    url: str, tmp_path: Path, seed: int
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    with closing(World(url, keys)) as world:
        walk = Quiet(world, seed)
        for number in range(1, 41):
            walk.step(number)
            if number % 20 == 0:
                world.engine.rebuild("board", "deadlines", chunk=6)
        before = tables(world.engine)
        report = world.engine.rebuild(chunk=6)
        assert (report.differing, report.behind) == (0, ())
        assert tables(world.engine) == before
        world.engine.undo_rebuild()
        assert tables(world.engine) == before
