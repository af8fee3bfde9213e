"""Does a follower go on from where the tables are, when they are traded under its hands?"""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from kvob_domain.estate.evolve import fold
from kvob_projections import ALL_VIEWS
from kvob_projections.view import Row, View, table_ddl
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.engine.rebuilding.errors import NothingToUndo
from kvob_workflow.engine.rebuilding.running import RebuildProgress
from kvob_workflow.store import EventStore, open_store
from tests.followers.conftest import COLUMNS, STEPS, rows
from tests.rebuilding.conftest import Stop, awarded, broken_off

LONGER: dict[str, str] = {**COLUMNS, "more": "TEXT"}


@pytest.fixture
def store(any_url: str) -> Iterator[EventStore]:
    """An empty store of each kind; several engines use it, as nodes would."""
    with closing(open_store(any_url, ALL_VIEWS, durable=False)) as opened:
        yield opened


@pytest.fixture
def engine(store: EventStore) -> Engine:
    """One whose projection shows ten estates."""
    opened = Engine(store, projections=[STEPS])
    awarded(opened, 10)
    opened.follow()
    return opened


def right(engine: Engine, view: View = STEPS) -> list[Row]:
    """The rows that the events give."""
    store = engine._store
    estates = store.estates_after("", 1000)
    return sorted(row for one in estates for row in view.rows(_state(store, one), engine.book))


def _state(store: EventStore, estate: Any) -> Any:
    return fold(estate, store.stream(estate))


def add(engine: Engine, name: str) -> None:
    engine.do(RegisterEstate(name=name, municipalities=("Oss",)))


def test_a_cancelled_rebuild_changes_nothing_of_what_a_roll_back_goes_back_to(
    engine: Engine,
) -> None:
    def once(progress: RebuildProgress) -> None:
        if progress.stage == "swapping":
            add(engine, "During")

    engine.rebuild("x_steps", chunk=5, progress=once)
    assert rows(engine._store) == right(engine)
    add(engine, "After")
    engine.follow()
    broken_off(engine, "x_steps")
    engine.cancel_rebuild()
    engine.undo_rebuild()
    engine.follow()
    assert rows(engine._store) == right(engine)


def test_a_table_of_before_with_other_columns_than_the_view_is_not_gone_back_to(
    engine: Engine,
) -> None:
    engine.rebuild("x_steps")
    changed = Engine(engine._store, projections=[LATER])
    changed.follow()
    with pytest.raises(NothingToUndo):
        changed.undo_rebuild()
    assert rows(engine._store) == right(engine, LATER)


TRADES = pytest.mark.parametrize("trade", ["swap_rebuild", "undo_rebuild"])


def do(engine: Engine, trade: str) -> None:
    """Trades the tables one way or the other."""
    if trade == "swap_rebuild":
        engine.rebuild("x_steps")
    else:
        engine.undo_rebuild()


@TRADES
def test_a_follower_that_was_about_to_write_when_the_tables_are_traded_starts_over(
    engine: Engine, trade: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = engine._store
    if trade == "undo_rebuild":
        engine.rebuild("x_steps")
    move, traded = store.move_followers, getattr(store, trade)
    held: list[Any] = []
    moved: list[bool] = []

    def hold(*arguments: Any, **named: Any) -> bool:
        held.append(arguments)
        raise Stop

    def late(*arguments: Any) -> object:
        add(engine, "Terrein x 0")
        with monkeypatch.context() as patch, pytest.raises(Stop):
            patch.setattr(store, "move_followers", hold)
            engine.follow()
        awarded(engine, 1, prefix="Terrein x")
        done = traded(*arguments)
        moved.append(move(*held[0]))
        return done

    monkeypatch.setattr(store, trade, late)
    do(engine, trade)
    assert moved == [False]
    engine.follow()
    assert rows(store) == right(engine)


@TRADES
def test_a_node_that_dies_after_the_trade_leaves_the_follower_where_the_tables_are(
    engine: Engine, trade: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = engine._store
    if trade == "undo_rebuild":
        engine.rebuild("x_steps")
    traded = getattr(store, trade)

    def killed(*arguments: Any) -> None:
        add(engine, "Nieuw")
        engine.follow()
        traded(*arguments)
        raise Stop

    monkeypatch.setattr(store, trade, killed)
    with pytest.raises(Stop):
        do(engine, trade)
    (state,) = store.followers()
    assert state.cursor is None
    assert (state.position == store.last_position()) == (trade == "swap_rebuild")
    engine.follow()
    assert rows(store) == right(engine)


def _longer(estate: Any, book: Any) -> tuple[Row, ...]:
    del book
    return ((estate.id, estate.name, estate.version, "m"),)


LATER = replace(
    STEPS,
    schema=2,
    columns=tuple(LONGER),
    ddl=(table_ddl("view_x_steps", LONGER, ("estate_id",)),),
    rows=_longer,
)


def _other(estate: Any, book: Any) -> tuple[Row, ...]:
    del book
    return ((estate.id, "NEW", estate.version),)


OTHER_RULE = replace(STEPS, schema=2, rows=_other)


@pytest.mark.parametrize("changed", [LATER, OTHER_RULE])
def test_a_rebuild_of_a_view_that_was_changed_meanwhile_is_begun_anew(
    engine: Engine, changed: View
) -> None:
    broken_off(engine, "x_steps")
    changing = Engine(engine._store, projections=[changed])
    changing.follow()
    report = changing.rebuild("x_steps")
    assert (report.resumed, report.behind, report.rows) == (False, (), 10)
    assert [one.status for one in changing.rebuilds()] == ["live", "cancelled"]
    assert rows(engine._store) == right(changing, changed)
