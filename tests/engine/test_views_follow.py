"""Do view rows always equal what the events give?"""

import sqlite3
from pathlib import Path
from typing import ClassVar, cast

from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.demo import walk
from kvob_workflow.engine.rows import rows_of
from kvob_workflow.testing import SettableClock, engine_at


def _stored(path: Path) -> dict[str, set[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        return {
            view.name: set(
                connection.execute(f"SELECT {', '.join(view.columns)} FROM {view.table}")
            )
            for view in ALL_VIEWS
        }
    finally:
        connection.close()


def _folded(engine: Engine) -> dict[str, set[tuple[object, ...]]]:
    rows: dict[str, set[tuple[object, ...]]] = {view.name: set() for view in ALL_VIEWS}
    for row in engine.board().items:
        state = engine.state(EstateId(row.estate_id))
        for name, keyed in rows_of(state, engine.book).items():
            rows[name] |= set(keyed.values())
    return rows


class TestRows:
    """Hot states write differences, cold ones everything: both must give the same rows."""

    hot: ClassVar[int] = 100
    cold: ClassVar[int] = 0

    def test_rows_written_hot_and_cold_are_the_same(
        self, tmp_path: Path, clock: SettableClock
    ) -> None:
        for states in (self.hot, self.cold):
            path = tmp_path / f"{states}.db"
            with Engine.open(f"sqlite:///{path}", clock=clock, states_at_hand=states) as engine:
                list(walk(engine))
                assert _stored(path) == _folded(engine)


def test_a_view_of_an_older_schema_is_filled_again_at_opening(
    tmp_path: Path, clock: SettableClock
) -> None:
    path = tmp_path / "kvob.db"
    url = f"sqlite:///{path}"
    with engine_at(url, clock) as engine:
        list(walk(engine))
        before = _stored(path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM view_board")
        connection.execute("UPDATE kvob_meta SET number = 0 WHERE name GLOB 'view:*'")
    connection.close()
    with engine_at(url, clock):
        assert _stored(path) == before


def test_a_view_that_cannot_take_a_row_is_behind_until_it_is_repaired(
    tmp_path: Path, clock: SettableClock
) -> None:
    path = tmp_path / "kvob.db"
    with engine_at(f"sqlite:///{path}", clock) as engine:
        _refuse_measures(path)
        list(walk(engine))
        assert {mark.view for mark in engine.behind()} == {"measures"}
        assert engine.board().items[0].measures_total == 8
        assert engine.measures().items == ()
        _allow_measures(path)
        assert engine.repair() == ()
        assert engine.behind() == []
        assert len(engine.measures().items) == 8
        assert _stored(path) == _folded(engine)


def _refuse_measures(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "CREATE TRIGGER no_measures BEFORE INSERT ON view_measures"
            " BEGIN SELECT RAISE(ABORT, 'no room for measures'); END"
        )
    connection.close()


def _allow_measures(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DROP TRIGGER no_measures")
    connection.close()


class _Watched:
    """Stands for a part of a state and notes which of its parts are looked at."""

    def __init__(self, part: object, path: str, seen: set[str]) -> None:
        self._part = part
        self._path = path
        self._seen = seen

    def __getattr__(self, name: str) -> object:
        path = f"{self._path}.{name}" if self._path else name
        value = getattr(self._part, name)
        if name == "dossier":
            return _Watched(value, path, self._seen)
        self._seen.add(path)
        return value


def test_a_view_looks_only_at_the_parts_of_a_state_that_it_names(engine: Engine) -> None:
    list(walk(engine))
    state = engine.state(engine.find("De Zilverhoek"))
    for view in ALL_VIEWS:
        if not view.reads:
            continue
        seen: set[str] = set()
        view.rows(cast("Estate", _Watched(state, "", seen)), engine.book)
        assert seen - {"id", "latest_certificate"} <= set(view.reads), view.name
