"""Engines for the tests of the engine: in memory and on a file, on a day that stands still."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kvob_workflow import Engine, EstateId, RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.testing import GUIDE, SettableClock, engine_at, engine_in_memory

TODAY = date(2026, 11, 23)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with engine_in_memory(TODAY) as opened:
        yield opened


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kvob.db'}"


@pytest.fixture
def file_engine(url: str, clock: SettableClock) -> Iterator[Engine]:
    with engine_at(url, clock) as opened:
        yield opened


@pytest.fixture
def register(engine: Engine) -> Callable[[str], EstateId]:
    def enter(name: str) -> EstateId:
        command = RegisterEstate(name=name, municipalities=("Voorbeeldstad",))
        return engine.do(command, actor=GUIDE).estate

    return enter


@pytest.fixture
def walked_to(engine: Engine, register: Callable[[str], EstateId]) -> Callable[..., EstateId]:
    """An estate that has walked the invented story up to, not including, a command."""

    def walk(stop: str, *, name: str = "De Zilverhoek") -> EstateId:
        estate = register(name)
        for step in story(estate):
            if step.command.command == stop and step.refused_with is None:
                return estate
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
        return estate

    return walk
