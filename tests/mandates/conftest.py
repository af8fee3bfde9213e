"""An engine with two sides on it, on each kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kvob_workflow import Engine
from kvob_workflow.testing import SettableClock, engine_at
from tests.mandates.sides import TODAY, Side, sides


@pytest.fixture(params=["memory", "file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path / 'kvob.db'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with engine_at(url, SettableClock(TODAY)) as opened:
        yield opened


@pytest.fixture
def both(engine: Engine) -> tuple[Side, Side]:
    return sides(engine)


@pytest.fixture(scope="module")
def alone() -> Iterator[tuple[Engine, Side, Side]]:
    """An engine in memory with both sides, for tests that only ask."""
    with engine_at("memory:", SettableClock(TODAY)) as opened:
        ours, others = sides(opened)
        yield opened, ours, others
