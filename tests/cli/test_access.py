"""Does `kvob` log who looked, and does `kvob access list` tell it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Kvob = Callable[..., Any]
SOEST = "De Soestdijkse Grachten, Soest"


def test_looks_are_logged_and_told_by_estate_and_by_person(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    env = {"KVOB_STORE": sample_store, "KVOB_ACCESS_LOG": str(tmp_path / "access.jsonl")}
    assert call("estate", SOEST, "--person", "p-secret", env=env).code == 0
    assert call("explain", SOEST, "step", "--person", "p-other", env=env).code == 0
    assert call("board", "--municipality", "Soest", "--person", "p-secret", env=env).code == 0
    by_estate = call("access", "list", "--estate", SOEST, "--json", env=env).json()["entries"]
    # The screen of an estate also asks for the names that its history may hold.
    assert {one["question"] for one in by_estate} - {"names"} == {"overview", "explain"}
    assert {one["entrance"] for one in by_estate} == {"cli"}
    by_person = call("access", "list", "--who", "p-secret", "--json", env=env).json()["entries"]
    assert {one["question"] for one in by_person} - {"names"} == {"overview", "board"}
    assert by_person[-1]["asked"]["municipality"] == "Soest"
    assert by_person[-1]["rows"] >= 1
    assert "p-secret" not in (tmp_path / "access.jsonl").read_text()
    screen = call("access", "list", "--lang", "nl", env=env)
    questions = len(by_person) + 1
    assert (screen.code, screen.out.count("~")) == (0, questions)
    assert f"{questions} vragen" in screen.out


def test_days_bound_the_list(call: Kvob, sample_store: str, tmp_path: Path) -> None:
    env = {"KVOB_STORE": sample_store, "KVOB_ACCESS_LOG": str(tmp_path / "access.jsonl")}
    assert call("register", env=env).code == 0
    for bounds, number in ((("--since", "2020-01-01"), 1), (("--until", "2020-01-01"), 0)):
        listed = call("access", "list", *bounds, "--json", env=env).json()
        assert len(listed["entries"]) == number
    assert call("access", "list", "--until", "2020-01-01", "--lang", "en", env=env).code == 0


def test_without_a_log_nothing_is_written_and_the_list_says_how_to_begin(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    env = {"KVOB_STORE": sample_store}
    assert call("board", env=env).code == 0
    assert list(tmp_path.glob("*.jsonl*")) == []
    done = call("access", "list", "--lang", "en", env=env)
    assert done.code == 2
    assert "KVOB_ACCESS_LOG" in done.err


def test_a_question_that_cannot_be_logged_is_not_answered(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    env = {"KVOB_STORE": sample_store, "KVOB_ACCESS_LOG": str(tmp_path / "access.jsonl")}
    assert call("board", env=env).code == 0
    (tmp_path / "access.jsonl").unlink()
    (tmp_path / "access.jsonl").mkdir()
    done = call("board", "--lang", "en", env=env)
    assert (done.code, done.out) == (6, "")
    assert "was not answered" in done.err


def test_a_line_that_was_cut_off_is_told_and_stops_nothing(
    call: Kvob, sample_store: str, tmp_path: Path
) -> None:
    log = tmp_path / "access.jsonl"
    env = {"KVOB_STORE": sample_store, "KVOB_ACCESS_LOG": str(log)}
    assert call("board", env=env).code == 0
    log.write_bytes(log.read_bytes() + b'{"at":"2026-11')
    done = call("access", "list", "--lang", "en", env=env)
    assert done.code == 0
    assert "Line 2 was cut off" in done.err
    assert "1 question" in done.out
