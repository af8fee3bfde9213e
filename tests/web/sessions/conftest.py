"""A login service, and a site that people log in to by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kvob_workflow.testing import SettableClock
from tests.http.auth.login_service import TODAY
from tests.web.sessions.issuer import Issuer, serving
from tests.web.sessions.world import World


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def issuer(clock: SettableClock) -> Iterator[Issuer]:
    with serving(clock) as found:
        yield found


@pytest.fixture
def world(issuer: Issuer, clock: SettableClock) -> World:
    return World(issuer, clock)
