"""On which day does a deadline fall due? The civil day in Amsterdam, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kvob_domain.estate.commands.deadlines import ReplanDeadline
from kvob_domain.estate.deadline_kinds import DeadlineKind
from tests.engine.sweep_world import World, midnight, noon


@pytest.fixture
def world() -> Iterator[World]:
    with World(date(2023, 9, 1)) as made:
        yield made


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2024, 1, 15), id="winter"),
        pytest.param(date(2024, 7, 15), id="summer"),
        pytest.param(date(2024, 3, 31), id="clocks go forward"),
        pytest.param(date(2024, 10, 27), id="clocks go back"),
        pytest.param(date(2024, 2, 29), id="29 February"),
        pytest.param(date(2024, 12, 31), id="31 December"),
        pytest.param(date(2025, 1, 1), id="1 January"),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(world: World, day: date) -> None:
    estate = world.awarded("Noord", on=date(2023, 9, 1))[0]
    moved = ReplanDeadline(
        estate=estate,
        on=date(2023, 9, 1),
        kind=DeadlineKind.REMINDER,
        due_on=day,
        reason="op deze dag",
    )
    world.engine.do(moved)
    world.sweep_at(noon(date(2024, 1, 2)))
    begin = midnight(day)
    hours = 23 if day.month in (1, 2, 3, 12) else 22
    assert (begin.hour, begin.minute) == (hours, 0)
    world.sweep_at(begin - timedelta(seconds=1))
    assert f"reminder 1 {day}" not in world.notices(estate)
    assert world.engine.next_due_on() == day
    assert world.sweep_at(begin).given == 1
    assert world.notices(estate)[-1] == f"reminder 1 {day}"


def test_a_year_from_29_february_falls_due_on_28_february(world: World) -> None:
    estate = world.awarded("Noord", on=date(2024, 2, 29))[0]
    world.sweep_at(midnight(date(2025, 2, 28)) - timedelta(seconds=1))
    assert world.notices(estate) == []
    world.sweep_at(midnight(date(2025, 2, 28)))
    assert world.notices(estate) == ["evaluation 1 2025-02-28"]
