"""What does every test of notices need? A store of each kind with two estates, a clock to set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.notices.samples import TODAY, Desk, fill


@pytest.fixture
def url(kept_url: str) -> str:
    return kept_url


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def desk(store: EventStore) -> Desk:
    return fill(store)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)
