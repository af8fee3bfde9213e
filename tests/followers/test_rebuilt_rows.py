"""Does a rebuild look at a host's rows as the follower does, and can other processes make them?"""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.view import Row, View
from kvob_workflow import Engine
from kvob_workflow.engine.rebuilding import operating
from kvob_workflow.engine.rebuilding.errors import ViewNotSendable, ViewUnknown
from kvob_workflow.engine.rebuilding.planning import plan_of
from tests.followers.conftest import STEPS
from tests.rebuilding.conftest import awarded

COUNTED = "SELECT count(*) AS n FROM view_x_steps"


def _foreign(estate: Any, book: Any) -> tuple[Row, ...]:
    del book
    of = "f" * 32 if estate.name == "Terrein 3" else estate.id
    return ((of, estate.name, estate.version),)


def _raising(estate: Any, book: Any) -> Iterator[Row]:
    del book
    yield (estate.id, estate.name, estate.version)
    if estate.name == "Terrein 3":
        raise ZeroDivisionError("half-way")


def _short(estate: Any, book: Any) -> tuple[Row, ...]:
    del book
    return ((estate.id, estate.name, estate.version)[: 2 if estate.name == "Terrein 3" else 3],)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (_foreign, "a row of another estate"),
        (_raising, "ZeroDivisionError: half-way"),
        (_short, "2 values for 3 columns"),
    ],
)
def test_rows_that_the_follower_refuses_are_refused_by_a_rebuild_too(
    any_url: str, made: Callable[..., Any], told: str
) -> None:
    with Engine.open(any_url, projections=[replace(STEPS, rows=made)]) as engine:
        awarded(engine, 5)
        engine.follow()
        parked = engine.behind()
        report = engine.rebuild("x_steps")
        assert [told in mark.error for mark in report.behind] == [True]
        assert engine.behind() == parked
        assert engine.query(COUNTED)[0]["n"] == 4
        assert engine.rebuilds(1)[0].status == "live"


def test_a_plan_knows_the_views_of_a_host_that_a_store_has(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(url) as engine, pytest.raises(ViewUnknown):
        plan_of(engine._store, engine.book, ("x_steps",), (STEPS,))
    with Engine.open(url, projections=[STEPS]) as engine:
        awarded(engine, 2)
        engine.follow()
        (planned,) = plan_of(engine._store, engine.book, ("x_steps",), (STEPS,)).views
        assert (planned.name, planned.reason, planned.compared) == ("x_steps", "asked", False)


def _bound() -> View:
    def rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
        return tuple(STEPS.rows(estate, book))

    return replace(STEPS, rows=rows)


def test_a_view_that_no_other_process_can_be_given_is_made_by_this_one_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operating, "_MANY_EVENTS", 3)
    with Engine.open(f"sqlite:///{tmp_path}/kvob.db", projections=[_bound()]) as engine:
        awarded(engine, 5)
        engine.follow()
        for ask in (engine.rebuild, engine.compare_views):
            with pytest.raises(ViewNotSendable) as refused:
                ask("x_steps", processes=2)
            assert refused.value.name == "x_steps"
        assert engine.rebuilds() == []
        assert engine.rebuild("x_steps", processes=0).rows == 5
    with Engine.open("memory:", projections=[_bound()]) as engine:  # no process helps there
        awarded(engine, 5)
        engine.follow()
        assert engine.rebuild("x_steps", processes=2).rows == 5
