"""What does a rebuild do? The same rows beside the live ones, compared, traded, traded back."""

from __future__ import annotations

# pyright: reportPrivateUsage=false
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.engine.rebuilding.errors import (
    NoRebuild,
    NothingToUndo,
    RebuildCancelled,
    RebuildUnderWay,
    RebuildUnfinished,
    ViewUnknown,
)
from kvob_workflow.engine.rebuilding.running import RebuildProgress
from tests.rebuilding.conftest import ESTATES, PLACE, awarded, broken_off, spoil, sql_on, tables

ALL = ("board", "register", "deadlines", "measures", "bonds")


def test_a_rebuild_of_sound_views_changes_nothing(engine: Engine) -> None:
    before = tables(engine)
    report = engine.rebuild(chunk=7)
    assert tables(engine) == before
    assert (report.views, report.not_compared, report.differing, report.behind) == (ALL, (), 0, ())
    assert report.events == 2 * ESTATES
    assert report.rows == sum(map(len, before.values()))
    assert [one.status for one in engine.rebuilds()] == ["live"]


def test_progress_tells_each_chunk_and_how_long_it_will_take(engine: Engine) -> None:
    told: list[RebuildProgress] = []
    engine.rebuild("board", chunk=5, progress=told.append)
    filling = [one for one in told if one.stage == "filling"]
    assert len(filling) > 3
    assert [one.events for one in filling] == sorted(one.events for one in filling)
    assert all(one.remaining is not None and one.per_second > 0 for one in filling)
    assert all(one.expected >= one.events for one in told)
    assert [one.stage for one in told][-2:] == ["indexing", "swapping"]


def test_commands_that_arrive_meanwhile_are_in_the_new_tables(engine: Engine) -> None:
    done: list[str] = []

    def command(progress: RebuildProgress) -> None:
        name = f"Tussendoor {len(done)}"
        engine.do(RegisterEstate(name=name, municipalities=(PLACE,)))
        awarded(engine, 2, prefix=f"Erbij {progress.stage} {len(done)}")
        done.append(name)

    engine.rebuild(chunk=9, progress=command)
    assert len(done) > 3
    expected = tables(engine)
    assert engine.compare_views().differing == 0
    assert {row[2] for row in expected["board"]} >= set(done)
    engine.rebuild()
    assert tables(engine) == expected


def test_a_roll_back_brings_the_tables_of_before_with_what_came_since(
    engine: Engine, url: str
) -> None:
    with sql_on(engine, url) as sql:
        sql("UPDATE view_board SET step = 'onzin' WHERE estate = 'Terrein 3'")
    wrong = tables(engine)
    assert engine.rebuild().differing == 1
    assert tables(engine) != wrong
    engine.do(RegisterEstate(name="Na de wissel", municipalities=(PLACE,)))
    undone = engine.undo_rebuild()
    assert (undone.status, undone.number) == ("rolled-back", 1)
    back = tables(engine)
    assert len(back["board"]) == len(wrong["board"]) + 1
    assert [row for row in back["board"] if row[2] != "Na de wissel"] == wrong["board"]
    with pytest.raises(NothingToUndo):
        engine.undo_rebuild()
    engine.do(RegisterEstate(name="Daarna", municipalities=(PLACE,)))
    assert engine.rebuild().differing == 1


def test_the_kept_tables_are_cleared_when_asked(engine: Engine) -> None:
    engine.rebuild("board", "measures")
    assert engine.clear_rebuilds() == ("board", "measures")
    assert engine.clear_rebuilds() == ()
    with pytest.raises(NothingToUndo):
        engine.undo_rebuild()


def test_one_that_was_broken_off_goes_on_where_it_was(engine: Engine) -> None:
    before = tables(engine)
    broken_off(engine, after=3)
    (begun,) = engine.rebuilds()
    assert (begun.status, begun.filled) == ("building", False)
    assert tables(engine) == before
    told: list[RebuildProgress] = []
    report = engine.rebuild(chunk=5, progress=told.append)
    assert (report.number, report.resumed) == (begun.number, True)
    assert told[0].events > begun.events
    assert tables(engine) == before
    assert report.rows == sum(map(len, before.values()))


def test_one_of_other_views_must_be_ended_first(engine: Engine) -> None:
    broken_off(engine, "board", "register")
    with pytest.raises(RebuildUnfinished) as refused:
        engine.rebuild("measures")
    assert refused.value.views == ("board", "register")
    assert engine.rebuild(resume=True).views == ("board", "register")
    with pytest.raises(NoRebuild):
        engine.rebuild(resume=True)


