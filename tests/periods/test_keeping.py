"""Does a store refuse rectangles that do not fit, and write nothing of them?"""

from __future__ import annotations

import pytest

from kvob_projections.board import BOARD
from kvob_projections.places import Place
from kvob_projections.rectangles import FOREVER, NO_END, Rectangle, Span
from kvob_projections.view import Row, Value
from kvob_workflow.store import EventStore
from kvob_workflow.store.periods import (
    Parked,
    PeriodChange,
    PeriodState,
    RectangleRefused,
    RectanglesDiffer,
)
from tests.periods.conftest import ESTATE

_NUMBERS = ("cycle", "measures_done", "measures_total", "positive_advice", "approvals", "version")


def rectangle(
    name: str = "De Vaart", since: int = 10, until: int = FOREVER, cycle: int = 1
) -> Rectangle:
    values: dict[str, Value] = {**dict.fromkeys(BOARD.columns, "x"), **dict.fromkeys(_NUMBERS, 1)}
    values |= {"estate_id": ESTATE, "estate": name, "cycle": cycle}
    row: Row = tuple(values.values())
    return Rectangle(Span(BOARD.name, row, Place("a", 1, 0, "|oss|"), 5, NO_END), since, until)


def found(store: EventStore) -> list[tuple[object, ...]]:
    rows = store.read("SELECT estate, known_from, known_until FROM period_board ORDER BY id", {})
    return [tuple(row) for row in rows]


def keep(store: EventStore, since: int | None, *rectangles: Rectangle) -> bool:
    state = store.period_state()
    assert state is not None
    after = state._replace(position=state.position + 1)
    return store.keep_periods(state, after, [PeriodChange(ESTATE, since, rectangles)])


@pytest.fixture(autouse=True)
def begun(store: EventStore) -> None:
    store.begin_periods(1)
    assert keep(store, None, rectangle())


def test_what_goes_on_keeps_its_row_and_what_ends_is_closed(store: EventStore) -> None:
    assert keep(store, 20, rectangle(since=-1, until=20), rectangle("De Plas", 20))
    assert found(store) == [("De Vaart", 10, 20), ("De Plas", 20, FOREVER)]
    assert keep(store, 30, rectangle("De Plas", -1))
    assert found(store) == [("De Vaart", 10, 20), ("De Plas", 20, FOREVER)]
    assert keep(store, None, rectangle("Anders", 10))
    assert found(store) == [("Anders", 10, FOREVER)]


@pytest.mark.parametrize(
    "rectangles",
    [(), (rectangle("De Plas", -1),), (rectangle(since=-1), rectangle("De Plas", -1))],
    ids=["none goes on", "another goes on", "one too many goes on"],
)
def test_rectangles_that_were_not_open_are_refused(
    store: EventStore, rectangles: tuple[Rectangle, ...]
) -> None:
    before = store.period_state(), found(store)
    with pytest.raises(RectanglesDiffer):
        keep(store, 20, *rectangles)
    assert (store.period_state(), found(store)) == before


def test_a_zero_in_a_text_keeps_no_estate_out(store: EventStore) -> None:
    assert keep(store, 20, rectangle(since=-1, until=20), rectangle("De\0Plas", 20))
    assert keep(store, 30, rectangle("De\0Plas", -1, 30))
    assert [row[1:] for row in found(store)] == [(10, 20), (20, 30)]


@pytest.mark.parametrize(
    "wrong", [rectangle("\ud800"), rectangle(cycle=2**70)], ids=["no Unicode", "70 bits"]
)
def test_a_value_that_fits_no_table_is_refused(store: EventStore, wrong: Rectangle) -> None:
    before = store.period_state(), found(store)
    with pytest.raises(RectangleRefused):
        keep(store, 20, rectangle(since=-1, until=20), rectangle("De Plas", 20), wrong)
    assert (store.period_state(), found(store)) == before


def test_who_is_parked_is_free_again_with_new_rectangles(store: EventStore) -> None:
    state = store.period_state()
    assert state is not None
    gone = PeriodChange(ESTATE, None, ())
    assert store.keep_periods(state, state, [gone], [Parked(ESTATE, "first")])
    assert store.keep_periods(state, state, [gone], [Parked(ESTATE, "again")])
    assert store.parked() == [Parked(ESTATE, "again")]
    assert found(store) == []
    assert keep(store, None, rectangle())
    assert store.parked() == []


def test_another_beginning_takes_the_rectangles_away(store: EventStore) -> None:
    store.begin_periods(1)
    assert len(found(store)) == 1
    store.begin_periods(2)
    assert found(store) == []
    assert store.period_state() == PeriodState(2, 0, "")
    store.drop_periods()
    store.drop_periods()
    assert store.period_state() is None
