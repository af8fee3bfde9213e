"""When does the index leave the answer to the store, and when does it go?"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kvob_domain.errors import Invalid
from kvob_projections import ALL_VIEWS, board
from kvob_projections.board import BoardQuery
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.board_index import BoardIndex, BoardIndexing, keeping
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.board_index.population import TODAY, populate

QUERY = BoardQuery(day=TODAY, limit=50)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EventStore]:
    opened = open_store("memory:", ALL_VIEWS)
    with Engine(opened, clock=SettableClock(TODAY), board_index=None) as engine:
        populate(engine, tmp_path, 30)
        yield opened


def test_a_small_board_gets_none(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=1_000))
    assert not index.warm(TODAY)
    assert index.page(QUERY, TODAY) is None
    assert index.nbytes == 0


def test_a_board_that_has_grown_gets_one(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=43))
    assert not index.warm(TODAY)
    engine = Engine(store, clock=SettableClock(TODAY), board_index=None)
    for number in range(50):
        engine.do(RegisterEstate(name=f"Erbij {number}", municipalities=("Goes",)))
    assert index.warm(TODAY)


def test_a_board_larger_than_the_bound_gets_none(
    store: EventStore, caplog: pytest.LogCaptureFixture
) -> None:
    index = BoardIndex(store, BoardIndexing(above=0, most=10))
    assert not index.warm(TODAY)
    assert index.page(QUERY, TODAY) is None
    assert "more than 10 estates" in caplog.text


def test_without_numpy_there_is_none(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> None:
        """No package is installed."""

    monkeypatch.setattr(importlib.util, "find_spec", found)
    index = BoardIndex(store, BoardIndexing(above=0))
    assert not index.warm(TODAY)
    assert index.page(QUERY, TODAY) is None


def test_whole_lists_are_left_to_the_store(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=0))
    assert index.warm(TODAY)
    assert index.page(BoardQuery(day=TODAY), TODAY) is None
    assert index.page(BoardQuery(day=TODAY, limit=1_001), TODAY) is None


@pytest.mark.parametrize(
    "query",
    [
        BoardQuery(day=TODAY, limit=5, sort=("nothing",)),
        BoardQuery(day=TODAY, limit=5, offset=-1),
        BoardQuery(day=TODAY, limit=-1),
        BoardQuery(day=TODAY, limit=5, text="x" * 201),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_alike(
    store: EventStore, query: BoardQuery
) -> None:
    index = BoardIndex(store, BoardIndexing(above=0))
    assert index.warm(TODAY)
    with pytest.raises(Invalid) as refused:
        index.page(query, TODAY)
    with (
        Engine(store, clock=SettableClock(TODAY), board_index=None) as engine,
        pytest.raises(Invalid) as expected,
    ):
        engine.board(query)
    assert repr(refused.value) == repr(expected.value)


def test_after_more_events_than_are_taken_in_it_is_made_anew(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_MOST_TOUCHED", 3)
    index = BoardIndex(store, BoardIndexing(above=0))
    assert index.warm(TODAY)
    engine = Engine(store, clock=SettableClock(TODAY), board_index=None)
    for number in range(4):
        engine.do(RegisterEstate(name=f"Erbij {number}", municipalities=("Goes",)))
    assert index.page(QUERY, TODAY) is None
    assert index.warm(TODAY)
    found = index.page(QUERY, TODAY)
    assert found is not None
    assert found.total == engine.board(QUERY).total


def test_the_first_question_has_it_made_in_the_background(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=0))
    assert index.page(QUERY, TODAY) is None
    assert index.warm(TODAY)  # waits for the one who makes it
    assert index.page(QUERY, TODAY) is not None
    index.close()
    assert index.nbytes == 0


def test_a_closed_one_makes_none(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=0))
    index.close()
    assert not index.warm(TODAY)
    assert index.page(QUERY, TODAY) is None
    assert index.page(QUERY, TODAY) is None


def test_after_midnight_a_ring_has_it_made_for_the_new_day(store: EventStore) -> None:
    index = BoardIndex(store, BoardIndexing(above=0))
    tomorrow = TODAY + timedelta(days=1)
    index.keep(tomorrow)  # nobody has asked for one: nothing is made
    assert index.nbytes == 0
    assert index.warm(TODAY)
    index.keep(tomorrow)
    assert index.warm(tomorrow)  # waits for the one who makes it
    asked = replace(QUERY, day=tomorrow)
    assert index.page(asked, tomorrow) == board.read(store.read, asked)


def test_an_estate_that_the_board_refuses_for_good_leaves_it_in_use(tmp_path: Path) -> None:
    path = tmp_path / "kvob.db"
    clock = SettableClock(TODAY)
    with Engine.open(
        f"sqlite:///{path}", clock=clock, board_index=BoardIndexing(above=0)
    ) as engine:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "CREATE TRIGGER no_room BEFORE INSERT ON view_board WHEN NEW.estate = 'Weg'"
                " BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        for name in ("Een", "Twee", "Weg"):
            engine.do(RegisterEstate(name=name, municipalities=("Goes",)))
        assert [mark.view for mark in engine.behind()] == ["board"]
        assert engine.warm()
        engine.sweep()
        assert [mark.view for mark in engine.behind()] == ["board"]
        index = engine._board_index  # pyright: ignore[reportPrivateUsage] # which of two answered
        found = index.page(QUERY, TODAY)
        assert found is not None
        assert [row.estate for row in found.items] == ["Een", "Twee"]
