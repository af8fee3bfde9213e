"""What do `kvob events list`, `schema` and `check` give? No store is opened by any of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.estate.events import ALL_EVENTS
from kvob_workflow.cli.commands.events import tell
from kvob_workflow.cli.desk import Desk
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.events import Flaw, Flawed, check
from kvob_workflow.events.released import register
from kvob_workflow.settings import read_settings
from kvob_workflow.store.upcasts import UPCASTS

Kvob = Callable[..., Any]

TOPICS = [*(event.TOPIC for event in ALL_EVENTS), *UPCASTS]


def test_the_list_tells_of_every_event_in_both_languages(call: Kvob) -> None:
    told = call("events", "list", "--json").json()
    assert [one["topic"] for one in told] == TOPICS
    covenant = next(one for one in told if one["name"] == "CovenantSigned")
    assert (covenant["since"], covenant["commands"]) == ("0.1.0", ["sign_covenant"])
    assert {"place": "e.signatories[].name", "kind": "sealed-name"} in covenant["personal"]
    for language, title in (("nl", "Convenant ondertekend"), ("en", "Covenant signed")):
        shown = call("events", "list", "--lang", language).out
        assert title in shown and "covenant-signed.v1" in shown


def test_a_schema_is_asked_for_by_its_short_name(call: Kvob) -> None:
    told = call("events", "schema", "survey-recorded", "--json").json()
    assert told["$id"] == "kvob.estate:survey-recorded.v1"
    assert told["x-kvob"]["nl"] == "Enquête vastgelegd"
    assert json.loads(call("events", "schema", "survey-recorded").out) == told


def test_without_a_name_one_document_holds_all_schemas(call: Kvob) -> None:
    assert list(call("events", "schema", "--json").json()["$defs"]) == TOPICS


def test_an_event_that_is_not_there_is_not_found(call: Kvob) -> None:
    refused = call("events", "schema", "survey-told", "--json")
    assert refused.code == 4
    assert refused.error()["code"] == "topic-unknown"


def test_a_folder_gets_a_file_for_each_event_and_an_index(call: Kvob, tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    done = call("events", "schema", "--out", str(folder), "--json").json()
    assert sorted(file.name for file in folder.iterdir()) == done["files"]
    index = json.loads((folder / "index.json").read_text("utf-8"))["events"]
    assert [one["id"] for one in index] == TOPICS
    for one in index:
        assert json.loads((folder / one["file"]).read_text("utf-8"))["$id"] == one["id"]


def test_files_that_are_there_are_replaced_only_when_asked(call: Kvob, tmp_path: Path) -> None:
    there = tmp_path / "survey-recorded.v1.schema.json"
    there.write_text("mine", encoding="utf-8")
    refused = call("events", "schema", "--out", str(tmp_path), "--json")
    assert refused.error()["code"] == "output-exists"
    assert [file.name for file in tmp_path.iterdir()] == [there.name]
    assert there.read_text("utf-8") == "mine"
    assert call("events", "schema", "--out", str(tmp_path), "--yes").code == 0
    assert there.read_text("utf-8") != "mine"


def test_a_folder_that_cannot_be_made_is_told(call: Kvob, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = call("events", "schema", "--out", str(tmp_path / "file" / "in"), "--json")
    assert refused.error()["code"] == "output-unwritable"


def test_the_check_says_that_all_can_be_read(call: Kvob) -> None:
    done = call("events", "check", "--json")
    assert (done.code, done.json()["flaws"]) == (0, [])
    assert {one["topic"] for one in done.json()["topics"]} > set(TOPICS)
    assert "can be read" in call("events", "check", "--lang", "en").out
    assert "zijn te lezen" in call("events", "check", "--lang", "nl").out


@pytest.mark.parametrize("as_json", [True, False])
def test_the_check_ends_with_3_and_says_what_to_do(
    as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    report = check((), {}, register()[:1])
    with Desk(read_settings({}, {}), as_json=as_json) as desk:
        assert tell(desk, report) is ExitCode.REJECTED
    told = capsys.readouterr().out
    assert "UPCASTS" in told
    assert not as_json or json.loads(told)["flaws"][0]["code"] == "topic-vanished"


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_says_in_both_languages_where_it_is_and_what_to_do(flaw: Flaw) -> None:
    for told in Flawed(flaw, "the-topic", "the-particulars").message:
        assert "the-topic" in told and "the-particulars" in told
        assert "kvob events check" in told or "git checkout" in told or "record" in told
