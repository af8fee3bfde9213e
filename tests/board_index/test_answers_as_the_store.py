"""Does the index answer exactly what the store does? Any question, after anything that happens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kvob_projections import ALL_VIEWS, board
from kvob_projections.board import BOARD, BoardQuery
from kvob_workflow import Engine, EstateId
from kvob_workflow.board_index import BoardIndex, BoardIndexing
from kvob_workflow.engine.refill import recompute
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.store.port import RowChange
from kvob_workflow.testing import SettableClock
from tests.board_index.population import TODAY, acts, populate, queries

ALWAYS = BoardIndexing(above=0)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def store(kept_url: str, clock: SettableClock, tmp_path: Path) -> Iterator[EventStore]:
    opened = open_store(kept_url, ALL_VIEWS, durable=False)
    with Engine(opened, clock=clock) as engine:
        populate(engine, tmp_path)
        yield opened


def agree(index: BoardIndex, store: EventStore, asked: list[BoardQuery]) -> None:
    """Every question is answered, by the index and by the store, and alike."""
    for query in asked:
        assert query.day is not None
        assert index.page(query, query.day) == board.read(store.read, query), query


def test_any_filters_sorts_and_pages_are_answered_as_by_the_store(store: EventStore) -> None:
    index = BoardIndex(store, ALWAYS)
    assert index.warm(TODAY)
    agree(index, store, queries(random.Random(1), TODAY, 150))


def test_so_they_are_when_a_page_is_found_by_partition(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.board_index.picking._FEW", 5)
    monkeypatch.setattr("kvob_workflow.board_index.words._MANY", 3)
    index = BoardIndex(store, ALWAYS)
    assert index.warm(TODAY)
    agree(index, store, queries(random.Random(2), TODAY, 150))


def test_so_they_are_while_estates_come_and_change_by_commands_of_two_engines(
    store: EventStore, kept_url: str, clock: SettableClock
) -> None:
    dice = random.Random(3)
    with Engine.open(kept_url, clock=clock, synchronous="NORMAL") as other:
        mine = Engine(store, clock=clock)
        index = BoardIndex(store, ALWAYS)
        assert index.warm(TODAY)
        for query in queries(dice, TODAY, 40):
            dice.choice(acts(dice))(dice.choice((mine, other)))
            agree(index, store, [query, replace(query, text=None), BoardQuery(day=TODAY, limit=50)])


def test_rows_that_a_repair_wrote_are_not_answered_from_before(store: EventStore) -> None:
    index = BoardIndex(store, ALWAYS)
    assert index.warm(TODAY)
    query = BoardQuery(day=TODAY, sort=("-measures_total",), limit=5)
    [first, *_] = board.read(store.read, query).items
    (row,) = store.read("SELECT * FROM view_board WHERE estate_id = :id", {"id": first.estate_id})
    wrong = list(row)
    wrong[BOARD.columns.index("measures_total")] = 99
    estate = EstateId(first.estate_id)
    store.repair(RowChange(BOARD, estate, replace_all=True, upserts=(tuple(wrong),)))
    assert index.page(query, TODAY) is None
    assert index.warm(TODAY)
    agree(index, store, [query])
    mine = Engine(store, clock=SettableClock(TODAY))
    recompute(store, mine.book, [estate])
    assert index.page(query, TODAY) is None


def test_tables_that_were_traded_are_not_answered_from_before(store: EventStore) -> None:
    engine = Engine(store, clock=SettableClock(TODAY))
    index = BoardIndex(store, ALWAYS)
    query = BoardQuery(day=TODAY, limit=5)
    for trade in (engine.rebuild, engine.undo_rebuild):
        assert index.warm(TODAY)
        assert index.page(query, TODAY) is not None
        trade()
        assert index.page(query, TODAY) is None


def test_the_next_day_is_answered_by_the_store_until_the_index_shows_it(
    store: EventStore,
) -> None:
    index = BoardIndex(store, ALWAYS)
    assert index.warm(TODAY)
    later = TODAY + timedelta(days=400)
    assert index.page(BoardQuery(day=later, limit=50), later) is None
    assert index.warm(later)
    agree(index, store, queries(random.Random(4), later, 50))


def test_an_engine_answers_what_it_has_just_written(
    kept_url: str, clock: SettableClock, tmp_path: Path
) -> None:
    dice = random.Random(5)
    with (
        Engine.open(kept_url, clock=clock, synchronous="NORMAL", board_index=ALWAYS) as quick,
        Engine.open(kept_url, clock=clock, synchronous="NORMAL", board_index=None) as plain,
    ):
        populate(quick, tmp_path, 20)
        assert quick.warm()
        assert not plain.warm()
        for query in queries(dice, TODAY, 20):
            dice.choice(acts(dice))(quick)
            assert quick.board(query) == plain.board(query)
            assert quick.board(replace(query, day=TODAY + timedelta(days=30))) == plain.board(
                replace(query, day=TODAY + timedelta(days=30))
            )
