"""Engines on each store, with a clock to set and a receiver on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.cloud_events import Sender
from kvob_workflow.testing import GUIDE, SettableClock
from kvob_workflow.webhooks import Outlet
from tests.webhooks.receiving import Receiver, receiver

TODAY = date(2026, 11, 23)
SOURCE = "urn:nld:oin:00000001234567890000:systeem:kvob"
HERE = Outlet(sender=Sender(SOURCE), development=True, chance=lambda: 0.0)

Opening = Callable[..., Engine]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture(params=["memory", "file", "postgres"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/kvob.db"


@pytest.fixture
def opened(tmp_path: Path, clock: SettableClock) -> Iterator[Opening]:
    """Opens engines with the same clock and key file, and closes them."""
    with ExitStack() as stack:

        def opening(url: str = "memory:", outlet: Outlet = HERE) -> Engine:
            key = None if url == "memory:" else tmp_path / "webhook.key"
            made = Engine.open(
                url,
                actor=GUIDE,
                clock=clock,
                synchronous="NORMAL",
                outlet=replace(outlet, key=key),
            )
            return stack.enter_context(made)

        yield opening


@pytest.fixture
def engine(opened: Opening) -> Engine:
    """An engine in memory."""
    return opened()


def register(engine: Engine, name: str, place: str = "Oss") -> EstateId:
    return engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
