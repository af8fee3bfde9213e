"""Can the next release leave its store behind as the earlier ones did, and only once?"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kvob_workflow.events import check
from kvob_workflow.events.released import Released, parsed, register
from tests.evolution.kept import RELEASES
from tests.evolution.record import (
    REGISTER_FILE,
    ROOT,
    NotRecorded,
    addable,
    additions,
    main,
    record,
)


def this_release() -> str:
    """The version of this tree."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def test_today_s_code_makes_a_store_with_every_example_and_its_answers(
    tmp_path: Path,
) -> None:
    lines = tmp_path / "released.jsonl"
    lines.write_bytes(REGISTER_FILE.read_bytes())
    folder = record(this_release(), ROOT, tmp_path, lines)
    names = {"SHA256SUMS", "answers.json.xz", "head.txt", "key.txt", "store.db.xz"}
    assert {file.name for file in folder.iterdir()} == names
    assert sum(file.stat().st_size for file in folder.iterdir()) < 150_000
    assert lines.read_bytes().startswith(REGISTER_FILE.read_bytes())
    with pytest.raises(NotRecorded, match="never replaced"):
        record(this_release(), ROOT, tmp_path, lines)


def test_a_release_that_is_there_is_not_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([RELEASES[0]]) == 1
    assert "never replaced" in capsys.readouterr().err


def test_a_release_is_recorded_from_the_tree_that_bears_its_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["99.0.0"]) == 1
    assert f"pyproject.toml says {this_release()}" in capsys.readouterr().err


def test_only_what_is_new_or_wider_is_added() -> None:
    known = register()
    assert additions("99.0.0", known) == []
    without = [one for one in known if one.topic != "kvob.estate:survey-recorded.v1"]
    (added,) = additions("99.0.0", without)
    assert added.topic == "kvob.estate:survey-recorded.v1"
    assert added.examples
    assert not added.is_altered


def test_a_wider_form_needs_a_golden_line_that_shows_it() -> None:
    old = [
        Released(one.release, one.topic, one.fingerprint, {"type": "object"}, one.examples)
        for one in register()
    ]
    with pytest.raises(NotRecorded, match="no line with the new form"):
        additions("99.0.0", old)


def test_nothing_is_recorded_while_an_event_could_not_be_read() -> None:
    with pytest.raises(NotRecorded, match="was released and nothing reads it"):
        addable("99.0.0", check((), {}, register()))


def test_a_line_of_the_register_in_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="a line of the register has the members"):
        parsed('{"topic": "kvob.estate:thing-counted.v1"}')