def test_it_can_be_cancelled_between_two_chunks_by_another_thread(engine: Engine) -> None:
    before = tables(engine)

    def cancel(progress: RebuildProgress) -> None:
        if progress.stage == "filling":
            thread = threading.Thread(target=engine.cancel_rebuild)
            thread.start()
            thread.join(30)

    with pytest.raises(RebuildCancelled):
        engine.rebuild(chunk=5, progress=cancel)
    assert tables(engine) == before
    assert [one.status for one in engine.rebuilds()] == ["cancelled"]
    with pytest.raises(NoRebuild):
        engine.cancel_rebuild()
    assert engine.rebuild().number == 2


def test_only_one_is_worked_on_at_a_time(engine: Engine) -> None:
    refused: list[Exception] = []

    def another(progress: RebuildProgress) -> None:
        if not refused:
            with pytest.raises(RebuildUnderWay) as told:
                engine.rebuild("measures")
            refused.append(told.value)
            with pytest.raises(RebuildUnderWay):
                engine.undo_rebuild()
            with pytest.raises(RebuildUnderWay):
                engine.clear_rebuilds()

    engine.rebuild("board", chunk=5, progress=another)
    assert len(refused) == 1


def test_an_unknown_view_is_refused_with_the_names_that_there_are(engine: Engine) -> None:
    with pytest.raises(ViewUnknown) as refused:
        engine.rebuild("bord")
    assert refused.value.possible == ALL


def test_an_estate_that_cannot_be_read_keeps_its_rows_and_is_named(
    engine: Engine, url: str
) -> None:
    before = tables(engine)
    estate = engine.find("Terrein 4")
    spoil(engine, url, estate)
    report = engine.rebuild(chunk=6)
    assert {(mark.view, mark.estate) for mark in report.behind} == {(name, estate) for name in ALL}
    assert "unheard-of" in report.behind[0].error
    assert set(report.behind) == set(engine.behind())
    assert tables(engine) == before
    assert (report.differing, engine.compare_views().differing) == (0, 0)


def test_a_row_that_the_table_refuses_is_behind_and_named(
    engine: Engine, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kvob_workflow.engine.rebuilding.operating as operating

    whole = tables(engine)
    board = next(view for view in engine.views() if view.name == "board")

    def without_name(estate: object, book: object) -> object:
        rows = board.rows(estate, book)  # type: ignore[arg-type]
        return tuple((*row[:2], None, *row[3:]) if row[2] == "Terrein 5" else row for row in rows)

    spoiled = replace(board, rows=without_name)  # type: ignore[arg-type]
    monkeypatch.setattr(operating, "ALL_VIEWS", (spoiled,))
    report = engine.rebuild("board", compare=False, chunk=20)
    estate = next(row[0] for row in whole["board"] if row[2] == "Terrein 5")
    assert [(mark.view, mark.estate) for mark in report.behind] == [("board", estate)]
    assert len(tables(engine)["board"]) == len(whole["board"]) - 1
    monkeypatch.undo()
    assert engine.repair() == ()
    assert tables(engine) == whole


def test_nothing_but_view_tables_is_written(engine: Engine, url: str) -> None:
    others = ("stored_events", "kvob_command", "estate_name", "delivery", "follower_state")

    def counted() -> dict[str, int]:
        with sql_on(engine, url) as sql:
            there = [name for name in others if name != "follower_state"]
            return {name: sql(f"SELECT count(*) FROM {name}")[0][0] for name in there}

    before, position = counted(), engine._store.last_position()
    engine.rebuild()
    engine.undo_rebuild()
    assert counted() == before
    assert engine._store.last_position() == position
    assert not engine._store.wait_for_events(position, 0)


def test_two_processes_make_what_one_makes(tmp_path: Path) -> None:
    kept_url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(kept_url) as engine:
        awarded(engine)
        with sql_on(engine, kept_url) as sql:
            sql("DELETE FROM view_board WHERE estate = 'Terrein 7'")
        one = engine.compare_views(chunk=4)
        two = engine.rebuild(processes=2, chunk=4)
        assert (two.found, two.events, two.rows) == (one.found, one.events, one.rows)
        assert engine.board().total == ESTATES
        assert engine.compare_views().differing == 0
