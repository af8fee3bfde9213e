"""What does `kvob projection` say? Progress beside the data, the result, and how it ended."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow import Engine
from kvob_workflow.cli.screens.rebuilding import progress_words
from kvob_workflow.engine.rebuilding import running
from kvob_workflow.engine.rebuilding.running import RebuildProgress

Kvob = Callable[..., Any]
ESTATE = "De Soestdijkse Grachten, Soest"


@pytest.fixture
def filled(call: Kvob, sample_file: object) -> Kvob:
    """Calls on a store with the sample cases."""
    assert call("import", str(sample_file)).code == 0
    return call


def spoil(store: str, rows: int = 2) -> None:
    """Changes rows of the board by other means."""
    with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(f"UPDATE view_board SET cycle = 77 WHERE rowid <= {rows}")


def test_a_rebuild_tells_how_far_it_is_and_what_was_wrong(filled: Kvob, store: str) -> None:
    spoil(store)
    done = filled("projection", "rebuild", "--all", "--lang", "nl")
    assert done.code == 0
    assert "Herbouw 1 is in gebruik" in done.out
    assert "Rijen die anders waren: 2." in done.out
    assert "stond er: cycle=77" in done.out
    assert "door gebeurtenis" in done.out
    assert "opbouwen:" in done.err
    assert "per seconde" in done.err


def test_the_result_is_a_document_for_programs(filled: Kvob, store: str) -> None:
    spoil(store, 1)
    done = filled("projection", "rebuild", "board", "--json")
    assert (done.code, done.err) == (0, "")
    report = json.loads(done.out)
    assert (report["number"], report["views"], report["differing"]) == (1, ["board"], 1)
    assert report["found"][0]["found"] == {"cycle": 77}
    assert filled("projection", "differences", "--json").json() == report["found"]


def test_a_comparison_ends_with_8_and_one_estate_is_mended_in_place(
    filled: Kvob, store: str
) -> None:
    assert filled("projection", "rebuild", "--all", "--compare").code == 0
    with Engine.open(store) as engine:
        estate = engine.find(ESTATE)
    with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(f"DELETE FROM view_board WHERE estate_id = '{estate}'")
    compared = filled("projection", "rebuild", "--all", "--compare")
    assert compared.code == 8
    assert "Rows that differed: 1." in compared.out
    assert f"board ({estate}), {ESTATE}\n" in compared.out
    assert "Mend it: 'kvob projection rebuild board'." in compared.out
    mended = filled("projection", "rebuild", "--estate", ESTATE)
    assert (mended.code, "found: no row" in mended.out) == (0, True)
    assert filled("projection", "rebuild", "--all", "--compare").code == 0
    assert filled("projection", "rebuild", "--estate", "Nergens").code == 4


def test_a_plan_changes_nothing(filled: Kvob, store: str) -> None:
    planned = filled("projection", "rebuild", "board", "--print")
    assert planned.code == 0
    assert "board: asked for; rows are compared" in planned.out
    assert "CREATE TABLE view_board__new" in planned.out
    document = filled("projection", "rebuild", "--all", "--print", "--json").json()
    assert [view["name"] for view in document["views"]] == [
        *("board", "register", "deadlines", "measures", "bonds")
    ]
    with Engine.open(store) as engine:
        assert engine.rebuilds() == []


@pytest.mark.parametrize(
    "words",
    [
        "rebuild --all",
        "rebuild --all --compare",
        "rebuild --all --print",
        "rebuild --estate X",
        "rebuild --resume",
        *("cancel", "roll-back", "clear", "differences", "status", "retry board"),
    ],
)
def test_a_store_that_is_not_there_is_told_and_not_made(
    call: Kvob, tmp_path: Path, words: str
) -> None:
    done = call("projection", *words.split(), "--json")
    assert (done.code, done.error()["code"]) == (6, "store-missing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--estate X --compare", "rebuild --all --compare"),
        ("--estate X --print", "plan of a whole rebuild"),
        ("board --compare --print", "--print and --compare do not go together"),
        ("--all --estate X", "--estate is enough"),
        ("--estate X --processes 2", "leave out --processes"),
        ("--all --print --processes 2", "plan of a whole rebuild"),
        ("board --resume", "NAME and --resume do not go together"),
        ("--all --resume", "give it alone"),
        ("--resume --compare", "give it alone"),
        ("--all --processes 99", "from 1 to 32"),
        ("--all --processes=-1", "from 1 to 32"),
        ("--all --processes 0", "from 1 to 32"),
    ],
)
def test_options_that_contradict_each_other_are_refused_before_a_store_is_looked_at(
    call: Kvob, words: str, told: str
) -> None:
    refused = call("projection", "rebuild", *words.split())
    assert (refused.code, refused.out) == (2, "")
    assert told in refused.err


def test_differences_tell_that_there_are_none_or_no_such_rebuild(filled: Kvob, store: str) -> None:
    spoil(store, 1)
    assert filled("projection", "rebuild", "--all", "--compare").code == 8
    none = filled("projection", "differences")
    assert (none.code, "With --compare nothing is kept" in none.err) == (4, True)
    assert filled("projection", "rebuild", "board", "measures").code == 0
    assert "found: cycle=77" in filled("projection", "differences").out
    assert filled("projection", "rebuild", "measures").code == 0
    found = filled("projection", "differences")
    assert (found.code, "no row that differed" in found.out) == (0, True)
    assert filled("projection", "differences", "--json").json() == []
    assert "cycle=77" in filled("projection", "differences", "--number", "1").out
    missing = filled("projection", "differences", "--number", "99")
    assert (missing.code, "There is no rebuild 99; the last one is 2." in missing.err) == (4, True)


def test_a_roll_back_tells_of_the_wrong_rows_that_it_brings_back(filled: Kvob, store: str) -> None:
    spoil(store, 1)
    assert filled("projection", "rebuild", "board").code == 0
    told = "1 row that differed is back; see 'kvob projection differences --number 1'."
    assert told in filled("projection", "roll-back").out
    assert filled("projection", "rebuild", "--all", "--compare").code == 8


def test_without_a_rebuild_there_is_nothing_to_cancel_or_to_finish(filled: Kvob) -> None:
    for words, told in (
        (("cancel",), "nothing to cancel"),
        (("rebuild", "--resume"), "nothing to finish"),
    ):
        refused = filled("projection", *words)
        assert (refused.code, told in refused.err) == (4, True)


def test_numbers_are_written_as_the_language_does(filled: Kvob) -> None:
    done = filled("projection", "rebuild", "board", "--print", "--lang", "nl").out
    assert "wie schrijft, wacht" in done
    assert progress_words(RebuildProgress("filling", 1586, 2000, 1, 0, 1234.5, None)).nl == (
        "opbouwen: 1.586 / 2.000 gebeurtenissen, 1 rij"
    )
    built = filled("projection", "rebuild", "board", "--lang", "nl").out
    assert re.search(r" rijen, \d+,\d s\.", built)


def test_a_plan_knows_a_followed_view_that_was_begun(filled: Kvob) -> None:
    assert filled("projection", "rebuild", "passages", "--print").code == 2
    assert filled("statistics").code == 0
    planned = filled("projection", "rebuild", "passages", "--print")
    assert (planned.code, "view_passages__new" in planned.out) == (0, True)
    assert filled("projection", "rebuild", "passages").code == 0
    back = filled("projection", "roll-back", "--json").json()
    assert list(back["followed"]) == list(back["made_with"]) == ["passages"]


def test_roll_back_clear_and_cancel(filled: Kvob) -> None:
    assert filled("projection", "rebuild", "board").code == 0
    back = filled("projection", "roll-back")
    assert (back.code, back.out) == (0, "Rebuild 1 (board): rolled back.\n")
    assert filled("projection", "roll-back").code == 4
    assert filled("projection", "rebuild", "measures").code == 0
    assert filled("projection", "clear").out == "Dropped: measures.\n"
    assert filled("projection", "clear").out == "Dropped: nothing.\n"


def test_a_call_without_a_view_or_with_an_unknown_one_is_refused(filled: Kvob) -> None:
    assert filled("projection", "rebuild").code == 2
    both = filled("projection", "rebuild", "board", "--all")
    assert (both.code, "not both" in both.err) == (2, True)
    unknown = filled("projection", "rebuild", "bord")
    assert (unknown.code, "board, register" in unknown.err) == (2, True)
    assert filled("projection", "rebuild", "bord", "--print").code == 2


def test_ctrl_c_leaves_it_to_be_gone_on_with_and_says_so(
    filled: Kvob, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(running.Run, "_traded", interrupted)
        stopped = filled("projection", "rebuild", "--all")
    assert stopped.code == 130
    assert "goes on where this one was" in stopped.err
    shown = filled("projection", "status")
    assert "Rebuild 1 (board, register, deadlines, measures, bonds) is unfinished:" in shown.out
    assert "rebuild --resume" in shown.out and "projection cancel" in shown.out
    assert filled("projection", "status", "--json").json()["unfinished_rebuild"]["number"] == 1
    assert "being built" in filled("projection", "status", "board").out
    planned = filled("projection", "rebuild", "--all", "--print").out
    assert "Rebuild 1" in planned and "would go on with it" in planned
    other = filled("projection", "rebuild", "board", "--print").out
    assert "Rebuild 1" in other and "go on with it" not in other
    assert filled("projection", "rebuild", "board").code == 5
    refused = filled("projection", "rebuild", "board").err
    assert "rebuild-unfinished" in refused
    assert re.search(r"begun at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, is unfinished", refused)
    done = filled("projection", "rebuild", "--resume", "--json").json()
    assert (done["number"], done["resumed"]) == (1, True)
    assert "unfinished" not in filled("projection", "status").out
    assert filled("projection", "status", "--json").json()["unfinished_rebuild"] is None


def test_an_estate_that_falls_behind_is_named_and_ends_with_7(filled: Kvob, store: str) -> None:
    with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("DROP TRIGGER stored_events_never_change")
        connection.execute("UPDATE stored_events SET topic = 'unheard-of' WHERE rowid = 1")
    done = filled("projection", "rebuild", "--all")
    assert done.code == 7
    assert "Behind: board, estate" in done.out
