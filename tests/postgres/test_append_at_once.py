"""Is one command one round trip, and does whatever is odd take the slow way with its own error?"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.demo import story
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import open_store
from kvob_workflow.store.port import Append
from kvob_workflow.store.postgres import writing
from kvob_workflow.testing import GUIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow.store.port import Receipt


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> list[Append]:
    """The appends that went statement by statement."""
    taken: list[Append] = []
    real: Callable[..., Receipt] = writing.append_plainly

    def append_plainly(*given: Any) -> Receipt:
        taken.extend(one for one in given if isinstance(one, Append))
        return real(*given)

    monkeypatch.setattr("kvob_workflow.store.postgres.store.append_plainly", append_plainly)
    return taken


def test_a_whole_life_takes_the_quick_way(postgres_url: str, plainly: list[Append]) -> None:
    with Engine(open_store(postgres_url, ALL_VIEWS), actor=GUIDE) as engine:
        estate = engine.do(RegisterEstate(name="Zilver", municipalities=("Amersfoort",))).estate
        for step in story(estate):
            if step.refused_with is None:
                engine.do(step.command, actor=step.actor)
    assert plainly == []


def test_what_is_not_as_expected_is_named_by_the_slow_way(
    postgres_url: str, plainly: list[Append], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(postgres_url, ALL_VIEWS)) as store:
        kept: list[Append] = []
        real = store.append

        def append(batch: Append) -> Receipt:
            kept.append(batch)
            return real(batch)

        monkeypatch.setattr(store, "append", append)
        engine = Engine(store, actor=GUIDE)
        engine.do(RegisterEstate(name="Zilver", municipalities=("Amersfoort",)))
        again = replace(kept[0], commands=(), claims=())
        with pytest.raises(VersionConflict):
            real(again)
        assert plainly == [again]
        assert store.last_position() == len(kept[0].events)
