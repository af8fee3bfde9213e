"""Does PostgreSQL name the same estates that moved, with the same changes and causes?"""

from __future__ import annotations

import random
from contextlib import closing
from datetime import timedelta

import pytest

from benchmarks.as_of_campaign import NOW
from benchmarks.past_histories import BEGIN, FIRST, PLACES, histories
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import ALL_VIEWS
from kvob_workflow import BoardQuery, Engine
from kvob_workflow.engine.moments import Moment
from kvob_workflow.store import Append, open_store
from kvob_workflow.testing import SettableClock


def _moment(chance: random.Random) -> Moment:
    day = FIRST + timedelta(days=chance.randrange(-50, 8000))
    if chance.random() < 0.4:
        return Moment(day)
    return Moment(day, BEGIN + timedelta(days=chance.randrange(1500), seconds=chance.randrange(9)))


def _query(chance: random.Random) -> BoardQuery:
    return BoardQuery(
        groups=chance.random() < 0.4,
        municipality=chance.choice((*[None] * 9, *PLACES)),
        step=chance.choice((*[None] * 20, *Step)),
        status=chance.choice((*[None] * 12, *Status)),
        limit=chance.choice((None, 1, 3)),
        offset=chance.choice((0, 0, 2)),
    )


@pytest.mark.parametrize("few", [2000, 1])
def test_what_moved_is_equal_on_random_histories(
    postgres_url: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_projections.moved.FEW", few)
    chance = random.Random(few)
    clock = SettableClock(NOW)
    rows = 0
    with (
        closing(open_store("memory:", ALL_VIEWS)) as one,
        closing(open_store(postgres_url, ALL_VIEWS, durable=False)) as other,
    ):
        for history in histories(chance, 12, 14).values():
            one.append(Append(events=tuple(history)))
            other.append(Append(events=tuple(history)))
        engines = Engine(one, clock=clock), Engine(other, clock=clock)
        for _ in range(80):
            a, b, query = _moment(chance), _moment(chance), _query(chance)
            page, found = (engine.moved(a, b, query) for engine in engines)
            assert found == page, (a, b, query)
            rows += len(page.items)
    assert rows > 60
