"""Stores for the exports: the sample cases, and the invented story with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import GUIDE, SettableClock, engine_at

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="package")
def store() -> Iterator[Engine]:
    """The sample cases, and one estate that walked through everything. Only for reading."""
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        with sample_cases() as path:
            import_file(engine, path)
        command = RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",))
        estate = engine.do(command, actor=GUIDE).estate
        for step in story(estate):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
        clock.set_day(TODAY.replace(year=2027))  # reminders have fallen due by then
        assert engine.sweep().given
        yield engine
