"""Is every question logged, once, by whoever asked, without a person in clear?"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_projections.board import BoardQuery
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.access import (
    AccessKeyMissing,
    AccessKeyUnusable,
    AccessLog,
    AccessLogUnreadable,
    AccessLogUnwritable,
    Entry,
    entries,
    looking,
)
from kvob_workflow.engine.audited import AUDITED
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.testing import GUIDE, SettableClock

TODAY = date(2026, 11, 23)
# Commands and upkeep; what they refuse or report is about what was given to them.
UPKEEP = """
    webhooks deliver_webhooks
    open close start do do_all take_facts migrate sweep follow repair sequence
    add_cosignature dispatcher warm
    build_periods retry_projection skip_event cancel_rebuild clear_rebuilds undo_rebuild
    add_api_key rotate_api_key revoke_api_key note_key_used
    make_keys rotate_master_key scrub propose_erasure propose_erasures decline_erasure erase
"""
# How far and how well: names of views, numbers, ids of estates that something failed at; days;
# and no more than that a name exists.
STANDINGS = """
    alarm_status health measured doctor behind parked projection_status views plan_rebuild
    rebuilds name_faults erasures proof_log verify wait_for_events find within under
    next_due_on today last_position api_keys show_api_key key_of_text
"""
SHOWS_NO_ROWS = frozenset(f"{UPKEEP} {STANDINGS}".split())
READER = Actor(PersonId("p-reader"), "Gemeente Goes", Role.MUNICIPALITY, "web")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.jsonl"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    with Engine.open("memory:", actor=GUIDE, clock=SettableClock(TODAY), access_log=path) as opened:
        yield opened


@pytest.fixture
def estate(engine: Engine) -> EstateId:
    return engine.do(RegisterEstate(name="De Zilverhoek", municipalities=("Goes",))).estate


def logged(path: Path) -> list[Entry]:
    listed = entries(path)
    assert listed.torn == ()
    return list(listed.entries)


def test_a_look_at_an_estate_is_one_line_with_who_when_how_and_what(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.overview(estate)
    (one,) = logged(path)
    assert (one.question, one.estate, one.entrance) == ("overview", estate, GUIDE.origin)
    assert one.at == SettableClock(TODAY).now()
    assert (one.role, one.organisation) == (GUIDE.role.value, GUIDE.organisation)


def test_a_question_that_asks_another_one_is_logged_once(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.history(estate)
    engine.explain(estate, "step")
    list(engine.histories(estate))
    assert [one.question for one in logged(path)] == ["history", "explain", "histories"]
    assert {one.estate for one in logged(path)} == {estate}
    assert logged(path)[1].asked == {"field": "step"}


def test_a_list_is_logged_with_its_filters_and_the_number_of_rows(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.board(BoardQuery(municipality="Goes", text="Jan Jansen", limit=5))
    engine.board()
    filtered, whole = logged(path)
    assert filtered.asked["municipality"] == "Goes"
    assert filtered.asked["limit"] == 5
    assert str(filtered.asked["text"]).startswith("~")
    assert (filtered.rows, whole.rows, whole.estate) == (0, 1, None)
    assert "Jan" not in path.read_text()


def test_commands_and_what_was_not_found_are_no_looks(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.find("De Zilverhoek")
    with pytest.raises(EstateNotFound):
        engine.overview(EstateId("f" * 32))
    assert not path.exists()


def test_all_questions_that_show_the_store_are_watched(engine: Engine) -> None:
    known = {"overview", "state", "history", "board", "register", "due", "measures", "heat_map"}
    known |= {"simulate", "calendar", "explain", "fields", "histories", "diff", "moved", "names"}
    assert known | {"export_person"} <= set(AUDITED)
    assert not {"find", "do", "today", "open"} & set(AUDITED)
    assert all(callable(getattr(Engine, name)) for name in AUDITED)
    assert all(name in vars(engine) for name in AUDITED)


def test_each_public_method_is_either_logged_or_known_to_show_no_rows() -> None:
    public = {name for name in dir(Engine) if name[0] != "_" and callable(getattr(Engine, name))}
    assert set(AUDITED) | SHOWS_NO_ROWS == public
    assert not set(AUDITED) & SHOWS_NO_ROWS


def test_rows_that_a_comparison_shows_are_logged(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.compare_views("board", progress=print)
    engine.rebuild("board")
    engine.rebuild_differences()
    engine.rebuild_estate(estate, "board", "register")
    engine.query("SELECT * FROM view_board")
    assert [one.question for one in logged(path)] == [
        "compare_views",
        "rebuild",
        "rebuild_differences",
        "rebuild_estate",
        "query",
    ]
    compared, _, differences, one, query = logged(path)
    assert compared.asked == {"names": "board"}
    assert (one.estate, one.asked) == (estate, {"names": "board,register"})
    assert (differences.rows, query.rows) == (0, 1)


def test_an_engine_that_serves_many_people_says_who_looks(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    with looking(READER):
        engine.overview(estate)
    engine.overview(estate)
    listed = entries(path, person=" P-Reader ").entries
    assert [(one.role, one.entrance) for one in listed] == [("municipality", "web")]
    assert len(logged(path)) == 2


def test_a_person_stands_there_under_a_pseudonym_that_takes_the_key(
    engine: Engine, estate: EstateId, path: Path, tmp_path: Path
) -> None:
    with looking(READER):
        engine.overview(estate)
        engine.history(estate)
    assert READER.person not in path.read_text()
    assert len({one.person for one in logged(path)}) == 1
    other = AccessLog(tmp_path / "other.jsonl")
    assert other.pseudonyms.of_person(READER.person) != logged(path)[0].person


@pytest.mark.skipif(os.name == "nt", reason="file modes are of POSIX")
def test_log_and_key_are_for_their_owner_alone(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.overview(estate)
    key = path.with_name("access.jsonl.key")
    assert {file.stat().st_mode & 0o777 for file in (path, key)} == {0o600}
    key.chmod(0o640)
    with pytest.raises(AccessKeyUnusable):
        AccessLog(path)


def test_a_log_without_its_key_gets_no_new_one(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.overview(estate)
    key = path.with_name("access.jsonl.key")
    key.write_text("not a key")
    with pytest.raises(AccessKeyUnusable):
        AccessLog(path)
    key.unlink()
    with pytest.raises(AccessKeyMissing):
        AccessLog(path)
    assert not key.exists()


def test_a_question_that_cannot_be_logged_is_not_answered(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    path.mkdir()
    with pytest.raises(AccessLogUnwritable):
        engine.overview(estate)
    with pytest.raises(AccessLogUnreadable):
        entries(path)


def test_a_host_may_choose_to_answer_all_the_same(tmp_path: Path) -> None:
    missed: list[AccessLogUnwritable] = []
    log = AccessLog(tmp_path / "a.jsonl", when_unwritable=missed.append)
    (tmp_path / "a.jsonl").mkdir()
    with Engine.open("memory:", access_log=log) as engine:
        assert engine.board().total == 0
    assert len(missed) == 1


def test_a_torn_line_is_told_and_the_next_one_stands_by_itself(
    engine: Engine, estate: EstateId, path: Path
) -> None:
    engine.overview(estate)
    path.write_bytes(path.read_bytes()[:-20])
    engine.history(estate)
    listed = entries(path)
    assert ([one.question for one in listed.entries], listed.torn) == (["history"], (1,))


@pytest.mark.parametrize("line", ["[]", "null", "{}", '{"at":1}', '"text"', "{", '{"at":"2026"}'])
def test_a_line_that_is_no_entry_is_told(line: str, path: Path) -> None:
    path.write_text(f"\n{line}\n")
    assert (entries(path).entries, entries(path).torn) == ((), (2,))


def test_a_line_written_by_hand_is_never_taken_for_more_than_it_says(path: Path) -> None:
    told = {"at": "2026-11-23T09:00:00Z", "person": "~1", "role": "guide", "entrance": "cli"}
    odd: dict[str, object] = {**told, "question": "board", "rows": "many", "asked": [], "estate": 5}
    path.write_text(json.dumps(odd) + "\n")
    (one,) = entries(path).entries
    assert (one.rows, one.asked, one.estate) == (None, {}, None)


def _ask(path: str, times: int) -> None:
    log = AccessLog(path)
    for number in range(times):
        log.note(READER, "board", asked={"municipality": "x" * (number % 700)}, rows=number)


def test_processes_at_once_tear_no_line(path: Path) -> None:
    AccessLog(path)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_ask, args=(str(path), 200)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert len(logged(path)) == 800
    assert len({one.person for one in logged(path)}) == 1


def test_an_engine_without_a_log_loads_nothing_of_it() -> None:
    program = (
        "import sys; from kvob_workflow import Engine\n"
        "with Engine.open('memory:') as engine: engine.board()\n"
        "assert 'board' not in vars(engine)\n"
        "print([name for name in sys.modules if name.startswith('kvob_workflow.access')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "[]\n"
