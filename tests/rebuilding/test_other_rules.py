"""What if the rows were made with other rules before, or another node has other scheme data?

A roll-back fills no row of before with the rules of today; a node with other data is refused.
"""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.engine.followed import view_fingerprint
from kvob_workflow.engine.rebuilding import running
from kvob_workflow.engine.rebuilding.pooled import Job, Task
from kvob_workflow.engine.rebuilding.running import Meter, RebuildProgress, Run
from kvob_workflow.engine.rebuilding.upgrading import bring_up_to_date
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.store import SCHEME_MARK, Behind, EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.engine.test_sweep_attacked import with_ladder
from tests.rebuilding.conftest import PLACE, awarded, tables

BOOK = packaged_book()
OTHER = with_ladder(BOOK, 11, 7, 5)
CLOCK = SettableClock(date(2026, 3, 1))


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    """An empty store of each kind; several engines use it, as nodes would."""
    with closing(open_store(url, ALL_VIEWS)) as opened:
        yield opened


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More events come in than one transaction takes, without making hundreds."""
    monkeypatch.setattr(running, "_FEW", 2)


def behind(store: EventStore) -> set[tuple[str, str]]:
    """The views that are behind, with the estate."""
    return {(mark.view, mark.estate) for mark in store.behind()}


def test_after_other_scheme_data_a_roll_back_marks_what_came_in_and_the_older_node_repairs_it(
    store: EventStore,
) -> None:
    older = Engine(store, book=BOOK)
    awarded(older, 3)
    known = older.do(RegisterEstate(name="Al achter 0", municipalities=(PLACE,))).estate
    store.fall_behind([Behind("board", known, "before", 1)])
    newer = Engine(store, book=OTHER)
    assert store.behind() == []
    awarded(newer, 6, prefix="Later")
    awarded(newer, 1, prefix="Al achter")
    estates = {known, *(newer.find(f"Later {number}") for number in range(6))}
    assert newer.compare_views().differing == 0
    assert newer.undo_rebuild().status == "rolled-back"
    assert behind(store) == {(view.name, estate) for view in ALL_VIEWS for estate in estates}
    again = Engine(store, book=BOOK)
    assert again.repair() == ()
    assert again.compare_views().differing == 0
    assert store.behind() == []


def test_after_another_schema_with_the_same_columns_it_is_the_same(store: EventStore) -> None:
    engine = Engine(store, book=BOOK)
    awarded(engine, 3)
    later = tuple(replace(view, schema=view.schema + 1) for view in ALL_VIEWS)
    bring_up_to_date(store, BOOK, later, CLOCK, "keeper")
    (live,) = store.rebuilds(2)
    awarded(engine, 6, prefix="Later")
    Run(store, Job(Task(later, frozenset()), BOOK), CLOCK, Meter(0, 0, None)).undone(live)
    estates = {engine.find(f"Later {number}") for number in range(6)}
    assert behind(store) == {(view.name, estate) for view in ALL_VIEWS for estate in estates}
    assert engine.repair() == ()
    assert engine.compare_views().differing == 0


def test_with_the_same_rules_a_roll_back_leaves_nothing_behind(store: EventStore) -> None:
    engine = Engine(store, book=BOOK)
    awarded(engine, 3)
    engine.rebuild()
    awarded(engine, 6, prefix="Later")
    now = tables(engine)
    engine.undo_rebuild()
    assert (tables(engine), store.behind()) == (now, [])


def test_a_node_with_other_scheme_data_cannot_take_the_rows_over(store: EventStore) -> None:
    older = Engine(store, book=BOOK)
    awarded(older, 3)
    newer = Engine(store, book=OTHER)
    mark, rows = store.mark(SCHEME_MARK), tables(newer)
    estate = newer.find("Terrein 1")
    for refused in (
        lambda: older.rebuild("board"),
        older.compare_views,
        lambda: older.rebuild_estate(estate),
        older.undo_rebuild,
    ):
        with pytest.raises(SchemeDataDiffer):
            refused()
    assert (store.mark(SCHEME_MARK), tables(newer)) == (mark, rows)
    assert [one.status for one in store.rebuilds(5)] == ["live"]
    awarded(newer, 1, prefix="Later")


def test_rows_made_with_other_data_meanwhile_are_not_replaced_by_the_swap(
    store: EventStore,
) -> None:
    engine = Engine(store, book=BOOK)
    awarded(engine, 3)
    mark = store.mark(SCHEME_MARK)

    def by_another(progress: RebuildProgress) -> None:
        if progress.stage == "swapping":
            store.set_mark(SCHEME_MARK, 1)

    with pytest.raises(SchemeDataDiffer):
        engine.rebuild("board", progress=by_another)
    assert store.mark(SCHEME_MARK) == 1
    assert mark is not None
    store.set_mark(SCHEME_MARK, mark)
    assert engine.rebuild("board").resumed


def test_one_begun_under_another_mark_is_begun_anew(store: EventStore) -> None:
    engine = Engine(store, book=BOOK)
    awarded(engine, 3)
    mark = store.mark(SCHEME_MARK)
    assert mark is not None
    store.set_mark(SCHEME_MARK, 1)
    made_with = {view.name: view_fingerprint(view, BOOK) for view in ALL_VIEWS}
    assert store.begin_rebuild(ALL_VIEWS, made_with, mark, "other", CLOCK.now()) is not None
    store.set_mark(SCHEME_MARK, mark)
    assert not engine.rebuild().resumed
    assert [one.status for one in store.rebuilds(5)] == ["live", "cancelled"]
