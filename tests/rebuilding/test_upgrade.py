"""What happens at the first opening by a release with other views, or other scheme data?

The older release goes on with whole tables until the swap, and may not write after it.
"""

from __future__ import annotations

# pyright: reportPrivateUsage=false
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvob_projections import ALL_VIEWS
from kvob_projections.view import View
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.engine import fingerprints
from kvob_workflow.engine.rebuilding.planning import plan
from kvob_workflow.engine.rebuilding.upgrading import bring_up_to_date, due_views
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.store import SCHEME_MARK, EventStore, open_store
from kvob_workflow.store.faults import StoreTooNew
from kvob_workflow.testing import SettableClock
from tests.rebuilding.conftest import ESTATES, PLACE, awarded, sql_on, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kvob_domain.estate.state import Estate
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import Row

BOOK = packaged_book()
DAY = date(2026, 3, 1)
BOARD = next(view for view in ALL_VIEWS if view.name == "board")
OTHERS = tuple(view for view in ALL_VIEWS if view is not BOARD)


def _longer(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    return tuple((*row, f"{row[2]}!") for row in BOARD.rows(estate, book))


# The board of a later release: one column more.
LATER = replace(
    BOARD,
    schema=BOARD.schema + 1,
    columns=(*BOARD.columns, "cry"),
    ddl=(
        BOARD.ddl[0].replace("  PRIMARY KEY", "  cry TEXT NOT NULL,\n  PRIMARY KEY"),
        *BOARD.ddl[1:],
    ),
    rows=_longer,
)
NEWER = (LATER, *OTHERS)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[View, ...]]:
    """Makes of this process a later release, as far as its own marks go."""
    fingerprints.fingerprint.cache_clear()
    monkeypatch.setattr(fingerprints, "ALL_VIEWS", NEWER)
    yield NEWER
    fingerprints.fingerprint.cache_clear()


def upgrade(store: EventStore) -> None:
    """What the later release does when it opens the store."""
    bring_up_to_date(store, BOOK, NEWER, SettableClock(DAY), "keeper")


def cries(store: EventStore) -> set[str]:
    """What the new column says."""
    return {row[0] for row in store.read("SELECT cry FROM view_board", {})}


def test_a_changed_view_is_rebuilt_beside_the_old_one_and_the_others_are_not(
    kept_url: str, later: tuple[View, ...]
) -> None:
    fingerprints.fingerprint.cache_clear()
    with pytest.MonkeyPatch.context() as before:
        before.setattr(fingerprints, "ALL_VIEWS", ALL_VIEWS)
        older = Engine.open(kept_url)
        awarded(older)
        old_mark = older._store.mark(SCHEME_MARK)
    fingerprints.fingerprint.cache_clear()
    with closing(open_store(kept_url, NEWER)) as store:
        (due,) = due_views(store, BOOK, NEWER)
        assert (due.view.name, due.reason) == ("board", "schema")
        planned = plan(store, BOOK, (LATER,))
        assert (planned.views[0].reason, planned.views[0].compared) == ("schema", False)
        assert (planned.estates, planned.events) == (ESTATES, 2 * ESTATES)
        assert "view_board__new" in planned.views[0].statements[0]
        assert store.rebuilds(1) == []
        assert older.board().total == ESTATES  # whole, until the swap
        upgrade(store)
        assert cries(store) == {f"Terrein {number}!" for number in range(ESTATES)}
        (done,) = store.rebuilds(2)
        assert (done.status, dict(done.schemas)) == ("live", {"board": BOARD.schema})
        assert store.mark(SCHEME_MARK) not in (None, old_mark)
        assert due_views(store, BOOK, NEWER) == ()
    with pytest.raises(SchemeDataDiffer):
        _with_mark_of(older, old_mark)
    older.close()
    with pytest.raises(StoreTooNew, match="view board has schema"):
        open_store(kept_url, ALL_VIEWS)


def _answering(mark: int | None) -> Callable[[object], int | None]:
    return lambda book: mark


def _with_mark_of(older: Engine, mark: int | None) -> None:
    """A command of the node that an upgrade left running."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr("kvob_workflow.engine.writing.fingerprint", _answering(mark))
        older.do(RegisterEstate(name="Te laat", municipalities=(PLACE,)))


def test_an_upgrade_that_was_killed_goes_on_at_the_next_opening(
    kept_url: str, later: tuple[View, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine)

    class Killed(Exception):
        """The process ends."""

    with closing(open_store(kept_url, NEWER)) as store, monkeypatch.context() as patch:

        def killed(*_: object) -> None:
            raise Killed

        patch.setattr(store, "swap_rebuild", killed)
        with pytest.raises(Killed):
            upgrade(store)
        (begun,) = store.rebuilds(1)
        assert (begun.filled, begun.status) == (True, "building")
    with closing(open_store(kept_url, NEWER)) as store:
        assert store.live_columns(LATER) == BOARD.columns
        upgrade(store)
        (done,) = store.rebuilds(2)
        assert (done.number, done.status) == (begun.number, "live")
        assert len(cries(store)) == ESTATES


def test_a_roll_back_over_a_changed_schema_is_for_the_release_of_that_schema(
    kept_url: str, later: tuple[View, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprints.fingerprint.cache_clear()
    with pytest.MonkeyPatch.context() as before:
        before.setattr(fingerprints, "ALL_VIEWS", ALL_VIEWS)
        with Engine.open(kept_url) as older:
            awarded(older)
            whole = tables(older)
            old_mark = older._store.mark(SCHEME_MARK)
    fingerprints.fingerprint.cache_clear()
    with closing(open_store(kept_url, NEWER)) as store:
        upgrade(store)
    monkeypatch.setattr("kvob_workflow.engine.core.ALL_VIEWS", NEWER)
    newer = Engine(open_store(kept_url, NEWER))
    monkeypatch.setattr("kvob_workflow.engine.rebuilding.operating.ALL_VIEWS", NEWER)
    assert newer.undo_rebuild().status == "rolled-back"
    newer.close()
    monkeypatch.undo()
    fingerprints.fingerprint.cache_clear()
    with Engine.open(kept_url) as older:
        assert older._store.mark(SCHEME_MARK) == old_mark
        assert tables(older) == whole
        assert older.rebuilds(1)[0].status == "rolled-back"
        older.do(RegisterEstate(name="Weer hier", municipalities=(PLACE,)))
        assert older.compare_views().differing == 0


def test_a_store_of_0_4_0_keeps_its_rows_and_gets_the_mark_of_this_release(kept_url: str) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine, 3)
        engine._store.set_mark(SCHEME_MARK, fingerprints.data_fingerprint(BOOK))
    with Engine.open(kept_url) as engine:
        assert engine._store.mark(SCHEME_MARK) == fingerprints.fingerprint(BOOK)
        assert engine.rebuilds() == []


def test_rows_that_a_release_half_filled_are_made_anew(kept_url: str) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine, 3)
        whole = tables(engine)
        engine._store.set_mark("refilling", 1)
        with sql_on(engine, kept_url) as sql:
            sql("DELETE FROM view_deadlines")
    with Engine.open(kept_url) as engine:
        assert tables(engine) == whole
        assert not engine._store.mark("refilling")


def test_a_half_built_rebuild_of_another_release_is_cancelled_at_the_upgrade(
    kept_url: str, later: tuple[View, ...]
) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine, 3)
    with closing(open_store(kept_url, NEWER)) as store:
        now = SettableClock(DAY).now()
        assert store.begin_rebuild((BOARD,), {"board": 1}, 1, "older", now) is not None
        upgrade(store)
        assert [one.status for one in store.rebuilds(5)] == ["live", "cancelled"]
        assert len(cries(store)) == 3


def test_a_node_waits_for_the_node_that_rebuilds(
    kept_url: str, later: tuple[View, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine, 3)
    waited: list[float] = []
    with (
        closing(open_store(kept_url, NEWER)) as store,
        closing(open_store(kept_url, NEWER)) as other,
    ):
        turn = other.rebuild_turn()
        assert turn.__enter__()

        def done_meanwhile(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                turn.__exit__(None, None, None)

        monkeypatch.setattr("time.sleep", done_meanwhile)
        upgrade(store)
    assert len(waited) == 3


def test_a_file_is_looked_at_without_being_prepared(tmp_path: Path) -> None:
    path = tmp_path / "kvob.db"
    url = f"sqlite:///{path}"
    with Engine.open(url) as engine:
        awarded(engine, 3)
    with closing(sqlite3.connect(path)) as connection, connection:  # as 0.4.0 left it
        connection.execute("DROP TABLE rebuild")
        connection.execute("UPDATE kvob_meta SET number = 3 WHERE name = 'store'")
    with closing(open_store(url, prepare=False)) as store:
        assert [view.reason for view in plan(store, BOOK, ALL_VIEWS).views] == ["asked"] * len(
            ALL_VIEWS
        )
    with closing(sqlite3.connect(path)) as connection:
        number = connection.execute("SELECT number FROM kvob_meta WHERE name = 'store'")
        assert number.fetchone() == (3,)


def _shorter(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    return tuple((*row[:-2], row[-1]) for row in BOARD.rows(estate, book))


def test_a_reader_of_the_older_release_is_told_so_where_a_column_is_gone(kept_url: str) -> None:
    assert BOARD.columns[-2] == "approvals"
    gone = replace(
        BOARD,
        schema=BOARD.schema + 1,
        columns=(*BOARD.columns[:-2], BOARD.columns[-1]),
        ddl=(BOARD.ddl[0].replace("  approvals INTEGER NOT NULL,\n", ""), *BOARD.ddl[1:]),
        rows=_shorter,
    )
    with Engine.open(kept_url) as older:
        awarded(older, 3)
        with closing(open_store(kept_url, (gone, *OTHERS))) as store:
            bring_up_to_date(store, BOOK, (gone, *OTHERS), SettableClock(DAY), "keeper")
        with pytest.raises(StoreTooNew, match="view board has schema"):
            older.board()
